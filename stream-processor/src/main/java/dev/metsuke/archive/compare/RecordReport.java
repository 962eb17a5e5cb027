package dev.metsuke.archive.compare;

import dev.metsuke.events.topic.Topic;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * How the archive's documents of a topic stand beside what Kafka has of them.
 *
 * @param topic the topic
 * @param same how many are as Kafka has them
 * @param differences what is not so
 * @param deleted how many are not there as they were kept for as long as their kind is
 * @param beyond how many documents there are of which Kafka has nothing any more, or never had
 */
public record RecordReport(Topic topic, long same, List<Difference> differences, long deleted, long beyond) {

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

    /** The records that made no document, or another one than the archive has. */
    Set<String> unarchived() {
        return differences.stream()
                .filter(difference -> difference.kind().isOfRecord)
                .map(Difference::origin)
                .filter(Objects::nonNull)
                .collect(Collectors.toSet());
    }

    /** The same where the archive tells of some of these that it could not take them. That could be a lie of its own, and proves nothing. */
    RecordReport refused(Set<String> records) {
        return new RecordReport(
                topic,
                same,
                differences.stream()
                        .map(difference -> difference.kind().isOfRecord && records.contains(difference.origin())
                                ? new Difference(Kind.PERHAPS_REFUSED, difference.document(), difference.origin())
                                : difference)
                        .toList(),
                deleted,
                beyond);
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
                case PERHAPS_CHANGED ->
                    document
                            + " was changed, or put into other words by an earlier version of Metsuke; Kafka has it as "
                            + origin;
                case PERHAPS_REFUSED ->
                    document + " is not there, or not as Kafka has it as " + origin
                            + ", which Elasticsearch refused if the archive's own metsuke-rejected is right";
                case ADDED -> document + " was added: Kafka, which keeps all of its topic, has no such record";
                case PERHAPS_ADDED ->
                    document + " was added, or is older than the topic, which begins in the same month and has no such"
                            + " record";
                case ASTRAY -> document + " lies in an index to which Metsuke writes nothing; nothing is known of it";
            };
        }
    }

    /** How a document differs. */
    public enum Kind {
        MISSING(true, true),
        CHANGED(true, true),
        PERHAPS_CHANGED(false, true),
        PERHAPS_REFUSED(false, true),
        ADDED(true, false),
        PERHAPS_ADDED(false, false),
        ASTRAY(false, false);

        private final boolean isProof;
        private final boolean isOfRecord;

        Kind(boolean isProof, boolean isOfRecord) {
            this.isProof = isProof;
            this.isOfRecord = isOfRecord;
        }
    }
}
