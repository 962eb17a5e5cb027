package dev.metsuke.console.publish;

import static org.assertj.core.api.Assertions.assertThat;

import dev.metsuke.events.access.AccessEvent;
import dev.metsuke.events.access.AccessEventJson;
import dev.metsuke.events.access.Action;
import dev.metsuke.events.integrity.ChainHead;
import dev.metsuke.events.proof.ChainVerifier;
import dev.metsuke.events.proof.FoundLine;
import dev.metsuke.events.proof.SealTrail;
import dev.metsuke.events.proof.StreamVerdict;
import dev.metsuke.events.seal.KeyList;
import dev.metsuke.events.seal.KeyRevocation;
import dev.metsuke.events.seal.KeyRing;
import dev.metsuke.events.seal.Seal;
import dev.metsuke.events.seal.SealKeys;
import dev.metsuke.events.seal.SealRecord;
import dev.metsuke.events.topic.Topic;
import dev.metsuke.operations.kafka.CreatedTopics;
import dev.metsuke.operations.kafka.KafkaSettings;
import dev.metsuke.servers.testing.NeedsServers;
import dev.metsuke.servers.testing.TestBroker;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Readings by several processes with one id on a real broker. */
@NeedsServers
class ReadingChainIT {

    private static final int EACH = 6;

    @TempDir
    static Path data;

    @SuppressWarnings("NullAway.Init")
    static TestBroker broker;

    @SuppressWarnings("NullAway.Init")
    static KafkaSettings kafka;

    @TempDir
    Path folder;

    @BeforeAll
    static void startTheBroker() throws Exception {
        broker = TestBroker.start(data.resolve("broker"));
        kafka = KafkaSettings.of(broker.bootstrapServers());
        createTopics();
    }

    @AfterAll
    static void stopTheBroker() {
        broker.close();
    }

    @Test
    void consolesAndCommandsOfOneIdWriteOneChainAndSealEachReading() throws Exception {
        inTurn();
        SealKeys keys = new SealKeys(folder.resolve("keys"), "office");
        Instant now = Instant.now();
        KeyRevocation revocation =
                keys.revoke(keys.current(now).pair().publicKey().id(), now, "stolen", now);
        read("after the revocation");
        try (ReadingTrace command =
                ReadingTrace.ofCommand(kafka, new ReadingSettings("office", folder.resolve("keys")))) {
            command.leave(reading("a command"));
        }

        List<FoundLine> lines = lines();
        List<SealRecord> records = records();
        List<Seal> seals = records.stream()
                .filter(Seal.class::isInstance)
                .map(Seal.class::cast)
                .sorted(Comparator.comparingLong(Seal::number))
                .toList();
        KeyRing ring = new KeyRing(KeyList.fromJson(Files.readAllBytes(folder.resolve("keys/office/keys.json")))
                .keys());
        SealTrail trail = SealTrail.of(
                seals.stream()
                        .map(seal -> new SealTrail.FoundSeal(seal, seal.id()))
                        .toList(),
                ring,
                Instant.MAX);
        ChainVerifier verifier = new ChainVerifier("office/readings", ChainHead.GENESIS, null, trail.believed());
        lines.forEach(verifier::next);
        StreamVerdict verdict = verifier.end();

        assertThat(trail.findings()).isEmpty();
        assertThat(verdict.finding()).isNull();
        assertThat(verdict.listed()).isEqualTo(lines.size()).isGreaterThanOrEqualTo(2 * EACH + 2);
        assertThat(verdict.unsealed()).isZero();
        assertThat(records).filteredOn(revocation::equals).hasSize(1);
        assertThat(seals.getLast().revocations()).containsExactly(revocation.id());
    }

    @Test
    void aCommandWithoutKeysMakesNoneAndLeavesItsReadingAllTheSame() throws Exception {
        try (ReadingTrace command =
                ReadingTrace.ofCommand(kafka, new ReadingSettings("laptop", folder.resolve("keys")))) {
            command.leave(reading("from afar"));
        }

        List<byte[]> readings = new ArrayList<>();
        new TopicContents(kafka).read(Topic.ACCESS_EVENTS, found -> {
            if (FoundLine.of(found.value(), () -> "there") == null) {
                readings.add(found.value());
            }
        });
        assertThat(readings).hasSize(1);
        assertThat(AccessEventJson.decode(readings.getFirst()).original()).isEqualTo("from afar");
        assertThat(folder.resolve("keys")).doesNotExist();
        assertThat(records())
                .noneMatch(
                        record -> record instanceof Seal seal && seal.stream().startsWith("laptop/"));
    }

    /** Two at once, each of which takes the id from the other again and again. */
    private void inTurn() throws Exception {
        try (ExecutorService readers = Executors.newFixedThreadPool(2)) {
            List<Future<?>> done = new ArrayList<>();
            for (int reader = 0; reader < 2; reader++) {
                String name = "reader " + reader;
                done.add(readers.submit(() -> {
                    try (ReadingTrace trace = trace()) {
                        for (int i = 0; i < EACH; i++) {
                            trace.leave(reading(name + " asks " + i));
                            Thread.sleep(20);
                        }
                    }
                    return null;
                }));
            }
            for (Future<?> one : done) {
                one.get();
            }
        }
    }

    private void read(String asked) throws Exception {
        try (ReadingTrace trace = trace()) {
            trace.leave(reading(asked));
        }
    }

    private ReadingTrace trace() {
        return ReadingTrace.ofConsole(kafka, new ReadingSettings("office", folder.resolve("keys")));
    }

    private static AccessEvent reading(String asked) {
        return ReadingTrace.event("mori", null, Action.SEARCH, asked, List.of(), Instant.now());
    }

    private static List<FoundLine> lines() throws WriteFailedException {
        List<FoundLine> lines = new ArrayList<>();
        new TopicContents(kafka).read(Topic.ACCESS_EVENTS, found -> {
            FoundLine line = FoundLine.of(found.value(), () -> "offset " + found.offset());
            if (line != null) {
                lines.add(line);
            }
        });
        lines.sort(Comparator.comparingLong(FoundLine::sequence));
        return lines;
    }

    private static List<SealRecord> records() throws Exception {
        List<byte[]> values = new ArrayList<>();
        new TopicContents(kafka).read(Topic.SEALS, found -> values.add(found.value()));
        List<SealRecord> records = new ArrayList<>();
        for (byte[] value : values) {
            records.add(SealRecord.fromJson(value));
        }
        return records;
    }

    private static void createTopics() throws Exception {
        try (Admin admin = Admin.create(Map.<String, Object>of("bootstrap.servers", kafka.bootstrapServers()))) {
            CreatedTopics.create(
                    admin,
                    List.of(Topic.ACCESS_EVENTS, Topic.SEALS, Topic.READING_HEADS).stream()
                            .map(topic -> new NewTopic(topic.title(), Optional.of(2), Optional.empty())
                                    .configs(topic.settings()))
                            .toList());
        }
    }
}
