package dev.metsuke.shipper;

import dev.metsuke.shipper.parse.Encoding;
import dev.metsuke.shipper.parse.Format;
import dev.metsuke.shipper.parse.RecordContext;
import dev.metsuke.shipper.tail.Frame;
import dev.metsuke.shipper.tail.Framing;
import dev.metsuke.shipper.tail.LineFraming;
import dev.metsuke.shipper.tail.TailedFile;
import java.io.IOException;
import java.time.Instant;
import java.util.Map;
import java.util.WeakHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a source's parser may ask of the file that is being read; what nobody asks for costs nothing. Used by one thread. */
final class FileContext implements RecordContext {

    private static final Logger LOG = LoggerFactory.getLogger(FileContext.class);
    private static final int LONGEST_FIRST_RECORD = 64 * 1024;
    private static final String NONE = "";

    private final Format format;
    private final Framing framing;
    private final Encoding encoding;
    // A packed file is unpacked from its beginning for it: once, not each time that the files take turns.
    private final Map<TailedFile, String> firstRecords = new WeakHashMap<>();
    private @Nullable TailedFile file;
    private @Nullable String firstRecord;
    private @Nullable String atBeginning;
    private long offset;

    FileContext(Format format, Encoding encoding) {
        this.format = format;
        this.framing = format.framing(encoding);
        this.encoding = encoding;
    }

    /** The context of a record. */
    FileContext of(TailedFile read, long start, String record) {
        if (file != read) {
            file = read;
            firstRecord = firstRecords.get(read);
        }
        offset = start;
        atBeginning = start == 0 && !format.precedesHeader(record) ? record : null;
        return this;
    }

    /** What a file begins with may have been half a line. */
    void forget(TailedFile continued) {
        firstRecords.remove(continued);
        if (file == continued) {
            file = null;
        }
    }

    @Override
    public @Nullable String firstRecord() {
        TailedFile read = file;
        if (firstRecord == null && read != null) {
            firstRecord = atBeginning == null ? find(read) : atBeginning;
            if (firstRecord != null) {
                firstRecords.put(read, firstRecord);
            }
        }
        return NONE.equals(firstRecord) ? null : firstRecord;
    }

    @Override
    public long offset() {
        return offset;
    }

    @Override
    public Instant lastWritten() {
        return file == null ? Instant.now() : file.lastModified();
    }

    /** Null where it cannot be told now, {@link #NONE} where it never can. */
    private @Nullable String find(TailedFile read) {
        byte[] bytes;
        try {
            bytes = read.firstBytes(LONGEST_FIRST_RECORD);
        } catch (IOException e) {
            LOG.warn("the beginning of {} cannot be read: {}", read.path(), e.toString());
            return null;
        }
        Frame frame = new Frame();
        int position = ByteOrderMark.behind(bytes, 0, bytes.length);
        while (framing.find(bytes, position, bytes.length, false, frame)) {
            String record = encoding.decode(bytes, frame.start(), frame.end());
            if (!format.precedesHeader(record)) {
                return record;
            }
            position = frame.next();
        }
        if (bytes.length == LONGEST_FIRST_RECORD) {
            return NONE;
        }
        // No record is complete by the format, as behind a quote left open, so the reader took the line for one.
        int newline = LineFraming.newline(bytes, position, bytes.length);
        return newline < 0 ? null : encoding.decode(bytes, position, LineFraming.endOfText(bytes, position, newline));
    }
}
