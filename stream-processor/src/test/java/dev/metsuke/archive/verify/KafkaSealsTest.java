package dev.metsuke.archive.verify;

import static org.assertj.core.api.Assertions.assertThat;

import dev.metsuke.events.integrity.ChainHead;
import dev.metsuke.events.seal.KeyRevocation;
import dev.metsuke.events.seal.Seal;
import dev.metsuke.events.seal.SealKeyPair;
import dev.metsuke.events.topic.Topic;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.Test;

class KafkaSealsTest {

    private static final SealKeyPair KEY = SealKeyPair.generate();
    private static final Instant SETTLED = Instant.parse("2026-11-24T00:00:00Z");

    private final KafkaSeals seals = new KafkaSeals(SETTLED);
    private long offset;

    @Test
    void knowsOfEachStreamTheLastThatMustBeArchived() {
        Seal crm = seal("db1/crm", 3);
        Seal portal = seal("web/portal", 1);

        add(SETTLED.minusSeconds(2), seal("db1/crm", 1).toJson());
        add(SETTLED.minusSeconds(1), portal.toJson());
        add(SETTLED, crm.toJson());
        // As where the topic got more partitions.
        add(SETTLED.minusSeconds(1), seal("db1/crm", 2).toJson());
        add(SETTLED.plusMillis(1), seal("db1/crm", 4).toJson());

        assertThat(seals.last()).containsExactly(crm, portal);
    }

    @Test
    void passesOverWhatIsNoSeal() {
        add(SETTLED, "{}".getBytes(StandardCharsets.UTF_8));
        add(
                SETTLED,
                KeyRevocation.sign("db1", "9f86d081884c7d65", SETTLED, "lost", SETTLED, KEY)
                        .toJson());

        assertThat(seals.last()).isEmpty();
    }

    private static Seal seal(String stream, long number) {
        return Seal.sign(stream, number, new ChainHead(number, "0".repeat(64)), SETTLED, KEY);
    }

    private void add(Instant taken, byte[] value) {
        seals.add(new ConsumerRecord<>(
                Topic.SEALS.title(),
                0,
                offset++,
                taken.toEpochMilli(),
                TimestampType.LOG_APPEND_TIME,
                0,
                value.length,
                new byte[0],
                value,
                new RecordHeaders(),
                Optional.empty()));
    }
}
