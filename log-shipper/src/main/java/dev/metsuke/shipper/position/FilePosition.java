package dev.metsuke.shipper.position;

import dev.metsuke.shipper.tail.ContentKey;
import dev.metsuke.shipper.tail.FileKey;
import dev.metsuke.shipper.tail.Progress;
import dev.metsuke.shipper.tail.SeenFile;
import dev.metsuke.shipper.tail.TailedFile;
import java.nio.file.Path;

/**
 * How far one file of a stream is shipped.
 *
 * @param file device and inode
 * @param path where it stood
 * @param realPath the same without symbolic links, which may lead elsewhere by now
 * @param found whether a glob of the source matched it there
 * @param seenAt where the longest of it was seen; the file may since have been renamed, or its inode given to another
 * @param progress of what it holds
 */
public record FilePosition(FileKey file, Path path, Path realPath, boolean found, Path seenAt, Progress progress) {

    public static FilePosition of(TailedFile file) {
        return of(file, file.path(), file.seenAt(), file.progress());
    }

    /** Of what is lost with a file that is gone, or may since have begun anew elsewhere. */
    public static FilePosition departed(TailedFile file) {
        return of(file, file.lastPath(), file.lostAt(), file.departed());
    }

    private static FilePosition of(TailedFile file, Path stood, Path seenAt, Progress progress) {
        Path real = stood.equals(file.path()) ? file.realPath() : stood;
        return new FilePosition(file.key(), stood, real, file.isFound(), seenAt, progress);
    }

    /** The file as it goes on from here. */
    public TailedFile resume(SeenFile seen, long nowNanos) {
        TailedFile resumed = TailedFile.resumed(seen, progress, seenAt, nowNanos);
        // As text: what is no UTF-8 in a name is not remembered.
        if (!seen.path().toString().equals(path.toString())) {
            resumed.wasRotated(path);
        }
        return resumed;
    }

    public ContentKey key() {
        return new ContentKey(file, progress.generation());
    }

    public FilePosition with(Progress other) {
        return new FilePosition(file, path, realPath, found, seenAt, other);
    }
}
