package dev.metsuke.shipper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.metsuke.events.access.AccessEvent;
import dev.metsuke.events.topic.Header;
import dev.metsuke.events.topic.Topic;
import dev.metsuke.operations.kafka.KafkaSettings;
import dev.metsuke.operations.settings.SettingsFile;
import dev.metsuke.servers.testing.NeedsServers;
import dev.metsuke.servers.testing.TestBroker;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a real broker gets of a source whose personal identifiers are replaced. */
@NeedsServers
class PseudonymsIT {

    @TempDir
    Path folder;

    @Test
    void nothingThatLeavesTheHostNamesASubject() throws Exception {
        Files.writeString(folder.resolve("key"), "0123456789abcdef".repeat(4));
        Files.setPosixFilePermissions(folder.resolve("key"), PosixFilePermissions.fromString("rw-------"));
        Files.writeString(
                folder.resolve("crm.log"),
                String.join(
                        "\n",
                        "{\"t\":\"2025-11-30T00:00:00Z\",\"u\":\"mori\",\"customer\":\"C-10023\",\"url\":\"/c?id=C%2D10023\"}",
                        "{\"t\":\"today\",\"u\":\"mori\",\"customer\":\"C-10023\"}",
                        "C-10023 is no JSON",
                        "{\"t\":\"9000-01-01T00:00:00Z\",\"u\":\"mori\",\"customer\":\"C-10023\"}",
                        "{\"t\":\"2025-11-30T00:00:00Z\",\"customer\":\"C-10023\",\"x\":\"" + "y".repeat(50_000)
                                + "\"}",
                        ""));
        // One identifier for each digit: as long as a hundred thousand of them, three times over.
        Files.writeString(
                folder.resolve("digits.log"),
                "{\"t\":\"2025-11-30T00:00:00Z\",\"u\":\"mori\",\"url\":\"/" + "10023".repeat(3_000) + "\"}\n");
        ShipperSettings settings = SettingsFile.of("""
            shipper:
              id: hidden
              scan-interval: 100ms
              rest-after: 100ms
              max-line-bytes: 20000
              seal: {key-folder: keys}
              sources:
                - name: test
                  paths: [crm.log]
                  format: {type: json-lines, time: /t, user: /u, url: /url, action: read}
                  pseudonyms: {key-file: key, json-pointers: [/customer]}
                - name: digits
                  paths: [digits.log]
                  format: {type: json-lines, time: /t, user: /u, url: /url, action: read}
                  pseudonyms: {key-file: key, url-paths: ['(\\d)']}
            """, "test.yml", folder).section("shipper", ShipperSettings.class);
        MeterRegistry registry = new SimpleMeterRegistry();

        try (TestBroker kafka = TestBroker.start(folder.resolve("broker"))) {
            CommittedEvents.createTopics(kafka.bootstrapServers());
            try (Shipper shipper = new Shipper(settings, KafkaSettings.of(kafka.bootstrapServers()), registry)) {
                shipper.start();
                await().atMost(Duration.ofSeconds(60))
                        .until(() -> shipper.stats().lines() == 6);
            }

            List<AccessEvent> events = CommittedEvents.of(kafka.bootstrapServers(), "hidden");
            assertThat(events)
                    .hasSize(2)
                    .allSatisfy(event -> assertThat(event.subjects())
                            .singleElement()
                            .asString()
                            .startsWith("p:"));
            assertThat(RecomputedChain.check(kafka.bootstrapServers(), "hidden/test"))
                    .hasSize(2);
            assertThat(events).extracting(AccessEvent::tags).containsExactly(List.of(), List.of("clock-ahead"));
            assertThat(registry.get("metsuke.ship.clock.ahead").counter().count())
                    .isEqualTo(1.0);
            List<ConsumerRecord<byte[], byte[]>> rejections =
                    CommittedEvents.rejections(kafka.bootstrapServers(), "hidden/test");
            assertThat(rejections).hasSize(3).allSatisfy(rejection -> {
                assertThat(text(rejection.value())).startsWith("withheld: ");
                assertThat(text(rejection.headers().lastHeader(Header.REASON).value()))
                        .startsWith("rejected by source test, which has pseudonyms");
            });
            assertThat(CommittedEvents.rejections(kafka.bootstrapServers(), "hidden/digits"))
                    .singleElement()
                    .satisfies(rejection -> assertThat(text(rejection.value())).startsWith("withheld: "));
            for (Topic topic : List.of(Topic.ACCESS_EVENTS, Topic.REJECTED, Topic.POSITIONS)) {
                for (ConsumerRecord<byte[], byte[]> sent : CommittedEvents.records(kafka.bootstrapServers(), topic)) {
                    StringBuilder all = new StringBuilder(text(sent.key())).append(text(sent.value()));
                    sent.headers().forEach(header -> all.append(text(header.value())));
                    assertThat(all).doesNotContain("10023");
                }
            }
        }
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
