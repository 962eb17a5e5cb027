package dev.metsuke.events.proof;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class NumberMapTest {

    /** Few numbers, so that each comes and goes often, and a whole page of them. */
    @Test
    void isAsAHashMapThroughWhateverComesAndGoes() {
        for (int seed = 0; seed < 50; seed++) {
            Random random = new Random(seed);
            long base = random.nextLong();
            int numbers = 1 << 1 + random.nextInt(12);
            NumberMap<String> map = new NumberMap<>();
            Map<Long, String> model = new HashMap<>();
            for (int step = 0; step < 5_000; step++) {
                long number = random.nextInt(50) == 0 ? random.nextLong() : base + random.nextInt(numbers);
                String value = "value " + step;
                switch (random.nextInt(3)) {
                    case 0 -> assertThat(map.put(number, value)).isEqualTo(model.put(number, value));
                    case 1 -> assertThat(map.remove(number)).isEqualTo(model.remove(number));
                    default -> assertThat(map.get(number)).isEqualTo(model.get(number));
                }
                assertThat(map.size()).isEqualTo(model.size());
            }
            model.forEach((number, value) -> assertThat(map.get(number)).isEqualTo(value));
        }
    }
}
