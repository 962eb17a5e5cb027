package dev.metsuke.simulation.company;

import java.util.SplittableRandom;

/** The distributions that the company is drawn from; by {@link StrictMath}, so that every machine draws the same. */
public final class Draw {

    private static final double LARGE_MEAN = 60;

    private Draw() {}

    /** Lognormal by its median and the standard deviation of its logarithm. */
    public static double lognormal(SplittableRandom random, double median, double sigma) {
        return median * StrictMath.exp(sigma * gaussian(random));
    }

    /** How many there are of something that has the mean; Knuth's way, for a large mean by the normal distribution. */
    public static int poisson(SplittableRandom random, double mean) {
        if (mean > LARGE_MEAN) {
            return (int) Math.max(0, StrictMath.round(mean + StrictMath.sqrt(mean) * gaussian(random)));
        }
        double limit = StrictMath.exp(-mean);
        double product = random.nextDouble();
        int count = 0;
        while (product > limit) {
            product *= random.nextDouble();
            count++;
        }
        return count;
    }

    public static double exponential(SplittableRandom random, double mean) {
        return -mean * StrictMath.log(1 - random.nextDouble());
    }

    public static boolean chance(SplittableRandom random, double probability) {
        return random.nextDouble() < probability;
    }

    public static double between(SplittableRandom random, double least, double most) {
        return least + (most - least) * random.nextDouble();
    }

    /** Both ends may come. */
    public static int whole(SplittableRandom random, int least, int most) {
        return random.nextInt(least, most + 1);
    }

    /** Box and Muller's way: the platform's own may change from one release to the next. */
    public static double gaussian(SplittableRandom random) {
        double radius = StrictMath.sqrt(-2 * StrictMath.log(1 - random.nextDouble()));
        return radius * StrictMath.cos(2 * Math.PI * random.nextDouble());
    }
}
