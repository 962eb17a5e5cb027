package dev.metsuke.standalone.command;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * A file that is replaced only by a whole one: written beside it, and put in its place when it is kept, where a link to it goes on
 * pointing. What is no plain file, such as a pipe, is written as it is.
 */
final class WholeFile implements AutoCloseable {

    private final Path file;
    private final Path written;
    private final OutputStream stream;

    private WholeFile(Path file, Path written) throws IOException {
        this.file = file;
        this.written = written;
        this.stream = new BufferedOutputStream(Files.newOutputStream(written));
        if (!written.equals(file)) {
            // Whoever is interrupted does not come to close it.
            written.toFile().deleteOnExit();
        }
    }

    static WholeFile at(Path file) throws IOException {
        Path target = Files.exists(file) ? file.toRealPath() : file;
        boolean isPlain = !Files.exists(target) || Files.isRegularFile(target);
        return new WholeFile(target, isPlain ? Path.of(target + ".part") : target);
    }

    void write(byte[] line) throws IOException {
        try {
            stream.write(line);
            stream.write('\n');
        } catch (IOException e) {
            throw unwritable(e);
        }
    }

    /** It is whole. */
    void keep() throws IOException {
        try {
            stream.close();
        } catch (IOException e) {
            throw unwritable(e);
        }
        if (!written.equals(file)) {
            Files.move(written, file, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    private IOException unwritable(IOException cause) {
        return new IOException(
                written + " cannot be written (" + cause.getMessage() + "); name a file with room for it", cause);
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
