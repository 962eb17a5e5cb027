package dev.metsuke.shipper;

import dev.metsuke.events.access.AccessEvent;
import dev.metsuke.shipper.tail.Patience;
import dev.metsuke.shipper.tail.RecordReader;
import dev.metsuke.shipper.tail.SeenFile;
import dev.metsuke.shipper.tail.TailedFile;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Shows what a source's settings make of a file, without Kafka and without a trace. */
public final class Preview {

    private static final Patience AT_REST = Patience.of(Duration.ZERO, null);

    private Preview() {}

    /**
     * Where a record stands in its file.
     *
     * @param offset where it begins, in bytes
     * @param record its number, from 1
     * @param line the number of the line it begins in, from 1; 0 where records of this format end elsewhere than lines do
     */
    public record Place(long offset, long record, long line) {

        /** For people. */
        public String describe() {
            return line > 0 ? "line " + line : "record " + record + " at byte " + offset;
        }
    }

    /** What one record of the file is. */
    public sealed interface Line {

        Place place();

        /** As it stands in the file. */
        String text();

        /**
         * An access.
         *
         * @param event as it would be sent, but for its place in the chain
         */
        record Event(Place place, String text, AccessEvent event) implements Line {}

        /**
         * Would go to {@code metsuke.rejected}.
         *
         * @param reason for people; where the source has pseudonyms, it would be withheld as the text would
         */
        record Rejected(Place place, String text, String reason) implements Line {}

        /**
         * Would be counted, no more.
         *
         * @param reason for people
         */
        record Ignored(Place place, String text, String reason) implements Line {}
    }

    /**
     * What is left where reading ends.
     *
     * @param unreadBytes how many bytes are no complete record yet
     * @param damage why a packed file cannot be unpacked any further; null where it can, to its end
     */
    public record End(long unreadBytes, @Nullable String damage) {}

    /**
     * Reads a file to its end.
     *
     * @param source one of the shipper's, or another
     * @param now what the shipper's clock would say
     */
    public static End read(ShipperSettings shipper, SourceSettings source, Path path, Instant now, Consumer<Line> lines)
            throws IOException {
        String stream = shipper.streamOf(source);
        RecordInterpreter interpreter = new RecordInterpreter(source, stream, shipper.clockAhead(), () -> {});
        RecordReader reader = new RecordReader(source.format().framing(source.encoding()), shipper.maxLineBytes());
        Showing showing = new Showing(source, interpreter, now, lines);
        try (TailedFile file = TailedFile.fresh(SeenFile.at(path), 0)) {
            while (reader.read(file, AT_REST, 0, showing)) {
                // Each turn reads one buffer.
            }
            return new End(file.unreadBytes(), file.damage());
        }
    }

    private static final class Showing implements RecordReader.Records {

        private final SourceSettings source;
        private final RecordInterpreter interpreter;
        private final Instant now;
        private final Consumer<Line> lines;
        private long records;
        private long lineEnds;
        private boolean recordsEndWithLines = true;
        /** What begins there stands on the same line: a long record may end with its NUL bytes. */
        private long behindLongRecord = -1;

        Showing(SourceSettings source, RecordInterpreter interpreter, Instant now, Consumer<Line> lines) {
            this.source = source;
            this.interpreter = interpreter;
            this.now = now;
            this.lines = lines;
        }

        @Override
        public void record(TailedFile file, byte[] bytes, int start, int end, long offset) {
            recordsEndWithLines &= end < bytes.length && (bytes[end] == '\n' || bytes[end] == '\r');
            Place place = next(offset);
            for (int i = start; i < end; i++) {
                if (bytes[i] == '\n') {
                    lineEnds++;
                }
            }
            String text = source.encoding().decode(bytes, start, end);
            lines.accept(
                    switch (interpreter.interpret(file, bytes, start, end, offset, now)) {
                        case RecordInterpreter.Outcome.Event(AccessEvent event) -> new Line.Event(place, text, event);
                        case RecordInterpreter.Outcome.Rejected(String reason) ->
                            new Line.Rejected(place, text, reason);
                        case RecordInterpreter.Outcome.Ignored(String reason) -> new Line.Ignored(place, text, reason);
                    });
        }

        @Override
        public void tooLong(TailedFile file, byte[] beginning, long offset, long length) {
            String text = source.encoding().decode(beginning, 0, beginning.length);
            String reason = "the line has " + length + " bytes, more than max-line-bytes allows";
            lines.accept(new Line.Rejected(next(offset), text, reason));
            behindLongRecord = offset + length;
        }

        private Place next(long offset) {
            records++;
            if (offset != behindLongRecord) {
                lineEnds++;
            }
            return new Place(offset, records, recordsEndWithLines ? lineEnds : 0);
        }
    }
}
