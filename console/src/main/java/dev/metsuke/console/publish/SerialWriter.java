package dev.metsuke.console.publish;

import dev.metsuke.console.language.Text;
import dev.metsuke.operations.kafka.Causes;
import dev.metsuke.operations.kafka.Fencing;
import dev.metsuke.operations.kafka.KafkaSettings;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.KafkaException;

/**
 * Writes what follows from what the topics hold: all of it or nothing, and no other such writer, here or elsewhere, comes
 * in between. Those of a kind share one transactional id, by which Kafka refuses the one that began earlier; that one reads and decides
 * again.
 */
public final class SerialWriter {

    private static final String ACCOUNTS_AND_REPORTS = "metsuke-accounts-and-reports";
    private static final String TRIAGE = "metsuke-triage";
    private static final String APPROVALS = "metsuke-approvals";
    private static final Duration PATIENCE = Duration.ofSeconds(15);
    private static final Duration OF_REQUEST = Duration.ofSeconds(5);

    private final SharedId id;
    private final String brokers;
    private final TopicContents contents;
    private final Turn turn;

    /** For reports and the directory, which follow from each other. */
    public SerialWriter(KafkaSettings kafka) {
        this(kafka, ACCOUNTS_AND_REPORTS, PATIENCE);
    }

    /** For what is done about alerts. */
    public static SerialWriter ofTriage(KafkaSettings kafka) {
        return new SerialWriter(kafka, TRIAGE, PATIENCE);
    }

    /** For approved exports. */
    public static SerialWriter ofApprovals(KafkaSettings kafka) {
        return new SerialWriter(kafka, APPROVALS, PATIENCE);
    }

    /**
     * Connects for each write anew: they are rare.
     *
     * @param patience for those before a write, and for the write
     */
    SerialWriter(KafkaSettings kafka, String transactionalId, Duration patience) {
        brokers = kafka.bootstrapServers();
        contents = new TopicContents(kafka);
        id = new SharedId(kafka, transactionalId, patience, OF_REQUEST, Map.of());
        turn = new Turn(patience);
    }

    /** Says what to write; asked again where another writer came in between. */
    public interface Decision<T> {
        Decided<T> decide(TopicContents contents) throws WriteFailedException;
    }

    /**
     * What to write.
     *
     * @param messages what to write, in order
     * @param value what the writer answers once it is written
     */
    public record Decided<T>(List<Message> messages, T value) {
        public Decided {
            messages = List.copyOf(messages);
        }
    }

    /**
     * Returns when all brokers that count have all of it.
     *
     * @throws WriteFailedException where Kafka did not take it, or those before wait for it: then nothing was written
     */
    public <T> T write(Decision<T> decision) throws WriteFailedException {
        turn.await();
        try {
            for (int attempt = 1; ; attempt++) {
                try (KafkaProducer<String, byte[]> producer = id.producer()) {
                    return writeOnce(producer, decision);
                } catch (KafkaException e) {
                    if (!Fencing.isLikely(e) || attempt == SharedId.MOST_ATTEMPTS) {
                        throw failed(e);
                    }
                }
                pause();
            }
        } finally {
            turn.end();
        }
    }

    private <T> T writeOnce(KafkaProducer<String, byte[]> producer, Decision<T> decision) throws WriteFailedException {
        producer.initTransactions();
        Decided<T> decided = decided(decision);
        if (!decided.messages().isEmpty()) {
            producer.beginTransaction();
            for (Message message : decided.messages()) {
                var _ = producer.send(message.record());
            }
            // Fails where any of them failed.
            producer.commitTransaction();
        }
        return decided.value();
    }

    private <T> Decided<T> decided(Decision<T> decision) throws WriteFailedException {
        try {
            return decision.decide(contents);
        } catch (WriteFailedException e) {
            throw new WriteFailedException(Text.of("kafka.unread-and-unwritten", e.reason()), e);
        }
    }

    private void pause() throws WriteFailedException {
        try {
            SharedId.pause();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw failed(e);
        }
    }

    private WriteFailedException failed(Exception cause) {
        return new WriteFailedException(Text.of("kafka.unwritten", brokers, Causes.describe(cause)), cause);
    }
}
