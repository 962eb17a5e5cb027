package dev.metsuke.detect.department;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;

class HistogramTest {

    @Test
    void aBucketsNumberLiesInItAndNearAllOfItsNumbers() {
        for (int bucket = 0; bucket < 900; bucket++) {
            assertThat(Histogram.bucket(Histogram.number(bucket))).isEqualTo(bucket);
        }
        Random random = new Random(1);
        for (int i = 0; i < 10_000; i++) {
            long number = random.nextLong() >>> (1 + random.nextInt(63));
            long standsFor = Histogram.number(Histogram.bucket(number));
            assertThat((double) Math.abs(standsFor - number)).isLessThanOrEqualTo(number / 31.0);
        }
        assertThat(Histogram.number(Histogram.bucket(31))).isEqualTo(31);
        assertThat(Histogram.bucket(-1)).isZero();
    }

    @Test
    void tellsTheMiddleAndHowFarTheOthersAre() {
        Histogram histogram = of(1, 5, 9, 9, 30);

        assertThat(histogram.size()).isEqualTo(5);
        assertThat(histogram.median()).isEqualTo(9);
        assertThat(histogram.medianDistance(9)).isEqualTo(4);
        assertThat(of(1, 5, 9, 30).median()).isEqualTo(7);
        assertThat(of(1_000, 1_001, 2_000).median()).isCloseTo(1_000, within(32.0));
        assertThat(Histogram.NOTHING.median()).isZero();
    }

    @Test
    void whatWasAddedCanBeTakenOutAgain() {
        Histogram sum = of(1, 5, 40).with(of(5, 700));

        assertThat(sum.size()).isEqualTo(5);
        assertThat(sum.with(Histogram.bucket(700), -1).with(Histogram.bucket(5), -1))
                .isEqualTo(of(1, 5, 40));
        assertThat(of(3).with(3, -1)).isEqualTo(Histogram.NOTHING);
    }

    static Histogram of(long... numbers) {
        Histogram histogram = Histogram.NOTHING;
        for (long number : numbers) {
            histogram = histogram.with(Histogram.bucket(number), 1);
        }
        return histogram;
    }
}
