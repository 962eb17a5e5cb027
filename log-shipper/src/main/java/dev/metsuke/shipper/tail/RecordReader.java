package dev.metsuke.shipper.tail;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads a file's next records through one buffer that all files of a source share; a partial record is read again later. */
public final class RecordReader {

    private static final Logger LOG = LoggerFactory.getLogger(RecordReader.class);
    private static final int USUAL_BUFFER = 256 * 1024;

    private final Framing framing;
    private final int longestRecord;
    private final Frame frame = new Frame();
    private byte[] buffer = new byte[USUAL_BUFFER];

    public RecordReader(Framing framing, int longestRecord) {
        this.framing = framing;
        this.longestRecord = longestRecord;
    }

    /** Takes the records, in their order. */
    public interface Records {

        /** The bytes are the reader's own; they change after the call. */
        void record(TailedFile file, byte[] bytes, int start, int end, long offset);

        /** A record that is longer than allowed, of which only the beginning is at hand. */
        void tooLong(TailedFile file, byte[] beginning, long offset, long length);
    }

    /**
     * Reads as much as the buffer holds.
     *
     * @param restNanos for how long a file must not grow to be at rest
     * @return whether more can be read at once
     */
    public boolean read(TailedFile file, long restNanos, long nowNanos, Records records) throws IOException {
        Path path = file.path();
        long before = file.offset();
        int length = file.fill(buffer, nowNanos);
        if (length < 0) {
            LOG.info("{} begins anew; it was read up to byte {}", path, before);
            return true;
        }
        // Judged now, as only the filling shows whether it has grown.
        boolean atRest = file.restingNanos(nowNanos) >= restNanos;
        long base = file.offset();
        boolean atEnd = base + length >= file.size();
        int position = 0;
        while (framing.find(buffer, position, length, atRest && atEnd, frame)) {
            take(file, frame.start(), frame.end(), base, records);
            position = frame.next();
            file.advanceTo(base + position);
        }
        if (frame.next() > position) {
            position = frame.next();
            file.advanceTo(base + position);
        }
        if (position == 0 && length == buffer.length) {
            return readLongRecord(file, base, atRest, records);
        }
        if (atEnd) {
            file.examined(base + length, atRest);
        }
        return !atEnd;
    }

    private void take(TailedFile file, int start, int end, long base, Records records) {
        if (file.firstLine() == null) {
            file.firstLineIs(HexFormat.of().formatHex(Sha256.of(buffer, start, end)));
        }
        if (end - start > longestRecord) {
            records.tooLong(file, Arrays.copyOfRange(buffer, start, start + longestRecord), base + start, end - start);
        } else {
            records.record(file, buffer, start, end, base + start);
        }
    }

    private boolean readLongRecord(TailedFile file, long base, boolean atRest, Records records) throws IOException {
        if (buffer.length <= longestRecord) {
            buffer = new byte[Math.max(buffer.length * 2, Math.min(longestRecord + 2, buffer.length * 8))];
            return true;
        }
        int newline = LineFraming.newline(buffer, 0, buffer.length);
        if (newline >= 0) {
            // The format sees no end, as after an unclosed quote: the line alone is the record, and the next one has a
            // chance.
            take(file, 0, LineFraming.endOfText(buffer, 0, newline), base, records);
            file.advanceTo(base + newline + 1);
            return true;
        }
        byte[] beginning = Arrays.copyOf(buffer, longestRecord);
        long end = endOfLongLine(file, base + buffer.length);
        if (end < 0) {
            file.examined(file.size(), atRest);
            return false;
        }
        if (file.firstLine() == null) {
            file.firstLineIs(HexFormat.of().formatHex(Sha256.of(beginning, 0, beginning.length)));
        }
        records.tooLong(file, beginning, base, end - base);
        file.advanceTo(end + 1);
        return true;
    }

    /** The place of the line feed, or -1 where there is none yet. */
    private long endOfLongLine(TailedFile file, long from) throws IOException {
        long position = from;
        while (true) {
            int count = file.readAt(position, buffer);
            if (count <= 0) {
                return -1;
            }
            int newline = LineFraming.newline(buffer, 0, count);
            if (newline >= 0) {
                return position + newline;
            }
            position += count;
        }
    }
}
