package dev.metsuke.archive.verify;

import java.util.concurrent.atomic.LongAdder;

/** How far a verification has come, for whoever waits for it; any thread may tell, and ask. */
public final class Headway {

    private final LongAdder kafkasSeals = new LongAdder();
    private final LongAdder seals = new LongAdder();
    private final LongAdder lines = new LongAdder();
    private final LongAdder expected = new LongAdder();

    /** How many of Kafka's seals were read, which comes before all else. */
    public long kafkasSeals() {
        return kafkasSeals.sum();
    }

    /** How many seals were judged. */
    public long seals() {
        return seals.sum();
    }

    /** How many lines were looked at. A stream with which something is wrong is read twice, and counts twice. */
    public long lines() {
        return lines.sum();
    }

    /** How many lines there are to look at, as far as that is known; those behind the last seals not among them. */
    public long expected() {
        return expected.sum();
    }

    public void readOneOfKafkas() {
        kafkasSeals.increment();
    }

    public void judged(int someSeals) {
        seals.add(someSeals);
    }

    public void lookedAt(int someLines) {
        lines.add(someLines);
    }

    public void expect(long someLines) {
        expected.add(someLines);
    }
}
