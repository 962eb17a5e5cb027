package dev.metsuke.simulation.incident;

import dev.metsuke.events.account.Status;
import dev.metsuke.simulation.company.Calendar;
import dev.metsuke.simulation.company.Career;
import dev.metsuke.simulation.company.Department;
import dev.metsuke.simulation.company.Draw;
import dev.metsuke.simulation.company.Person;
import dev.metsuke.simulation.company.Timeline;
import dev.metsuke.simulation.work.Access;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/** Accounts that should have stopped working, and some that only nearly should have. */
final class RevokedScenes {

    /** How long the former department's data stays open after a transfer; the policy grants it. */
    static final Duration HAND_OVER = Duration.ofDays(14);

    private static final int HAND_OVER_DAYS = (int) HAND_OVER.toDays();

    private final Stage stage;
    private final Timeline timeline;

    RevokedScenes(Stage stage) {
        this.stage = stage;
        this.timeline = stage.timeline();
    }

    Optional<Scene> retired(Kind kind, Person person, SplittableRandom random) {
        return stage.day(random, stage.warmUp(), stage.days() - 4, stage::isOfficeDay)
                .map(day -> {
                    Scene scene = new Scene(person, Career.steady().leaving(day));
                    scene.report(
                            Status.RETIRED,
                            timeline.instant(day, 0),
                            timeline.instant(day - Draw.whole(random, 1, 12), 15 * 60),
                            null,
                            "left the company");
                    sessions(scene, day, Math.min(day + 12, stage.days() - 1), random);
                    return scene.label(kind, 0, "used after its owner had retired");
                });
    }

    Optional<Scene> reportedLate(Kind kind, Person person, SplittableRandom random) {
        return stage.day(random, stage.warmUp(), stage.days() - 8, stage::isOfficeDay)
                .map(day -> {
                    Scene scene = new Scene(person, Career.steady().leaving(day));
                    sessions(scene, day, day + 4, random);
                    int reported = Math.min(stage.days() - 1, day + 5 + Draw.whole(random, 0, 15));
                    scene.report(
                            Status.RETIRED,
                            timeline.instant(day, 0),
                            timeline.instant(reported, 14 * 60),
                            null,
                            "left the company; the form came late");
                    return scene.label(
                            kind,
                            0,
                            "used after its owner had retired, " + (reported - day) + " days before the report");
                });
    }

    Optional<Scene> failedLogin(Kind kind, Person person, SplittableRandom random) {
        return stage.day(random, stage.warmUp(), stage.days() - 4, stage::isOfficeDay)
                .map(day -> {
                    Scene scene = new Scene(person, Career.steady().leaving(day));
                    scene.report(
                            Status.RETIRED,
                            timeline.instant(day, 0),
                            timeline.instant(day - 3, 11 * 60),
                            null,
                            "left the company");
                    int later = Draw.whole(random, day, stage.days() - 1);
                    double minute = Draw.between(random, 8 * 60, 22 * 60);
                    int tries = Draw.whole(random, 1, 4);
                    for (int i = 0; i < tries; i++) {
                        scene.access(Access.login(timeline.time(later, minute + i * 0.4), true));
                    }
                    return scene.label(kind, 0, tries + " failed log-ins of a retired account");
                });
    }

    Optional<Scene> suspended(Kind kind, Person person, SplittableRandom random) {
        return suspension(person, random).map(pause -> {
            sessions(pause.scene, pause.from, pause.until - 1, random);
            return pause.scene.label(kind, 0, "used while it was suspended");
        });
    }

    Optional<Scene> reinstated(Kind kind, Person person, SplittableRandom random) {
        return suspension(person, random)
                .flatMap(pause -> stage.day(
                                random,
                                pause.until,
                                pause.until + 4,
                                day -> stage.work().isOnDuty(person, day))
                        .map(day -> {
                            stage.session(
                                    pause.scene,
                                    person.department(),
                                    day,
                                    stage.work().hours(person).from() + 20,
                                    random);
                            return pause.scene.label(kind, 0, "used after the suspension was lifted");
                        }));
    }

