package dev.metsuke.standalone;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;

/**
 * Standard output that does not lose what cannot be written: {@link System#out} and a {@link java.io.PrintWriter} over it
 * would go on in silence, and what was cut off by a full disk would look complete.
 */
final class StandardOutput extends OutputStream {

    /** The exit code of what the signal SIGPIPE ends, by the shell's convention. */
    static final int READER_GONE = 128 + 13;

    private final OutputStream out;

    StandardOutput() {
        this(new FileOutputStream(FileDescriptor.out));
    }

    StandardOutput(OutputStream out) {
        this.out = out;
    }

    @Override
    public void write(int b) {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) {
        try {
            out.write(bytes, offset, length);
        } catch (IOException e) {
            if (String.valueOf(e.getMessage()).contains("Broken pipe")) {
                throw new ReaderGoneException();
            }
            throw new UncheckedIOException(
                    new IOException("standard output cannot be written (" + e.getMessage() + "); it is incomplete", e));
        }
    }

    /** Whoever read the output, such as {@code head}, has enough of it. */
    static final class ReaderGoneException extends RuntimeException {

        private static final long serialVersionUID = 1;
    }
}
