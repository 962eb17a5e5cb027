package dev.metsuke.detect;

import static dev.metsuke.detect.DetectDriver.event;
import static org.assertj.core.api.Assertions.assertThat;

import dev.metsuke.detect.history.AccessHistory;
import dev.metsuke.detect.state.StateKey;
import dev.metsuke.events.access.Action;
import dev.metsuke.events.alert.Evidence;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.junit.jupiter.api.Test;

/** Of an account that has millions of accesses no more is looked at, at a time, than a transaction has time for. */
class LargeAccountTest {

    private static final Duration MOMENT = Duration.ofMillis(100);
    private static final Instant MORNING = Instant.parse("2026-11-24T00:00:00Z");

    @Test
    void alertOfFewExportsLooksAtNoneOfTheAccessesBetweenThem() {
        try (DetectDriver driver = new DetectDriver(DetectDriver.policy("policy: {version: v1}"))) {
            // Given: reads that whoever looks at them cannot read any more.
            access(driver, 0, Action.EXPORT);
            for (int minute = 1; minute < 100; minute++) {
                access(driver, minute, Action.READ);
            }
            driver.pass(MOMENT);
            KeyValueStore<Bytes, byte[]> accesses = driver.store(AccessHistory.STORE);
            keys(accesses).stream()
                    .filter(key -> timeOf(key).isAfter(MORNING))
                    .forEach(key -> accesses.put(key, new byte[0]));

            // When
            access(driver, 100, Action.EXPORT);
            driver.pass(MOMENT);

            // Then
            assertThat(driver.holding()).singleElement().satisfies(alert -> {
                assertThat(alert.scope()).isEqualTo("all datasets in exports of unknown size");
                assertThat(alert.evidence())
                        .extracting(Evidence::timestamp)
                        .containsExactly(MORNING, MORNING.plus(Duration.ofMinutes(100)));
            });
        }
    }

    @Test
    void countsWithAllDatasetsTogetherWhatIsReadOfTooMany() {
        try (DetectDriver driver =
                new DetectDriver(DetectDriver.policy("policy: {version: v1, bulk-read: {ceiling: 3400}}"))) {
            for (int i = 0; i < 3_500; i++) {
                driver.send(event("batch", MORNING.plusMillis(i * 100L), Action.READ)
                        .dataset("/customers/" + i)
                        .records(1L)
                        .build());
            }
            driver.pass(MOMENT);

            assertThat(driver.holding()).singleElement().satisfies(alert -> {
                assertThat(alert.scope()).isEqualTo("all datasets");
                assertThat(alert.observed()).contains("3,500 people");
            });
        }
    }

    private static void access(DetectDriver driver, int minute, Action action) {
        driver.send(event("batch", MORNING.plus(Duration.ofMinutes(minute)), action)
                .dataset("crm")
                .build());
    }

    private static List<Bytes> keys(KeyValueStore<Bytes, byte[]> store) {
        List<Bytes> keys = new ArrayList<>();
        try (KeyValueIterator<Bytes, byte[]> all = store.all()) {
            all.forEachRemaining(entry -> keys.add(entry.key));
        }
        return keys;
    }

    private static Instant timeOf(Bytes key) {
        StateKey.Reader reader = StateKey.read(key);
        reader.account();
        return reader.time();
    }
}
