package dev.metsuke.shipper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.metsuke.events.access.AccessEvent;
import dev.metsuke.events.access.Integrity;
import dev.metsuke.events.json.MalformedDocumentException;
import dev.metsuke.events.seal.KeyAnnouncement;
import dev.metsuke.events.seal.KeyList;
import dev.metsuke.events.seal.KeyRevocation;
import dev.metsuke.events.seal.KeyRing;
import dev.metsuke.events.seal.KeyRing.Judgement;
import dev.metsuke.events.seal.ListedKey;
import dev.metsuke.events.seal.PublicSealKey;
import dev.metsuke.events.seal.Seal;
import dev.metsuke.events.seal.SealKeys;
import dev.metsuke.events.seal.SealRecord;
import dev.metsuke.events.topic.Topic;
import dev.metsuke.operations.kafka.KafkaSettings;
import dev.metsuke.operations.settings.SettingsFile;
import dev.metsuke.servers.testing.NeedsServers;
import dev.metsuke.servers.testing.TestBroker;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.LongStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The shipper's seals on a real broker: across restarts and a change of keys. */
@NeedsServers
class SealsIT {

    private static final Duration SOON = Duration.ofSeconds(60);

    @TempDir
    static Path data;

    @SuppressWarnings("NullAway.Init")
    static TestBroker kafka;

    @TempDir
    Path folder;

    @BeforeAll
    static void startTheBroker() throws Exception {
        kafka = TestBroker.start(data.resolve("broker"));
        CommittedEvents.createTopics(kafka.bootstrapServers());
    }

    @AfterAll
    static void stopTheBroker() {
        kafka.close();
    }

    @Test
    void sealsEveryHeadOnceAcrossRestartsAndKeys() throws Exception {
        Path log = folder.resolve("access.log");
        append(log, 0, 50);
        try (Shipper shipper = started("edge")) {
            untilSealed("edge", 50);
            append(log, 50, 60);
            untilSealed("edge", 60);
            append(log, 60, 70);
            await().atMost(SOON).until(() -> shipper.stats().events() == 70);
        }
        assertThat(seals("edge").getLast().head().sequence()).isEqualTo(70);
        // What a crash kept from the file comes with the next start.
        Path file = folder.resolve("seals.ndjson");
        List<String> lines = Files.readAllLines(file);
        Files.write(file, lines.subList(0, lines.size() - 1));
        KeyAnnouncement announcement = new SealKeys(folder.resolve("keys"), "edge").rotate(Instant.now());
        append(log, 70, 80);
        try (Shipper _ = started("edge")) {
            untilSealed("edge", 80);
        }

        List<SealRecord> records = records("edge");
        List<Seal> seals = seals("edge");
        KeyList keys = KeyList.fromJson(Files.readAllBytes(folder.resolve("keys/edge/keys.json")));
        KeyRing given = new KeyRing(keys.keys().subList(0, 1));
        Map<Long, String> hashes = new HashMap<>();
        for (AccessEvent event : CommittedEvents.of(kafka.bootstrapServers(), "edge")) {
            Integrity place = Objects.requireNonNull(event.integrity());
            hashes.put(place.sequence(), place.hash());
        }
        assertThat(seals).extracting(Seal::number).containsExactlyElementsOf(numbers(seals.size()));
        assertThat(seals).extracting(Seal::stream).containsOnly("edge/portal");
        assertThat(seals)
                .allSatisfy(seal -> assertThat(seal.head().hash())
                        .isEqualTo(hashes.get(seal.head().sequence())));
        assertThat(records).contains(announcement);
        assertThat(given.judge(seals.getFirst())).isInstanceOf(Judgement.Believed.class);
        assertThat(given.judge(seals.getLast())).isInstanceOf(Judgement.Unknown.class);
        assertThat(given.with(List.of(announcement)).judge(seals.getLast())).isInstanceOf(Judgement.Believed.class);
        assertThat(Files.readAllLines(file)).map(SealsIT::read).containsExactlyInAnyOrderElementsOf(records);
    }

