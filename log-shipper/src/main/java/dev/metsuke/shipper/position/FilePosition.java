package dev.metsuke.shipper.position;

import dev.metsuke.shipper.tail.FileIdentity;
import dev.metsuke.shipper.tail.SeenFile;
import dev.metsuke.shipper.tail.TailedFile;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * How far one file of a stream is shipped.
 *
 * @param identity which file
 * @param path where it stood
 * @param generation how often it had begun anew
 * @param offset where its next record begins, in bytes
 * @param size how long it was, in bytes; what lies between is known to be unread
 * @param firstLine SHA-256 of the generation's first record; part of every {@code event.id}
 */
public record FilePosition(
        FileIdentity identity,
        Path path,
        long generation,
        long offset,
        long size,
        @Nullable String firstLine) {

    public static FilePosition of(TailedFile file) {
        return new FilePosition(
                file.identity(), file.path(), file.generation(), file.offset(), file.size(), file.firstLine());
    }

    /** The file as it goes on from here. */
    public TailedFile resume(SeenFile seen, long nowNanos) {
        return TailedFile.resumed(seen, identity.fingerprint(), generation, offset, size, firstLine, nowNanos);
    }

    public long unreadBytes() {
        return Math.max(0, size - offset);
    }
}
