package dev.metsuke.simulation.incident;

import dev.metsuke.events.account.AccountId;
import dev.metsuke.events.account.Status;
import dev.metsuke.simulation.company.Calendar;
import dev.metsuke.simulation.company.Career;
import dev.metsuke.simulation.company.Company;
import dev.metsuke.simulation.company.Department;
import dev.metsuke.simulation.company.Draw;
import dev.metsuke.simulation.company.Person;
import dev.metsuke.simulation.company.Seeds.Purpose;
import dev.metsuke.simulation.work.WorkDays;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;

/**
 * Says who plays which scene: nobody more than one, so that every alert has one label at most that it can fit. To others
 * happens what happens in every company: they join, leave, move, or take a leave, unlabelled.
 */
public final class Casting {

    /** Those that few people fit choose first. */
    private static final Set<Kind> SCARCE =
            EnumSet.of(Kind.BATCH_NIGHTLY_READ, Kind.NIGHT_SHIFT_EXPORT, Kind.MONTH_END_PEAK);

    private final Company company;
    private final Stage stage;
    private final RevokedScenes revoked;
    private final ExportScenes exports;
    private final BulkReadScenes bulkReads;

    private Casting(Company company, WorkDays work) {
        this.company = company;
        this.stage = new Stage(company, work);
        this.revoked = new RevokedScenes(stage);
        this.exports = new ExportScenes(stage);
        this.bulkReads = new BulkReadScenes(stage);
    }

    /**
     * What is played.
     *
     * @param scenes by the person's index; who is not there only works
     * @param incidents the labels, in order of time
     * @param leftOut kinds for which the simulated days have no room
     */
    public record Play(Map<Integer, Scene> scenes, List<Incident> incidents, List<Kind> leftOut) {

        public Play {
            scenes = Map.copyOf(scenes);
            incidents = List.copyOf(incidents);
            leftOut = List.copyOf(leftOut);
        }

        /** The person as the directory has them in the end. */
        public Person person(Person person) {
            Scene scene = scenes.get(person.index());
            return scene == null ? person : scene.person();
        }

        public Career career(Person person) {
            Scene scene = scenes.get(person.index());
            return scene == null ? Career.steady() : scene.career();
        }
    }

    /** A pure function of the company. */
    public static Play of(Company company, WorkDays work) {
        return new Casting(company, work).play();
    }

    private Play play() {
        Map<Integer, Scene> scenes = new TreeMap<>();
        List<Kind> leftOut = new ArrayList<>();
        List<Person> candidates = shuffled();
        List<Kind> kinds = new ArrayList<>(SCARCE);
        EnumSet.complementOf(EnumSet.copyOf(SCARCE)).forEach(kinds::add);
        for (Kind kind : kinds) {
            int wanted = kind.players(company.scale().accounts());
            int found = 0;
            for (Person person : candidates) {
                if (found < wanted && !scenes.containsKey(person.index()) && fits(kind, person)) {
                    SplittableRandom random = company.seeds()
                            .of(Purpose.SCENARIO, person.index(), kind.title().hashCode());
                    Optional<Scene> scene = scene(kind, person, random);
                    if (scene.isPresent()) {
                        scenes.put(person.index(), scene.get());
                        found++;
                    }
                }
            }
            if (found == 0) {
                leftOut.add(kind);
            }
        }
        List<Incident> incidents = incidents(scenes);
        for (Person person : company.people()) {
            if (!scenes.containsKey(person.index()) && !person.isBatch()) {
                ordinary(person).ifPresent(scene -> scenes.put(person.index(), scene));
            }
        }
        return new Play(scenes, incidents, leftOut);
    }

    private List<Person> shuffled() {
        List<Person> people = new ArrayList<>(company.people());
        SplittableRandom random = company.seeds().of(Purpose.CASTING, 0, 0);
        for (int i = people.size() - 1; i > 0; i--) {
            people.set(i, people.set(random.nextInt(i + 1), people.get(i)));
        }
        return people;
    }

