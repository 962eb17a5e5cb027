package dev.metsuke.detect.state;

import java.util.Arrays;

/** Bytes that are written one after another; unlike {@link java.io.ByteArrayOutputStream} it takes no lock for each. */
final class GrowingBytes {

    private static final int MOST_OF_VARIABLE = 10;

    private byte[] bytes = new byte[64];
    private int size;

    void write(int next) {
        ensure(1);
        bytes[size++] = (byte) next;
    }

    /** The number's lowest bytes, so many, the highest of them first. */
    void writeFixed(long number, int length) {
        ensure(length);
        for (int bits = Byte.SIZE * (length - 1); bits >= 0; bits -= Byte.SIZE) {
            bytes[size++] = (byte) (number >> bits);
        }
    }

    /** Seven bits a byte, the lowest first; all bytes but the last have the eighth. */
    void writeVariable(long number) {
        ensure(MOST_OF_VARIABLE);
        int end = size;
        long rest = number;
        for (; (rest & ~0x7fL) != 0; rest >>>= 7) {
            bytes[end++] = (byte) (rest | 0x80);
        }
        bytes[end++] = (byte) rest;
        size = end;
    }

    void write(byte[] next) {
        ensure(next.length);
        System.arraycopy(next, 0, bytes, size, next.length);
        size += next.length;
    }

    private void ensure(int more) {
        if (size + more > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, size + more));
        }
    }

    byte[] copy() {
        return Arrays.copyOf(bytes, size);
    }

    /** Of what was written, and one more behind it. */
    byte[] copyWith(int last) {
        byte[] copy = Arrays.copyOf(bytes, size + 1);
        copy[size] = (byte) last;
        return copy;
    }
}
