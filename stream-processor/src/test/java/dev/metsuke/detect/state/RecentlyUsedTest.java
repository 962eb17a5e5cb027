package dev.metsuke.detect.state;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RecentlyUsedTest {

    @Test
    void givesUpWhatNobodyAskedFor() {
        RecentlyUsed<String, Integer> numbers = new RecentlyUsed<>(3);
        numbers.put("one", 1);
        numbers.put("two", 2);
        numbers.put("three", 3);
        assertThat(numbers.get("one")).isEqualTo(1);

        numbers.put("four", 4);

        assertThat(numbers.get("one")).isEqualTo(1);
        assertThat(numbers.get("two")).isNull();
        assertThat(numbers.size()).isEqualTo(3);
    }

    @Test
    void givesUpTheEldestWhereAllWereAskedFor() {
        RecentlyUsed<String, Integer> numbers = new RecentlyUsed<>();
        numbers.put("one", 1);
        numbers.put("two", 2);
        assertThat(numbers.get("two")).isEqualTo(2);
        assertThat(numbers.get("one")).isEqualTo(1);

        assertThat(numbers.giveUp()).isEqualTo(1);
        assertThat(numbers.giveUp()).isEqualTo(2);
        assertThat(numbers.giveUp()).isNull();
    }

    @Test
    void takesAnotherValueForTheSameKey() {
        RecentlyUsed<String, Integer> numbers = new RecentlyUsed<>(1);
        numbers.put("one", 1);
        numbers.put("one", 11);

        assertThat(numbers.get("one")).isEqualTo(11);

        numbers.remove("one");
        assertThat(numbers.get("one")).isNull();
    }
}
