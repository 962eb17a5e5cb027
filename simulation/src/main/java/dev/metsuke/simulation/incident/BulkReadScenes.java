package dev.metsuke.simulation.incident;

import dev.metsuke.events.access.Action;
import dev.metsuke.simulation.company.Career;
import dev.metsuke.simulation.company.Dataset;
import dev.metsuke.simulation.company.Draw;
import dev.metsuke.simulation.company.Person;
import dev.metsuke.simulation.company.Timeline;
import dev.metsuke.simulation.work.Access;
import dev.metsuke.simulation.work.WorkDays;
import java.time.YearMonth;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Much that is read at once or bit by bit, and times at which much is read for good reasons. */
final class BulkReadScenes {

    static final int DRIP_DAYS = 30;

    private static final long MINUTE = 60_000;

    /** Of the ceiling for ten minutes, what somebody takes who knows it. */
    private static final double CAREFUL = 0.35;

    private final Stage stage;
    private final Timeline timeline;

    BulkReadScenes(Stage stage) {
        this.stage = stage;
        this.timeline = stage.timeline();
    }

    Optional<Scene> burst(Kind kind, Person person, SplittableRandom random) {
        return stage.dutyDay(person, random).map(day -> {
            Dataset dataset = person.department().mainDataset();
            long usual = stage.work().usualDay(person);
            long people = StrictMath.round(Math.max(
                    usual * Draw.between(random, 5.5, 12), dataset.ceiling() * Draw.between(random, 1.3, 2.5)));
            long from = stage.workingTime(person, day, random);
            long length = (long) (Draw.between(random, 4, 8) * MINUTE);
            Scene scene = new Scene(person, Career.steady());
            stage.reads(scene, dataset, people, 40, 200, new Stage.Span(from, from + length), random);
            return scene.label(
                    kind,
                    0,
                    "reads " + people + " people in " + length / MINUTE + " minutes; a usual day has " + usual);
        });
    }

    Optional<Scene> withinCeiling(Kind kind, Person person, SplittableRandom random) {
        return stage.dutyDay(person, random).flatMap(day -> {
            Dataset dataset = person.department().mainDataset();
            long usual = stage.work().usualDay(person);
            long people =
                    StrictMath.round(Math.max(usual * Draw.between(random, 5.5, 8), Draw.between(random, 250, 400)));
            WorkDays.Hours hours = stage.work().hours(person);
            double length = Math.max(60, 10 * people / (CAREFUL * dataset.ceiling()));
            double room = hours.length() - length - 20;
            if (room < 0) {
                return Optional.empty();
            }
            double from = hours.from() + 10 + random.nextDouble() * room;
            Scene scene = new Scene(person, Career.steady());
            stage.reads(
                    scene,
                    dataset,
                    people,
                    3,
                    25,
                    new Stage.Span(timeline.time(day, from), timeline.time(day, from + length)),
                    random);
            return Optional.of(scene.label(
                    kind,
                    0,
                    "reads " + people + " people in " + (long) length + " minutes, below the ceiling; a usual day has "
                            + usual));
        });
    }

    Optional<Scene> slowDrip(Kind kind, Person person, SplittableRandom random) {
        if (stage.days() < stage.warmUp() + DRIP_DAYS) {
            return Optional.empty();
        }
        long usual = stage.work().usualDay(person);
        if (usual < 15) {
            return Optional.empty();
        }
        int first = Draw.whole(random, stage.warmUp(), stage.days() - DRIP_DAYS);
        WorkDays.Hours hours = stage.work().hours(person);
        Scene scene = new Scene(person, Career.steady());
        for (int day = first; day < first + DRIP_DAYS; day++) {
            if (stage.work().isOnDuty(person, day)) {
                long people = StrictMath.round(Math.max(30, 2 * usual) * Draw.between(random, 0.9, 1.1));
                stage.reads(
                        scene,
                        person.department().mainDataset(),
                        people,
                        1,
                        10,
                        new Stage.Span(timeline.time(day, hours.from() + 10), timeline.time(day, hours.until() - 10)),
                        random);
            }
        }
        long taken = scene.accesses().stream().mapToLong(Access::people).sum();
        return Optional.of(scene.label(
                kind, 0, "reads " + taken + " people beyond the work of 30 days; a usual day has " + usual));
    }

