package dev.metsuke.detect;

import static dev.metsuke.detect.DetectDriver.event;
import static dev.metsuke.detect.DetectDriver.report;
import static org.assertj.core.api.Assertions.assertThat;

import dev.metsuke.detect.severity.Urgency;
import dev.metsuke.detect.severity.Urgency.Finding;
import dev.metsuke.events.access.AccessEvent;
import dev.metsuke.events.access.Action;
import dev.metsuke.events.account.Status;
import dev.metsuke.events.alert.Severity;
import io.micrometer.core.instrument.Counter;
import java.time.Duration;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Every rule's alerts have the severity of the one table. */
class SeverityTest {

    /** A Tuesday noon in Tokyo. */
    private static final String NOON = "2026-11-24T03:00:00Z";

    private static final String NIGHT = "2026-11-23T18:00:00Z";

    private final Map<String, Severity> expected = new TreeMap<>();

    @Test
    void isThatOfTheTableWhateverTheRule() {
        try (DetectDriver driver = new DetectDriver(DetectDriver.policy("""
            policy:
              bulk-read: {ceiling: 1000}
              revoked: {scope: {kept: [Sales]}}
            """))) {
            // When
            for (long people : new long[] {1_001, 3_000, 10_000}) {
                driver.send(expect("bulk-" + people, new Finding.BulkRead(people, 1_000), NOON, Action.READ)
                        .records(people)
                        .build());
            }
            driver.send(expect("unsized", new Finding.UnsizedExports(), NOON, Action.EXPORT)
                    .build());
            driver.send(expect("night-little", new Finding.Export(false, false), NIGHT, Action.EXPORT)
                    .records(1L)
                    .build());
            driver.send(expect("noon-media", new Finding.Export(true, false), NOON, Action.COPY_TO_MEDIA)
                    .records(1L)
                    .build());
            driver.send(expect("noon-stick", new Finding.Export(true, false), NOON, Action.EXPORT)
                    .destination("external-media")
                    .records(1L)
                    .build());
            for (String account : new String[] {"stopped-read", "moved-read", "moved-export"}) {
                Status status = account.startsWith("stopped") ? Status.RETIRED : Status.TRANSFERRED;
                driver.send(report(account, account, status, "2026-11-01T00:00:00Z", "2026-11-01T00:00:00Z"));
            }
            driver.send(expect("stopped-read", new Finding.StoppedAccount(false, false), NOON, Action.READ)
                    .records(1L)
                    .build());
            driver.send(expect("moved-read", new Finding.OutsideDepartment(false), NOON, Action.READ)
                    .records(1L)
                    .build());
            driver.send(expect("moved-export", new Finding.OutsideDepartment(true), NOON, Action.EXPORT)
                    .records(1L)
                    .build());
            driver.pass(Duration.ofMillis(100));

            // Then
            Map<String, Severity> seen = new TreeMap<>();
            driver.holding().forEach(alert -> seen.put(alert.account().value(), alert.severity()));
            assertThat(driver.holding()).hasSize(expected.size());
            assertThat(seen).isEqualTo(expected);
            for (Severity severity : Severity.values()) {
                assertThat(raised(driver, severity))
                        .as(severity.label())
                        .isEqualTo(Collections.frequency(expected.values(), severity));
            }
        }
    }

    @Test
    void isRaisedAgainWhereItGrows() {
        try (DetectDriver driver = new DetectDriver(DetectDriver.policy("policy: {bulk-read: {ceiling: 1000}}"))) {
            // Given
            driver.send(event("tanaka", NOON, Action.READ).records(1_001L).build());
            driver.pass(Duration.ofMillis(100));
            Severity first = driver.holding().getFirst().severity();

            // When
            driver.send(event("tanaka", "2026-11-24T03:01:00Z", Action.READ)
                    .records(1L)
                    .build());
            driver.pass(Duration.ofMillis(100));
            driver.send(event("tanaka", "2026-11-24T03:02:00Z", Action.READ)
                    .records(20_000L)
                    .build());
            driver.pass(Duration.ofMillis(100));

            // Then
            Severity last = driver.holding().getFirst().severity();
            assertThat(last).isGreaterThan(first);
            assertThat(raised(driver, first)).isEqualTo(1);
            assertThat(raised(driver, last)).isEqualTo(1);
        }
    }

    private static int raised(DetectDriver driver, Severity severity) {
        return (int) driver.meters.get("metsuke.detect.raised").tag("severity", severity.label()).counters().stream()
                .mapToDouble(Counter::count)
                .sum();
    }

    private AccessEvent.Builder expect(String account, Finding finding, String time, Action action) {
        expected.put(account, Urgency.of(finding));
        return event(account, time, action).dataset("kept");
    }
}
