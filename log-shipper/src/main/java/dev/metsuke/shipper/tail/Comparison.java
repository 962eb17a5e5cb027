package dev.metsuke.shipper.tail;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Tells by their bytes whether two files hold the same. */
public final class Comparison {

    private static final int BUFFER = 64 * 1024;

    private Comparison() {}

    /**
     * What a file begins with.
     *
     * @param checkpoints those asked for that the file is long enough for
     * @param end the one at the file's end
     */
    public record Beginnings(List<Checkpoint> checkpoints, Checkpoint end) {}

    /** Whether the first file holds what the other begins with, and nothing else. */
    public static boolean isBeginning(TailedFile file, TailedFile other) throws IOException {
        byte[] one = new byte[BUFFER];
        byte[] two = new byte[BUFFER];
        long position = 0;
        int length = BUFFER;
        while (length == BUFFER) {
            length = file.readAt(position, one);
            int otherLength = other.readAt(position, two);
            if (otherLength < length || !Arrays.equals(one, 0, length, two, 0, length)) {
                return false;
            }
            position += length;
        }
        return position > 0;
    }

    /** What stands there instead of what was read between the latest two of the checkpoints near each other; null where that does. */
    static @Nullable Checkpoint changed(FileBytes file, List<Checkpoint> read) throws IOException {
        for (int i = read.size() - 1; i >= 0; i--) {
            Checkpoint from = i == 0 ? Checkpoint.BEGINNING : read.get(i - 1);
            Checkpoint to = read.get(i);
            if (to.offset() - from.offset() <= BUFFER) {
                Checkpoint there = ledTo(file, from, to.offset());
                return to.equals(there) ? null : there;
            }
        }
        return null;
    }

    /** Null where the file is too short for that: it has no other bytes there. */
    private static @Nullable Checkpoint ledTo(FileBytes file, Checkpoint from, long offset) throws IOException {
        byte[] between = new byte[(int) (offset - from.offset())];
        int length = file.read(between, from.offset());
        return length < between.length
                ? null
                : new Checkpoint(offset, new RunningChecksum().append(from.checksum(), between, 0, length));
    }

    /** Reads a file to its end, and gives its checksums at these offsets, which ascend. */
    public static Beginnings beginnings(TailedFile file, List<Long> offsets) throws IOException {
        RunningChecksum checksums = new RunningChecksum();
        List<Checkpoint> found = new ArrayList<>();
        byte[] buffer = new byte[BUFFER];
        int checksum = 0;
        long position = 0;
        int length = BUFFER;
        while (length == BUFFER) {
            length = file.readAt(position, buffer);
            int done = 0;
            for (long offset : offsets) {
                if (offset > position + done && offset <= position + length) {
                    int to = (int) (offset - position);
                    checksum = checksums.append(checksum, buffer, done, to);
                    done = to;
                    found.add(new Checkpoint(offset, checksum));
                }
            }
            checksum = checksums.append(checksum, buffer, done, length);
            position += length;
        }
        return new Beginnings(List.copyOf(found), new Checkpoint(position, checksum));
    }
}
