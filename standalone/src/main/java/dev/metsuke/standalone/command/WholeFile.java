package dev.metsuke.standalone.command;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * A file that is replaced only by a whole one: written beside it, and put in its place when it is kept. What is no plain file,
 * such as a pipe, is written as it is.
 */
final class WholeFile implements AutoCloseable {

    private final Path file;
    private final Path written;
    private final OutputStream stream;

    private WholeFile(Path file, Path written) throws IOException {
        this.file = file;
        this.written = written;
        this.stream = new BufferedOutputStream(Files.newOutputStream(written));
    }

    static WholeFile at(Path file) throws IOException {
        boolean isPlain = !Files.exists(file) || Files.isRegularFile(file);
        return new WholeFile(file, isPlain ? Path.of(file + ".part") : file);
    }

    OutputStream stream() {
        return stream;
    }

    /** It is whole. */
    void keep() throws IOException {
        stream.close();
        if (!written.equals(file)) {
            Files.move(written, file, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    /** What was not kept goes, and what was there before stays. */
    @Override
    public void close() throws IOException {
        try {
            stream.close();
        } finally {
            if (!written.equals(file)) {
                Files.deleteIfExists(written);
            }
        }
    }
}
