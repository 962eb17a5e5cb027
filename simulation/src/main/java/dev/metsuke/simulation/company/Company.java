package dev.metsuke.simulation.company;

import dev.metsuke.simulation.company.Seeds.Purpose;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;

/** Everybody who has an account, with all that is fixed about them. */
public final class Company {

    /** Programs, of a thousand accounts. */
    private static final int BATCH_ACCOUNTS_PER_MILLE = 8;

    private final Scale scale;
    private final Seeds seeds;
    private final Timeline timeline;
    private final List<Person> people;

    private Company(Scale scale, Seeds seeds, Timeline timeline, List<Person> people) {
        this.scale = scale;
        this.seeds = seeds;
        this.timeline = timeline;
        this.people = List.copyOf(people);
    }

    public static Company of(Scale scale) {
        Seeds seeds = new Seeds(scale.seed());
        Timeline timeline = new Timeline(scale.from(), scale.days());
        List<Person> people = new ArrayList<>();
        int batch = Math.max(2, scale.accounts() * BATCH_ACCOUNTS_PER_MILLE / 1000);
        for (int index = 0; index < scale.accounts(); index++) {
            people.add(
                    index < batch
                            ? program(index)
                            : person(
                                    index,
                                    department((index - batch + 0.5) / (scale.accounts() - batch)),
                                    timeline,
                                    seeds.of(Purpose.PERSON, index, 0)));
        }
        return new Company(scale, seeds, timeline, people);
    }

    public Scale scale() {
        return scale;
    }

    public Seeds seeds() {
        return seeds;
    }

    public Timeline timeline() {
        return timeline;
    }

    /** In the order of their indices. */
    public List<Person> people() {
        return people;
    }

    /** By the departments' shares, so that every scale has all of them. */
    private static Department department(double place) {
        double passed = 0;
        for (Department department : Department.values()) {
            passed += department.share();
            if (place < passed) {
                return department;
            }
        }
        return Department.SUPPORT;
    }

    private static Person program(int index) {
        return new Person(
                index,
                "batch-" + (index + 1),
                "B" + (index + 1),
                "Nightly batch " + (index + 1),
                Department.BATCH,
                "batch",
                null,
                1,
                0,
                60 + 5 * index % 120,
                0);
    }

    private static Person person(int index, Department department, Timeline timeline, SplittableRandom random) {
        Names.Name name = Names.draw(random);
        double kind = random.nextDouble();
        String employment = kind < 0.75 ? "regular" : kind < 0.9 ? "contract" : "agency";
        return new Person(
                index,
                name.account() + String.format(Locale.ROOT, "%05d", index),
                "P" + (100_000 + index),
                name.full(),
                department,
                employment,
                employment.equals("regular")
                        ? null
                        : timeline.date(timeline.days()).plusDays(Draw.whole(random, 31, 365)),
                Draw.lognormal(random, 1, 0.4),
                Draw.between(random, 0.15, 0.35),
                start(department.calendar(), random),
                Draw.whole(random, 0, 6));
    }

    private static int start(Calendar calendar, SplittableRandom random) {
        // The call centre's second shift ends when it closes.
        int late = calendar == Calendar.SHIFT && random.nextBoolean() ? 150 : 0;
        int spread = calendar == Calendar.FLEX ? 60 : 20;
        int start = calendar.usualStart() + late + (int) (spread * Draw.gaussian(random));
        return Math.max(calendar.opens() + 5, start);
    }
}
