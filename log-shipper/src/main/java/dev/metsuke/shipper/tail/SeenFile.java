package dev.metsuke.shipper.tail;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A file as one scan found it.
 *
 * @param key device and inode
 * @param path where it stands now
 * @param size in bytes
 * @param modifiedMillis when it was last written, in milliseconds since the epoch
 */
public record SeenFile(FileKey key, Path path, long size, long modifiedMillis) {

    private static final Logger LOG = LoggerFactory.getLogger(SeenFile.class);

    /** Looks at a file; a symbolic link is followed. */
    public static SeenFile at(Path path) throws IOException {
        Map<String, Object> attributes = Files.readAttributes(path, "unix:dev,ino,size,lastModifiedTime");
        return new SeenFile(
                new FileKey(number(attributes, "dev"), number(attributes, "ino")),
                path,
                number(attributes, "size"),
                attributes.get("lastModifiedTime") instanceof FileTime modified ? modified.toMillis() : 0);
    }

    /** Where it stands without any symbolic link, so that it is found there once a link leads elsewhere. */
    public Path realPath() {
        try {
            Path real = path.toRealPath();
            return real.equals(path) || !at(real).key().equals(key) ? path : real;
        } catch (IOException e) {
            LOG.debug("where {} really stands cannot be told: {}", path, e.toString());
            return path;
        }
    }

    /** Whether files of these names can hold the same bytes, by how the names say that they are packed. */
    public static boolean arePackedAlike(Path one, Path other) {
        return Compression.of(one) == Compression.of(other);
    }

    private static long number(Map<String, Object> attributes, String name) {
        return attributes.get(name) instanceof Number number ? number.longValue() : 0;
    }
}
