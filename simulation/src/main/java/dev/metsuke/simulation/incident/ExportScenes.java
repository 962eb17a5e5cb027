package dev.metsuke.simulation.incident;

import dev.metsuke.simulation.company.Career;
import dev.metsuke.simulation.company.CompanyDays;
import dev.metsuke.simulation.company.Dataset;
import dev.metsuke.simulation.company.Draw;
import dev.metsuke.simulation.company.Person;
import dev.metsuke.simulation.company.Timeline;
import dev.metsuke.simulation.work.Access;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.Predicate;

/** Data that is taken out when nobody works, or to where it must not go; and the same with permission. */
final class ExportScenes {

    private static final double NIGHT = 22 * 60 + 20;
    private static final String OUTSIDE = "@freemail.example.net";

    private final Stage stage;
    private final Timeline timeline;

    ExportScenes(Stage stage) {
        this.stage = stage;
        this.timeline = stage.timeline();
    }

    Optional<Scene> weeknight(Kind kind, Person person, SplittableRandom random) {
        return officeNight(random).map(day -> {
            Scene scene = new Scene(person, Career.steady());
            exports(scene, day, Draw.between(random, NIGHT, 26 * 60), random);
            return scene.label(kind, 0, "takes data out in the night after a working day");
        });
    }

    Optional<Scene> sunday(Kind kind, Person person, SplittableRandom random) {
        return freeDay(date -> date.getDayOfWeek() == DayOfWeek.SUNDAY, random)
                .map(day -> byDaylight(kind, person, day, "takes data out on a Sunday", random));
    }

    Optional<Scene> nationalHoliday(Kind kind, Person person, SplittableRandom random) {
        return freeDay(
                        date -> CompanyDays.isNationalHoliday(date)
                                && !CompanyDays.isCompanyDayOff(date)
                                && isWeekday(date),
                        random)
                .map(day -> byDaylight(kind, person, day, "takes data out on a national holiday", random));
    }

    Optional<Scene> companyDayOff(Kind kind, Person person, SplittableRandom random) {
        return freeDay(
                        date -> CompanyDays.isCompanyDayOff(date)
                                && !CompanyDays.isNationalHoliday(date)
                                && isWeekday(date),
                        random)
                .map(day -> byDaylight(kind, person, day, "takes data out while the company is closed", random));
    }

    Optional<Scene> nightShift(Kind kind, Person person, SplittableRandom random) {
        return stage.dutyDay(person, random).map(day -> {
            Scene scene = new Scene(person, Career.steady());
            double minute = Draw.between(random, 23 * 60, 28 * 60);
            exports(scene, day, minute, random);
            return scene.label(kind, 0, "takes data out at night, which is when the night shift works");
        });
    }

    Optional<Scene> extraWorkingDay(Kind kind, Person person, SplittableRandom random) {
        int day = timeline.day(timeline.companyDays().extraWorkingDay());
        return day >= stage.days()
                ? Optional.empty()
                : Optional.of(byDaylight(kind, person, day, "takes data out on a Saturday of work", random));
    }

    Optional<Scene> approved(Kind kind, Person person, SplittableRandom random) {
        return freeDay(date -> !isWeekday(date), random).map(day -> {
            Scene scene = new Scene(person, Career.steady());
            Dataset dataset = person.department().mainDataset();
            long usual = Stage.usualExport(person, random);
            double minute = Draw.between(random, 9.5 * 60, 17 * 60);
            scene.access(Access.export(timeline.time(day, minute), Stage.someExport(random), dataset, usual));
            scene.access(Access.export(
                    timeline.time(day, minute + 25), Stage.someExport(random), dataset, Math.max(1, usual / 2)));
            scene.approve(
                    dataset.title(),
                    timeline.instant(day, 9 * 60),
                    timeline.instant(day, 18 * 60),
                    usual * 2,
                    ticket(random));
            return scene.label(kind, 0, "takes data out on a free day, as approved");
        });
    }

