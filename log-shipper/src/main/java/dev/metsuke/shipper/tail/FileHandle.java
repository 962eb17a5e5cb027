package dev.metsuke.shipper.tail;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import org.jspecify.annotations.Nullable;

/**
 * The way to the bytes of one file, whatever its name: opened where it is not, and given back where it fails, for once its server has
 * forgotten it, it fails for ever.
 */
final class FileHandle implements AutoCloseable {

    private final FileKey key;
    private final Compression compression;
    private @Nullable FileBytes bytes;

    FileHandle(FileKey key, Compression compression) {
        this.key = key;
        this.compression = compression;
    }

    /** What is done with the open file. */
    interface Reading<T> {
        T from(FileBytes open) throws IOException;
    }

    boolean isOpen() {
        return bytes != null;
    }

    /** Whether it holds a decoder's memory. */
    boolean isUnpacking() {
        return bytes != null && bytes.isUnpacking();
    }

    /** How many bytes of what comes before must be unpacked to read there. */
    long bytesToPass(long position) {
        FileBytes open = bytes;
        if (open != null) {
            return open.bytesToPass(position);
        }
        return compression == Compression.NONE ? 0 : position;
    }

    /** The file was written since, or is not read for now. */
    void refresh() {
        if (bytes != null) {
            bytes.refresh();
        }
    }

    /** Goes on with what another holds open of the same file. */
    void takeOver(FileHandle other) {
        bytes = other.bytes;
        other.bytes = null;
        refresh();
    }

    /**
     * Reads from the file.
     *
     * @param path where it stands, to open it
     * @throws NoSuchFileException where it is to be opened, and does not stand there
     */
    <T> T read(Path path, Reading<T> reading) throws IOException {
        try {
            FileBytes open = bytes;
            if (open == null) {
                open = FileBytes.of(openAt(path), compression);
                bytes = open;
            }
            return reading.from(open);
        } catch (IOException e) {
            try {
                close();
            } catch (IOException alsoFailed) {
                e.addSuppressed(alsoFailed);
            }
            throw e;
        }
    }

    private FileChannel openAt(Path path) throws IOException {
        // To open a pipe that took the file's place, even its inode, would wait for whoever writes to it.
        if (!Files.readAttributes(path, BasicFileAttributes.class).isRegularFile()) {
            throw new NoSuchFileException(path.toString(), null, "what stands there now is no regular file");
        }
        FileChannel channel = FileChannel.open(path, StandardOpenOption.READ);
        boolean same = false;
        try {
            same = SeenFile.at(path).key().equals(key);
        } finally {
            if (!same) {
                channel.close();
            }
        }
        if (!same) {
            throw new NoSuchFileException(path.toString(), null, "another file stands there now");
        }
        return channel;
    }

    @Override
    public void close() throws IOException {
        FileBytes open = bytes;
        bytes = null;
        if (open != null) {
            open.close();
        }
    }
}