    @Test
    void tellsARevocationOnceAtOnceAndWithEverySealBehindIt() throws Exception {
        Path log = folder.resolve("access.log");
        Path file = folder.resolve("seals.ndjson");
        append(log, 0, 10);
        SealKeys keys = new SealKeys(folder.resolve("keys"), "revoked");
        KeyRevocation revocation;
        PublicSealKey revoked;
        try (Shipper _ = started("revoked")) {
            untilSealed("revoked", 10);
            Instant now = Instant.now();
            revoked = keys.current(now).pair().publicKey();
            revocation = keys.revoke(revoked.id(), now, "stolen", now);
            // Though there is nothing to seal.
            await().atMost(SOON).until(() -> records("revoked").contains(revocation));
            append(log, 10, 20);
            untilSealed("revoked", 20);
        }
        // What a crash kept from the file comes with the next start.
        List<String> lines = new ArrayList<>(Files.readAllLines(file));
        assertThat(lines.removeIf(line -> line.contains(KeyRevocation.ACTION))).isTrue();
        Files.write(file, lines);
        append(log, 20, 30);
        try (Shipper _ = started("revoked")) {
            untilSealed("revoked", 30);
        }

        List<SealRecord> records = records("revoked");
        List<Seal> seals = seals("revoked");
        KeyRing ring = new KeyRing(List.of(ListedKey.bare(revoked))).with(List.of(revocation));
        assertThat(records).filteredOn(revocation::equals).hasSize(1);
        assertThat(Files.readAllLines(file)).map(SealsIT::read).containsExactlyInAnyOrderElementsOf(records);
        assertThat(seals).extracting(Seal::number).containsExactlyElementsOf(numbers(seals.size()));
        assertThat(seals.getFirst().revocations()).isEmpty();
        assertThat(ring.judge(seals.getFirst())).isInstanceOf(Judgement.Believed.class);
        assertThat(seals)
                .filteredOn(seal -> seal.head().sequence() > 10)
                .isNotEmpty()
                .allSatisfy(seal -> {
                    assertThat(seal.keyId()).isNotEqualTo(revoked.id());
                    assertThat(seal.revocations()).containsExactly(revocation.id());
                });
    }

    private static List<Long> numbers(int count) {
        return LongStream.rangeClosed(1, count).boxed().toList();
    }

    private static void untilSealed(String id, long sequence) {
        await().atMost(SOON)
                .until(() -> seals(id).stream().anyMatch(seal -> seal.head().sequence() == sequence));
    }

    private static List<Seal> seals(String id) {
        return records(id).stream()
                .filter(Seal.class::isInstance)
                .map(Seal.class::cast)
                .sorted(Comparator.comparingLong(seal -> seal.head().sequence()))
                .toList();
    }

    private static List<SealRecord> records(String id) {
        List<SealRecord> records = new ArrayList<>();
        for (ConsumerRecord<byte[], byte[]> found : CommittedEvents.records(kafka.bootstrapServers(), Topic.SEALS)) {
            String key = new String(found.key(), StandardCharsets.UTF_8);
            if (key.equals(id) || key.startsWith(id + "/")) {
                records.add(read(new String(found.value(), StandardCharsets.UTF_8)));
            }
        }
        return records;
    }

    private static SealRecord read(String json) {
        try {
            return SealRecord.fromJson(json.getBytes(StandardCharsets.UTF_8));
        } catch (MalformedDocumentException e) {
            throw new AssertionError(json, e);
        }
    }

    private Shipper started(String id) {
        ShipperSettings settings =
                SettingsFile.of("""
                    shipper:
                      id: %s
                      scan-interval: 100ms
                      seal: {key-folder: keys, interval: 200ms, file: seals.ndjson}
                      sources: [{name: portal, paths: [access.log], format: combined}]
                    """.formatted(id), "test.yml", folder).section("shipper", ShipperSettings.class);
        Shipper shipper = new Shipper(settings, KafkaSettings.of(kafka.bootstrapServers()), new SimpleMeterRegistry());
        shipper.start();
        return shipper;
    }

    private static void append(Path log, int from, int to) throws IOException {
        for (int i = from; i < to; i++) {
            Files.writeString(
                    log,
                    "10.0.0.7 - sato [24/Nov/2026:10:00:00 +0900] \"GET /customers/%d HTTP/1.1\" 200 30 \"-\" \"-\"%n"
                            .formatted(i),
                    StandardOpenOption.CREATE,
                    StandardOpenOption.APPEND);
        }
    }
}