    Optional<Scene> contractEnded(Kind kind, Person person, SplittableRandom random) {
        return stage.day(random, stage.warmUp(), stage.days() - 4, stage::isOfficeDay)
                .map(day -> {
                    Scene scene = new Scene(
                            person.withContractUntil(timeline.date(day - 1)),
                            Career.steady().leaving(day));
                    sessions(scene, day, Math.min(day + 12, stage.days() - 1), random);
                    return scene.label(kind, 0, "used after the contract had ended; nobody reported it");
                });
    }

    Optional<Scene> transferred(Kind kind, Person person, SplittableRandom random) {
        boolean after = kind == Kind.TRANSFERRED_AFTER_HAND_OVER;
        int last = after ? stage.days() - HAND_OVER_DAYS - 2 : stage.days() - 6;
        return stage.day(random, stage.warmUp(), last, stage::isOfficeDay).flatMap(day -> {
            Department to = target(person.department(), random);
            Scene scene = new Scene(person, Career.steady().moving(day, to));
            scene.report(
                    Status.TRANSFERRED,
                    timeline.instant(day, 0),
                    timeline.instant(day - Draw.whole(random, 1, 10), 10 * 60),
                    to.title(),
                    "from " + person.department().title());
            Optional<Integer> first = after
                    ? stage.day(random, day + HAND_OVER_DAYS, stage.days(), stage::isOfficeDay)
                    : stage.day(random, day, day + HAND_OVER_DAYS, stage::isOfficeDay);
            return first.map(used -> {
                double minute = stage.work().hours(person).from() + Draw.between(random, 30, 300);
                stage.session(scene, person.department(), used, minute, random);
                return scene.label(
                        kind,
                        0,
                        "reads " + person.department().mainDataset().title() + " " + (used - day)
                                + " days after moving to " + to.title());
            });
        });
    }

    Optional<Scene> lastDay(Kind kind, Person person, SplittableRandom random) {
        return stage.day(random, stage.warmUp(), stage.days() - 2, stage::isOfficeDay)
                .map(day -> {
                    Scene scene = new Scene(person, Career.steady().leaving(day + 1));
                    Instant effective = timeline.instant(day + 1, 0);
                    scene.report(Status.RETIRED, effective, timeline.instant(day - 5, 600), null, "left the company");
                    double minute = person.department().calendar().closes() - 30;
                    stage.session(scene, person.department(), day, minute, random);
                    scene.access(Access.logout(effective.toEpochMilli() - 1));
                    return scene.label(kind, 0, "works to the last moment before the retirement");
                });
    }

    /** Somewhere with the same hours, whose scope has not what the person worked with most. */
    static Department target(Department from, SplittableRandom random) {
        List<Department> others = List.of(Department.values()).stream()
                .filter(to -> to.calendar() == Calendar.OFFICE)
                .filter(to -> !to.datasets().contains(from.mainDataset()))
                .toList();
        return others.get(random.nextInt(others.size()));
    }

    private record Suspension(Scene scene, int from, int until) {}

    private Optional<Suspension> suspension(Person person, SplittableRandom random) {
        int length = Draw.whole(random, 4, 9);
        return stage.day(random, stage.warmUp(), stage.days() - length - 4, stage::isOfficeDay)
                .map(day -> {
                    int back = day + length;
                    Scene scene = new Scene(person, Career.steady().awayFrom(day, back));
                    scene.report(
                            Status.SUSPENDED,
                            timeline.instant(day, 0),
                            timeline.instant(day - 1, 17 * 60),
                            null,
                            "under inquiry");
                    scene.report(
                            Status.REINSTATED,
                            timeline.instant(back, 0),
                            timeline.instant(back - 1, 17 * 60),
                            null,
                            "the inquiry found nothing");
                    return new Suspension(scene, day, back);
                });
    }

    /** On one to three of the days, at a time at which anybody may be awake. */
    private void sessions(Scene scene, int first, int last, SplittableRandom random) {
        int sessions = Draw.whole(random, 1, 3);
        for (int i = 0; i < sessions; i++) {
            double minute = Draw.between(random, 7.5 * 60, 22.5 * 60);
            stage.session(scene, scene.person().department(), Draw.whole(random, first, last), minute, random);
        }
    }
}