    Optional<Scene> exceeded(Kind kind, Person person, SplittableRandom random) {
        return freeDay(date -> !isWeekday(date), random).map(day -> {
            Scene scene = new Scene(person, Career.steady());
            Dataset dataset = person.department().mainDataset();
            long most = Stage.usualExport(person, random);
            double minute = Draw.between(random, 9.5 * 60, 16 * 60);
            double[] parts = {0.6, 0.9, 1};
            for (int i = 0; i < parts.length; i++) {
                scene.access(Access.export(
                        timeline.time(day, minute + 12 * i),
                        Stage.someExport(random),
                        dataset,
                        StrictMath.round(most * parts[i])));
            }
            scene.approve(
                    dataset.title(),
                    timeline.instant(day, 9 * 60),
                    timeline.instant(day, 18 * 60),
                    most,
                    ticket(random));
            scene.label(
                    Kind.APPROVED_EXPORT,
                    dataset.title(),
                    timeline.instant(day, minute),
                    timeline.instant(day, minute),
                    "takes data out on a free day, as approved, and will go on");
            return scene.label(kind, 1, "takes out two and a half times of what is approved");
        });
    }

    Optional<Scene> expired(Kind kind, Person person, SplittableRandom random) {
        return officeNight(random).map(day -> {
            Scene scene = new Scene(person, Career.steady());
            exports(scene, day, Draw.between(random, NIGHT, 25 * 60), random);
            scene.approve(
                    person.department().mainDataset().title(),
                    timeline.instant(day - 3, 9 * 60),
                    timeline.instant(day, 21 * 60),
                    5_000,
                    ticket(random));
            return scene.label(kind, 0, "takes data out at night, after the approval had ended at 21:00");
        });
    }

    Optional<Scene> toMedia(Kind kind, Person person, SplittableRandom random) {
        return stage.dutyDay(person, random).map(day -> {
            Scene scene = new Scene(person, Career.steady());
            Dataset dataset = person.department().mainDataset();
            long usual = Stage.usualExport(person, random);
            scene.access(Access.toMedia(stage.workingTime(person, day, random), dataset, usual));
            if (!kind.isInnocent()) {
                return scene.label(kind, 0, "copies data to a USB stick in office hours");
            }
            scene.approve(
                    dataset.title(), timeline.instant(day, 0), timeline.instant(day + 1, 0), usual * 2, ticket(random));
            return scene.label(kind, 0, "copies data to a USB stick, as approved");
        });
    }

    Optional<Scene> toOutside(Kind kind, Person person, SplittableRandom random) {
        return stage.dutyDay(person, random).map(day -> {
            Scene scene = new Scene(person, Career.steady());
            scene.access(Access.toAddress(
                    stage.workingTime(person, day, random),
                    person.department().mainDataset(),
                    Stage.usualExport(person, random),
                    person.account() + OUTSIDE));
            return scene.label(kind, 0, "mails data to a private address in office hours");
        });
    }

    private Scene byDaylight(Kind kind, Person person, int day, String description, SplittableRandom random) {
        Scene scene = new Scene(person, Career.steady());
        exports(scene, day, Draw.between(random, 10 * 60, 17 * 60), random);
        return scene.label(kind, 0, description);
    }

    /** One to three, within the hour. */
    private void exports(Scene scene, int day, double minute, SplittableRandom random) {
        int exports = Draw.whole(random, 1, 3);
        for (int i = 0; i < exports; i++) {
            scene.access(Access.export(
                    timeline.time(day, minute + i * 20 + Draw.between(random, 0, 10)),
                    Stage.someExport(random),
                    scene.person().department().mainDataset(),
                    Stage.usualExport(scene.person(), random)));
        }
    }

    private Optional<Integer> officeNight(SplittableRandom random) {
        return stage.day(random, stage.warmUp(), stage.days() - 2, stage::isOfficeDay);
    }

    /** One on which the offices are closed. */
    private Optional<Integer> freeDay(Predicate<LocalDate> right, SplittableRandom random) {
        return stage.day(
                random,
                stage.warmUp(),
                stage.days() - 1,
                day -> !stage.isOfficeDay(day) && right.test(timeline.date(day)));
    }

    private static boolean isWeekday(LocalDate date) {
        return date.getDayOfWeek().getValue() <= DayOfWeek.FRIDAY.getValue();
    }

    private static String ticket(SplittableRandom random) {
        return "EXP-" + Draw.whole(random, 10_000, 99_999);
    }
}