    Optional<Scene> unknownCount(Kind kind, Person person, SplittableRandom random) {
        Dataset dataset = kind == Kind.UNKNOWN_COUNT_OF_UNKNOWN_SIZE
                ? Dataset.SALES_SHARE
                : person.department().mainDataset();
        return stage.dutyDay(person, random)
                .map(day -> new Scene(person, Career.steady())
                        .access(Access.export(
                                stage.workingTime(person, day, random), Action.EXPORT, dataset, Access.UNKNOWN))
                        .label(
                                kind,
                                0,
                                dataset.isSizeKnown()
                                        ? "copies a table whole; its log does not say how many rows"
                                        : "copies data of which nobody knows how much it is"));
    }

    Scene nightly(Kind kind, Person program) {
        return new Scene(program, Career.steady())
                .label(
                        kind,
                        program.nightly().title(),
                        timeline.instant(0, 0),
                        timeline.instant(stage.days(), 0),
                        "a program reads a dataset whole, every night");
    }

    /** One label for each month's last two working days. */
    Optional<Scene> monthEnd(Kind kind, Person person) {
        List<Integer> days = timeline.workingDays(person.department().calendar(), 0, stage.days()).stream()
                .filter(day ->
                        timeline.companyDays().isMonthEnd(person.department().calendar(), timeline.date(day)))
                .toList();
        Map<YearMonth, List<Integer>> byMonth = days.stream()
                .collect(Collectors.groupingBy(
                        day -> YearMonth.from(timeline.date(day)), TreeMap::new, Collectors.toList()));
        Scene scene = new Scene(person, Career.steady());
        byMonth.values()
                .forEach(month -> scene.label(
                        kind,
                        null,
                        timeline.instant(month.getFirst(), 0),
                        timeline.instant(month.getLast() + 1, 0),
                        "bills go out at the end of the month"));
        return byMonth.isEmpty() ? Optional.empty() : Optional.of(scene);
    }

    Optional<Scene> busyProject(Kind kind, Person person, SplittableRandom random) {
        int length = Draw.whole(random, 12, 20);
        int first = Draw.whole(random, stage.warmUp(), Math.max(stage.warmUp(), stage.days() - length));
        int until = Math.min(stage.days(), first + length);
        double factor = Draw.between(random, 1.6, 2);
        return Optional.of(new Scene(person, Career.steady().busy(first, until, factor))
                .label(
                        kind,
                        null,
                        timeline.instant(first, 0),
                        timeline.instant(until, 0),
                        String.format(Locale.ROOT, "a project with about %.1f times the usual work", factor)));
    }

    Optional<Scene> backFromLeave(Kind kind, Person person, SplittableRandom random) {
        int length = Draw.whole(random, 7, 14);
        int first = Draw.whole(random, stage.warmUp() / 2, stage.days() - length - 4);
        int back = first + length;
        return Optional.of(new Scene(person, Career.steady().awayFrom(first, back))
                .label(
                        kind,
                        null,
                        timeline.instant(back, 0),
                        timeline.instant(back + 3, 0),
                        "does what waited while on leave"));
    }

    Optional<Scene> newcomer(Kind kind, Person person, SplittableRandom random) {
        return stage.day(random, 3, stage.days() - 10, stage::isOfficeDay)
                .map(day -> new Scene(person, Career.steady().joining(day))
                        .label(
                                kind,
                                null,
                                timeline.instant(day, 0),
                                timeline.instant(Math.min(stage.days(), day + 14), 0),
                                "the first two weeks; nobody knows yet what is usual"));
    }
}
