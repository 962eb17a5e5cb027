package dev.metsuke.events.json;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Looks at eight bytes at once: as a long, the first of them lowest. */
public final class EightBytes {

    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long ONES = 0x0101_0101_0101_0101L;
    private static final long HIGH_BITS = ONES << 7;
    private static final long SPACES = ofEach(' ');

    private EightBytes() {}

    public static long read(byte[] bytes, int at) {
        return (long) LONGS.get(bytes, at);
    }

    public static void write(byte[] bytes, int at, long word) {
        LONGS.set(bytes, at, word);
    }

    /** Eight times the same character of ASCII. */
    public static long ofEach(char character) {
        return ONES * character;
    }

    /** The lowest bit of each byte in which the two are the same; no other bit. */
    public static long equal(long word, long other) {
        long difference = word ^ other;
        return ~((difference & ~HIGH_BITS) + ~HIGH_BITS | difference | ~HIGH_BITS) >>> 7;
    }

    /** The lowest bit of the first control character, and perhaps bits behind it; 0 where there is none. */
    public static long controls(long word) {
        return (word - SPACES & ~word & HIGH_BITS) >>> 7;
    }

    /** The index of the first byte that has its lowest bit set. */
    public static int first(long lowestBits) {
        return Long.numberOfTrailingZeros(lowestBits) >>> 3;
    }
}