    private static boolean fits(Kind kind, Person person) {
        Department department = person.department();
        return switch (kind) {
            case BATCH_NIGHTLY_READ -> person.isBatch();
            case NIGHT_SHIFT_EXPORT -> department == Department.NIGHT_SUPPORT;
            case MONTH_END_PEAK -> department == Department.ACCOUNTING;
            case UNKNOWN_COUNT_OF_UNKNOWN_SIZE -> department == Department.SALES;
            // A small company's staff list is below its ceiling even as a whole.
            case UNKNOWN_COUNT_COPY -> !person.isBatch() && department != Department.HUMAN_RESOURCES;
            case TRANSFERRED_AFTER_HAND_OVER,
                    TRANSFERRED_WITHIN_HAND_OVER,
                    WEEKNIGHT_EXPORT,
                    SUNDAY_EXPORT,
                    NATIONAL_HOLIDAY_EXPORT,
                    COMPANY_DAY_OFF_EXPORT,
                    EXTRA_WORKING_DAY_EXPORT,
                    APPROVED_EXPORT,
                    APPROVAL_EXCEEDED,
                    APPROVAL_EXPIRED -> department.calendar() == Calendar.OFFICE;
            case RETIRED_ACCOUNT_USED,
                    RETIRED_REPORTED_LATE,
                    RETIRED_FAILED_LOGIN,
                    SUSPENDED_ACCOUNT_USED,
                    CONTRACT_ENDED_UNREPORTED,
                    REINSTATED_ACCOUNT_USED,
                    COPY_TO_EXTERNAL_MEDIA,
                    EMAIL_TO_OUTSIDE_DOMAIN,
                    APPROVED_COPY_TO_MEDIA,
                    BULK_READ_BURST,
                    BULK_READ_WITHIN_CEILING,
                    SLOW_DRIP,
                    BUSY_PROJECT,
                    BACK_FROM_LEAVE,
                    NEWCOMER -> !person.isBatch();
            case LAST_DAY_BEFORE_RETIREMENT -> !person.isBatch() && department != Department.NIGHT_SUPPORT;
        };
    }

    private Optional<Scene> scene(Kind kind, Person person, SplittableRandom random) {
        return switch (kind) {
            case RETIRED_ACCOUNT_USED -> revoked.retired(kind, person, random);
            case RETIRED_REPORTED_LATE -> revoked.reportedLate(kind, person, random);
            case RETIRED_FAILED_LOGIN -> revoked.failedLogin(kind, person, random);
            case SUSPENDED_ACCOUNT_USED -> revoked.suspended(kind, person, random);
            case CONTRACT_ENDED_UNREPORTED -> revoked.contractEnded(kind, person, random);
            case TRANSFERRED_AFTER_HAND_OVER, TRANSFERRED_WITHIN_HAND_OVER -> revoked.transferred(kind, person, random);
            case REINSTATED_ACCOUNT_USED -> revoked.reinstated(kind, person, random);
            case LAST_DAY_BEFORE_RETIREMENT -> revoked.lastDay(kind, person, random);
            case WEEKNIGHT_EXPORT -> exports.weeknight(kind, person, random);
            case SUNDAY_EXPORT -> exports.sunday(kind, person, random);
            case NATIONAL_HOLIDAY_EXPORT -> exports.nationalHoliday(kind, person, random);
            case COMPANY_DAY_OFF_EXPORT -> exports.companyDayOff(kind, person, random);
            case NIGHT_SHIFT_EXPORT -> exports.nightShift(kind, person, random);
            case EXTRA_WORKING_DAY_EXPORT -> exports.extraWorkingDay(kind, person, random);
            case APPROVED_EXPORT -> exports.approved(kind, person, random);
            case APPROVAL_EXCEEDED -> exports.exceeded(kind, person, random);
            case APPROVAL_EXPIRED -> exports.expired(kind, person, random);
            case COPY_TO_EXTERNAL_MEDIA, APPROVED_COPY_TO_MEDIA -> exports.toMedia(kind, person, random);
            case EMAIL_TO_OUTSIDE_DOMAIN -> exports.toOutside(kind, person, random);
            case BULK_READ_BURST -> bulkReads.burst(kind, person, random);
            case BULK_READ_WITHIN_CEILING -> bulkReads.withinCeiling(kind, person, random);
            case SLOW_DRIP -> bulkReads.slowDrip(kind, person, random);
            case UNKNOWN_COUNT_COPY, UNKNOWN_COUNT_OF_UNKNOWN_SIZE -> bulkReads.unknownCount(kind, person, random);
            case BATCH_NIGHTLY_READ -> Optional.of(bulkReads.nightly(kind, person));
            case MONTH_END_PEAK -> bulkReads.monthEnd(kind, person);
            case BUSY_PROJECT -> bulkReads.busyProject(kind, person, random);
            case BACK_FROM_LEAVE -> bulkReads.backFromLeave(kind, person, random);
            case NEWCOMER -> bulkReads.newcomer(kind, person, random);
        };
    }

