package dev.metsuke.shipper;

import dev.metsuke.events.access.AccessEvent;
import dev.metsuke.shipper.tail.RecordReader;
import dev.metsuke.shipper.tail.SeenFile;
import dev.metsuke.shipper.tail.TailedFile;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.function.Consumer;

/** Shows what a source's settings make of a file, without Kafka and without a trace. */
public final class Preview {

    private Preview() {}

    /** What one record of the file is. */
    public sealed interface Line {

        /** Where it begins, in bytes. */
        long offset();

        /** As it stands in the file. */
        String text();

        /**
         * An access.
         *
         * @param event as it would be sent, but for its place in the chain
         */
        record Event(long offset, String text, AccessEvent event) implements Line {}

        /**
         * Would go to {@code metsuke.rejected}.
         *
         * @param reason for people
         */
        record Rejected(long offset, String text, String reason) implements Line {}

        /**
         * Would be counted, no more.
         *
         * @param reason for people
         */
        record Ignored(long offset, String text, String reason) implements Line {}
    }

    /**
     * Reads a file to its end.
     *
     * @param stream what the events' ids are made for, such as {@code shipper/source}
     * @return how many bytes at its end are no complete record yet
     */
    public static long read(SourceSettings source, String stream, int maxLineBytes, Path path, Consumer<Line> lines)
            throws IOException {
        RecordInterpreter interpreter = new RecordInterpreter(source, stream);
        RecordReader reader = new RecordReader(source.format().framing(), maxLineBytes);
        Showing showing = new Showing(source, interpreter, lines);
        try (TailedFile file = TailedFile.fresh(SeenFile.at(path), 0)) {
            while (reader.read(file, 0, 0, showing)) {
                // Each turn reads one buffer.
            }
            return file.unreadBytes();
        }
    }

    private record Showing(SourceSettings source, RecordInterpreter interpreter, Consumer<Line> lines)
            implements RecordReader.Records {

        @Override
        public void record(TailedFile file, byte[] bytes, int start, int end, long offset) {
            String text = source.encoding().decode(bytes, start, end);
            lines.accept(
                    switch (interpreter.interpret(file, bytes, start, end, offset, Instant.EPOCH)) {
                        case RecordInterpreter.Outcome.Event(AccessEvent event) -> new Line.Event(offset, text, event);
                        case RecordInterpreter.Outcome.Rejected(String reason) ->
                            new Line.Rejected(offset, text, reason);
                        case RecordInterpreter.Outcome.Ignored(String reason) -> new Line.Ignored(offset, text, reason);
                    });
        }

        @Override
        public void tooLong(TailedFile file, byte[] beginning, long offset, long length) {
            String text = source.encoding().decode(beginning, 0, beginning.length);
            lines.accept(new Line.Rejected(offset, text, "the line has " + length + " bytes, more than allowed"));
        }
    }
}
