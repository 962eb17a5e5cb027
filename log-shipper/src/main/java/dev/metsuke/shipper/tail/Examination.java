package dev.metsuke.shipper.tail;

import org.jspecify.annotations.Nullable;

/** What reading has shown of a file as it is stored. All of it is void once the file is written to; another one begins then. */
final class Examination {

    private static final long UNKNOWN = -1;

    // How long the file was, as stored, when no further record was complete in it.
    private long size = UNKNOWN;
    private long end = UNKNOWN;
    private Rest rest = Rest.GROWING;

    // Of packed files only.
    private boolean ended;
    private long measured = UNKNOWN;
    private @Nullable String damage;
    private boolean damageToldOf;

    /** Of a packed file of which nothing is left to read, as was seen before. */
    static Examination readThrough(long storedSize) {
        Examination examination = new Examination();
        examination.ended = true;
        examination.exhausted(storedSize, UNKNOWN, Rest.FINAL);
        return examination;
    }

    /** Of a packed file that is not read to its end, though its content is known to be so long. */
    static Examination measured(long length) {
        Examination examination = new Examination();
        examination.measured = length;
        return examination;
    }

    /**
     * No further record is complete in a file that is stored in so many bytes, and rests so surely.
     *
     * @param usefulEnd where what is of no use begins that the file ends with
     */
    void exhausted(long storedSize, long usefulEnd, Rest at) {
        size = storedSize;
        end = usefulEnd;
        rest = at;
    }

    /** Whether no further record is complete in a file that is stored in so many bytes, unless it rests more surely. */
    boolean isExhausted(long storedSize) {
        return size == storedSize;
    }

    /** The same, however surely it rests up to this. */
    boolean isExhausted(long storedSize, Rest at) {
        return isExhausted(storedSize) && at.compareTo(rest) <= 0;
    }

    /** Where what is of no use begins that a plain file of that size ends with; its size where that is not known. */
    long usefulEnd(long storedSize) {
        return isExhausted(storedSize) && end != UNKNOWN ? end : storedSize;
    }

    /**
     * A packed file was unpacked up to here.
     *
     * @param toItsEnd whether nothing follows, or nothing that could be unpacked
     * @return how long its content is at least, as far as is known
     */
    long unpacked(long to, boolean toItsEnd, @Nullable String why) {
        ended = toItsEnd;
        damage = why;
        return toItsEnd ? to : Math.max(to + 1, measured);
    }

    /** Nothing follows what was unpacked, for this reason; null where that is its end. */
    void endsBecauseOf(@Nullable String why) {
        damage = why;
    }

    /** Whether a packed file was unpacked to its end. */
    boolean hasEnded() {
        return ended;
    }

    /** Whether the length of a packed file's content is known, and no estimate. */
    boolean isLengthKnown() {
        return ended || measured != UNKNOWN;
    }

    /** Why the rest of a packed file cannot be unpacked; null where there is no such reason. */
    @Nullable
    String damage() {
        return damage;
    }

    /** Whether it is broken, and nobody was told yet. */
    boolean isDamageUntold() {
        return damage != null && !damageToldOf;
    }

    /** Why it is broken, once, when it rests so surely that it stays so. */
    @Nullable
    String takeDamage(long storedSize) {
        if (!isDamageUntold() || !isExhausted(storedSize, Rest.FINAL)) {
            return null;
        }
        damageToldOf = true;
        return damage;
    }
}
