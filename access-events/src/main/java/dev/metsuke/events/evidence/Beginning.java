package dev.metsuke.events.evidence;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** The first bytes of a stream. */
final class Beginning extends FilterInputStream {

    private long rest;

    Beginning(InputStream in, long length) {
        super(in);
        this.rest = length;
    }

    @Override
    public int read() throws IOException {
        if (rest == 0) {
            return -1;
        }
        rest--;
        return super.read();
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        if (rest == 0) {
            return -1;
        }
        int read = super.read(into, offset, (int) Math.min(length, rest));
        rest -= Math.max(read, 0);
        return read;
    }
}
