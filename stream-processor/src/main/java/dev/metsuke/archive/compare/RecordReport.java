package dev.metsuke.archive.compare;

import dev.metsuke.events.topic.Topic;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How the archive's documents of a topic stand beside what Kafka has of them.
 *
 * @param topic the topic
 * @param same how many are as Kafka has them
 * @param differences what is not so
 * @param rejected how many are not there as Elasticsearch refused them, which {@code metsuke.rejected} tells
 * @param deleted how many are not there as they were kept for as long as their kind is
 * @param beyond how many documents there are of which Kafka has nothing any more, or never had
 */
public record RecordReport(
        Topic topic, long same, List<Difference> differences, long rejected, long deleted, long beyond) {

    public RecordReport {
        differences = List.copyOf(differences);
    }

    /** Whether somebody must have had a hand in it, in the archive or in Kafka. */
    public boolean isTampered() {
        return differences.stream().anyMatch(difference -> difference.kind().isProof);
    }

    /** Whether nothing differs. */
    public boolean isWhole() {
        return differences.isEmpty();
    }

    /**
     * One document that is not as Kafka has it.
     *
     * @param document its index and id
     * @param origin the record that makes it; null where Kafka has none
     */
    public record Difference(
            Kind kind, String document, @Nullable String origin) {

        /** What is wrong with which document. */
        public String describe() {
            return switch (kind) {
                case MISSING -> document + " is missing; Kafka has it as " + origin;
                case CHANGED -> document + " was changed; Kafka has another as " + origin;
                case ADDED -> document + " was added: Kafka, which keeps all of its topic, has no such record";
                case PERHAPS_ADDED ->
                    document + " was added, or is older than the topic, which begins in the same month and has no such"
                            + " record";
            };
        }
    }

    /** How a document differs. */
    public enum Kind {
        MISSING(true),
        CHANGED(true),
        ADDED(true),
        PERHAPS_ADDED(false);

        private final boolean isProof;

        Kind(boolean isProof) {
            this.isProof = isProof;
        }
    }
}
