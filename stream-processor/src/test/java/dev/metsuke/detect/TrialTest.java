package dev.metsuke.detect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.metsuke.detect.trial.Trial;
import dev.metsuke.events.access.AccessEvent;
import dev.metsuke.events.account.DirectoryEntry;
import dev.metsuke.events.account.StatusReport;
import dev.metsuke.events.alert.Rule;
import dev.metsuke.events.approval.ExportApproval;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** A trial tells what Kafka Streams would, message for message. */
class TrialTest {

    private static final int ACCOUNTS = 40;

    @Test
    void tellsWhatTheTopologyTells() {
        // Given
        Random random = new Random(42);
        List<List<?>> queues = new ArrayList<>();
        for (int i = 0; i < ACCOUNTS; i++) {
            String account = "account-" + i;
            queues.add(ArrivalOrderTest.events(account, new Random(i)));
            queues.add(ArrivalOrderTest.entries(account, new Random(i)));
            queues.add(ArrivalOrderTest.reports(account, new Random(i)));
            queues.add(ArrivalOrderTest.approvals(account, new Random(i)));
        }
        int[] sent = new int[queues.size()];
        List<String> messages = new ArrayList<>();
        Trial trial = new Trial(ArrivalOrderTest.POLICY, new SimpleMeterRegistry(), DetectDriver.NOW, Map.of());
        trial.onTold(alert -> messages.add(new String(alert.toJson(), StandardCharsets.UTF_8)));

        // When
        List<String> expected;
        try (DetectDriver driver = new DetectDriver(ArrivalOrderTest.POLICY)) {
            Instant now = DetectDriver.NOW;
            while (!queues.isEmpty() && now.isBefore(DetectDriver.NOW.plus(Duration.ofDays(40)))) {
                int queue = random.nextInt(queues.size());
                if (sent[queue] < queues.get(queue).size()) {
                    take(trial, driver, queues.get(queue).get(sent[queue]++), now);
                }
                if (random.nextInt(20) == 0) {
                    Duration passing = Duration.ofMillis(random.nextInt(30) == 0 ? 40_000_000 : random.nextInt(200));
                    now = now.plus(passing);
                    driver.pass(passing);
                    trial.advanceTo(now);
                }
            }
            expected = driver.messages().stream()
                    .map(alert -> new String(alert.toJson(), StandardCharsets.UTF_8))
                    .toList();
        }

        // Then
        assertThat(expected).hasSizeGreaterThan(ACCOUNTS);
        // Which rule tells first is each engine's own affair.
        for (Rule rule : Rule.values()) {
            assertThat(of(rule, messages)).as(rule.id()).isEqualTo(of(rule, expected));
        }
    }

    private static List<String> of(Rule rule, List<String> messages) {
        return messages.stream()
                .filter(message -> message.contains("\"id\":\"" + rule.id() + "\""))
                .toList();
    }

    private static void take(Trial trial, DetectDriver driver, Object record, Instant now) {
        switch (record) {
            case AccessEvent event -> {
                AccessEvent arriving = event.toBuilder().created(null).build();
                driver.send(arriving);
                trial.take(arriving);
            }
            case DirectoryEntry entry -> {
                driver.send(entry);
                trial.take(entry);
            }
            case StatusReport report -> {
                driver.send(report);
                trial.take(report);
            }
            case ExportApproval approval -> {
                driver.send(approval, now);
                trial.take(approval);
            }
            default -> throw new IllegalArgumentException(record.toString());
        }
    }
}
