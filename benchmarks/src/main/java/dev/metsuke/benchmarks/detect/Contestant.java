package dev.metsuke.benchmarks.detect;

/** What takes the accesses from Kafka. */
enum Contestant {
    /** From one topic to another, bytes as they are. */
    PASS_THROUGH("pass-through"),
    /** Kafka Streams' own count by account over one tumbling window, its state in RocksDB. */
    DSL_COUNT("dsl-count"),
    /** Metsuke's three rules. */
    DETECT("detect");

    private final String label;

    Contestant(String label) {
        this.label = label;
    }

    /** As it stands in the figures, and as its output topic is called where it is no topic of Metsuke's. */
    String label() {
        return label;
    }
}
