package dev.metsuke.shipper.parse;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What stands around a record, for the formats whose records do not say everything themselves. */
public interface RecordContext {

    /** Of a record that stands in no file. */
    RecordContext NONE = new RecordContext() {
        @Override
        public @Nullable String firstRecord() {
            return null;
        }

        @Override
        public Instant lastWritten() {
            return Instant.now();
        }
    };

    /** The file's first record without byte order mark, such as the header of a CSV file, behind what precedes it; null where it is not known. */
    @Nullable
    String firstRecord();

    /** When the file was last written: no record in it is later. */
    Instant lastWritten();

    /** Where the record begins in its file, in bytes; 0 where it stands in none. */
    default long offset() {
        return 0;
    }

    /** When the envelope around the record was written, or null where it has none. */
    default @Nullable Instant envelopeTime() {
        return null;
    }
}
