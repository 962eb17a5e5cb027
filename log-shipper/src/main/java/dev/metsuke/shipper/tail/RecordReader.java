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

        /** What was written behind a line that was taken without its end: the rest of it, or a line of its own. */
        default void continuation(TailedFile file, byte[] bytes, int start, int end, long offset) {
            record(file, bytes, start, end, offset);
        }

        /** A record that is longer than allowed, of which only the beginning is at hand. */
        void tooLong(TailedFile file, byte[] beginning, long offset, long length);
    }

    /**
     * Reads as much as the buffer holds.
     *
     * @return whether more can be read at once; false as well where the file begins anew, which its successor reads
     */
    public boolean read(TailedFile file, Patience patience, long nowNanos, Records records) throws IOException {
        Path path = file.path();
        long before = file.offset();
        int length = file.fill(buffer, nowNanos);
        if (length < 0) {
            LOG.info("{} begins anew; it was read up to byte {}", path, before);
            return false;
        }
        // Judged now, as only the filling shows whether it has grown.
        Rest rest = file.rest(patience, nowNanos);
        long base = file.readFrom();
        boolean atEnd = base + length >= file.end();
        OpenRecord open = file.openRecord();
        if (open != null) {
            return readOn(file, open, length, atEnd, rest, records);
        }
        boolean mayBeOverwritten = atEnd && !file.isCompressed();
        int to = mayBeOverwritten ? NulRun.endOfText(buffer, length) : length;
        if (file.readSoFar().isWithinLine()) {
            return readRestOfLine(file, base, to, atEnd, rest, records);
        }
        int position = takeAll(file, base, 0, to, atEnd && isAtRest(file, rest), records);
        int behindNoUse = Math.max(position, frame.next());
        // The next record may be written in the place of what closes a document.
        if (mayBeOverwritten && behindNoUse == to) {
            to = position;
        } else {
            position = behindNoUse;
        }
        boolean isCut = false;
        if (atEnd && rest == Rest.FINAL && position < to) {
            isCut = takeTheLast(file, base, position, to, records);
            position = to;
        }
        if (position > 0) {
            file.readSoFar().advance(buffer, position);
        } else if (to == buffer.length) {
            return openLongRecord(file, base, records);
        }
        if (isCut) {
            file.readSoFar().advancedWithinLine();
        }
        if (atEnd) {
            file.examined(rest, base + to);
        }
        return !atEnd;
    }

    /** Whether what the file ends with counts as complete: of a packed file that is cut off, more may still arrive. */
    private static boolean isAtRest(TailedFile file, Rest rest) {
        return rest == Rest.FINAL || (rest == Rest.RESTING && file.damage() == null);
    }

    /** Hands over all complete records; the place behind the last. The frame's next then is how far nothing of use lies. */
    private int takeAll(TailedFile file, long base, int from, int to, boolean atRest, Records records) {
        int position = from;
        while (framing.find(buffer, position, to, atRest, frame)) {
            position = take(file, base, records);
        }
        return position;
    }

    /**
     * Hands over what a file ends with as if its last line had its end, since none will come.
     *
     * @return whether it has none
     */
    private boolean takeTheLast(TailedFile file, long base, int from, int length, Records records) {
        boolean isCut = buffer[length - 1] != '\n';
        int to = isCut ? endLine(length) : length;
        int position = Math.max(takeAll(file, base, from, to, true, records), frame.next());
        while (position < length) {
            // The format sees no end, as behind a quote left open: the line alone is the record, and the next one has a
            // chance.
            int newline = LineFraming.newline(buffer, position, to);
            frame.set(position, LineFraming.endOfText(buffer, position, newline), newline + 1);
            position = Math.max(takeAll(file, base, take(file, base, records), to, true, records), frame.next());
        }
        return isCut;
    }

    /** Takes what stands behind a line that was taken without its end: a line of its own, whatever the format. */
    private boolean readRestOfLine(TailedFile file, long base, int length, boolean atEnd, Rest rest, Records records) {
        int newline = LineFraming.newline(buffer, 0, length);
        boolean isLast = length > 0 && atEnd && rest == Rest.FINAL;
        if (newline >= 0 || isLast) {
            int end = newline < 0 ? length : newline;
            frame.set(0, LineFraming.endOfText(buffer, 0, end), newline < 0 ? length : newline + 1);
            int position = takeContinuation(file, base, records);
            file.readSoFar().advance(buffer, position);
            if (newline >= 0 || position < length) {
                return true;
            }
            file.readSoFar().advancedWithinLine();
        } else if (length == buffer.length) {
            return openLongRecord(file, base, records);
        }
        if (atEnd) {
            file.examined(rest, base + length);
        }
        return !atEnd;
    }

    private int takeContinuation(TailedFile file, long base, Records records) {
        if (frame.end() > longestRecord) {
            return take(file, base, records);
        }
        if (frame.end() > 0) {
            records.continuation(file, buffer, 0, frame.end(), base);
        }
        return frame.next();
    }

    private int endLine(int length) {
        if (length == buffer.length) {
            buffer = Arrays.copyOf(buffer, length + 1);
        }
        buffer[length] = '\n';
        return length + 1;
    }

    /** Hands over what the frame holds; where to look for the next record. */
    private int take(TailedFile file, long base, Records records) {
        int start = frame.start();
        int end = frame.end();
        if (end - start > longestRecord) {
            int behindNuls = new NulRun(longestRecord).findEnd(buffer, start, end);
            if (behindNuls >= 0) {
                // What stands behind NUL bytes that would be cut off with them is a record of its own.
                end = behindNuls;
                frame.set(start, behindNuls, behindNuls);
            }
        }
        if (file.firstLine() == null) {
            file.readSoFar().firstLineIs(HexFormat.of().formatHex(Sha256.of(buffer, start, end)));
        }
        if (end - start > longestRecord) {
            records.tooLong(file, Arrays.copyOfRange(buffer, start, start + longestRecord), base + start, end - start);
        } else {
            records.record(file, buffer, start, end, base + start);
        }
        return frame.next();
    }

    private boolean openLongRecord(TailedFile file, long base, Records records) {
        if (buffer.length <= longestRecord) {
            buffer = new byte[Math.max(buffer.length * 2, Math.min(longestRecord + 2, buffer.length * 8))];
            return true;
        }
        OpenRecord open = file.readSoFar().opens(framing.longRecord(), buffer, longestRecord, file.isCompressed());
        if (open.findEnd(buffer, buffer.length, frame)) {
            // The format sees no end, as after an unclosed quote: the line alone is the record, and the next one has a
            // chance.
            frame.set(0, LineFraming.endOfText(buffer, 0, frame.end()), frame.next());
            int position = take(file, base, records);
            file.readSoFar().advance(buffer, framing.isOfLines() ? takeLines(file, base, position, records) : position);
        } else {
            open.scan(buffer, buffer.length);
        }
        return true;
    }

    /** Hands over each line that the buffer holds; where the next one begins. */
    private int takeLines(TailedFile file, long base, int from, Records records) {
        int position = from;
        int newline = LineFraming.newline(buffer, position, buffer.length);
        while (newline >= 0) {
            frame.set(position, LineFraming.endOfText(buffer, position, newline), newline + 1);
            position = take(file, base, records);
            newline = LineFraming.newline(buffer, position, buffer.length);
        }
        return position;
    }

    /** Looks for a long record's end in what the buffer holds of it. */
    private boolean readOn(TailedFile file, OpenRecord open, int length, boolean atEnd, Rest rest, Records records)
            throws IOException {
        long base = open.scanned();
        if (open.findEnd(buffer, length, frame)) {
            open.scan(buffer, frame.next());
            close(file, open, base + frame.end(), records);
            return true;
        }
        open.scan(buffer, length);
        if (!atEnd) {
            return true;
        }
        if (!file.isCompressed() && open.endOfText() < open.scanned()) {
            boolean hasText = rest == Rest.FINAL && open.endOfText() > open.start();
            if (hasText) {
                // It is looked at once more, as if the file ended with it.
                file.readSoFar().leaveOpenRecord();
            }
            file.examined(hasText ? Rest.RESTING : rest, open.endOfText());
            return hasText;
        }
        if (rest == Rest.FINAL || (isAtRest(file, rest) && open.record().endsWithFile())) {
            close(file, open, open.scanned(), records);
            if (!open.record().endsWithFile()) {
                file.readSoFar().advancedWithinLine();
            }
        }
        file.examined(rest, open.scanned());
        return false;
    }

    private void close(TailedFile file, OpenRecord open, long end, Records records) throws IOException {
        byte[] beginning = open.beginning(file, longestRecord);
        if (file.firstLine() == null) {
            file.readSoFar().firstLineIs(HexFormat.of().formatHex(Sha256.of(beginning, 0, beginning.length)));
        }
        file.readSoFar().advanceBehind(open);
        records.tooLong(file, beginning, open.start(), end - open.start());
    }
}