    private static List<Incident> incidents(Map<Integer, Scene> scenes) {
        record Labelled(Scene scene, Scene.Label label) {}
        List<Labelled> labelled = scenes.values().stream()
                .flatMap(scene -> scene.labels().stream().map(label -> new Labelled(scene, label)))
                .sorted(Comparator.comparing((Labelled one) -> one.label.from())
                        .thenComparingInt(one -> one.scene.person().index()))
                .toList();
        List<Incident> incidents = new ArrayList<>();
        for (Labelled one : labelled) {
            Scene.Label label = one.label;
            incidents.add(new Incident(
                    String.format(Locale.ROOT, "I%05d", incidents.size() + 1),
                    label.kind().title(),
                    label.kind().difficulty(),
                    label.kind().isInnocent(),
                    label.kind().rule(),
                    new AccountId(one.scene.person().account()),
                    label.dataset(),
                    label.from(),
                    label.until(),
                    label.description()));
        }
        return incidents;
    }

    /** Chances for two months, of a company in which about one of seven leaves in a year. */
    private Optional<Scene> ordinary(Person person) {
        SplittableRandom random = company.seeds().of(Purpose.CAREER, person.index(), 0);
        double fate = random.nextDouble() * 60 / Math.max(60, stage.days());
        int days = stage.days();
        int day = Draw.whole(random, stage.warmUp() / 2, days - 5);
        if (fate < 0.025) {
            Scene scene = new Scene(person, Career.steady().leaving(day));
            int reported = Draw.chance(random, 0.2)
                    ? Math.min(days - 1, day + Draw.whole(random, 1, 10))
                    : day - Draw.whole(random, 1, 20);
            return Optional.of(scene.report(
                    Status.RETIRED,
                    stage.timeline().instant(day, 0),
                    stage.timeline().instant(reported, 13 * 60),
                    null,
                    "left the company"));
        }
        if (fate < 0.052) {
            return Optional.of(new Scene(person, Career.steady().joining(day)));
        }
        if (fate < 0.08) {
            return Optional.of(new Scene(person, Career.steady().awayFrom(day, day + Draw.whole(random, 5, 15))));
        }
        if (fate < 0.1 && person.department().calendar() == Calendar.OFFICE) {
            Department to = RevokedScenes.target(person.department(), random);
            return Optional.of(new Scene(person, Career.steady().moving(day, to))
                    .report(
                            Status.TRANSFERRED,
                            stage.timeline().instant(day, 0),
                            stage.timeline().instant(day - 4, 10 * 60),
                            to.title(),
                            "from " + person.department().title()));
        }
        if (fate < 0.13) {
            return Optional.of(new Scene(person, Career.steady())
                    .approve(
                            person.department().mainDataset().title(),
                            stage.timeline().instant(day, 0),
                            stage.timeline().instant(day + 3, 0),
                            500,
                            "EXP-" + Draw.whole(random, 10_000, 99_999)));
        }
        return Optional.empty();
    }
}
