package dev.metsuke.detect.state;

import java.util.Arrays;

/** Bytes that are written one after another; unlike {@link java.io.ByteArrayOutputStream} it takes no lock for each. */
final class GrowingBytes {

    private byte[] bytes = new byte[64];
    private int size;

    void write(int next) {
        if (size == bytes.length) {
            bytes = Arrays.copyOf(bytes, 2 * size);
        }
        bytes[size++] = (byte) next;
    }

    void write(byte[] next) {
        if (size + next.length > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, size + next.length));
        }
        System.arraycopy(next, 0, bytes, size, next.length);
        size += next.length;
    }

    byte[] copy() {
        return Arrays.copyOf(bytes, size);
    }
}
