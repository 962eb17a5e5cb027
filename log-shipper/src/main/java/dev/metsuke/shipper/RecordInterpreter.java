package dev.metsuke.shipper;

import dev.metsuke.events.access.AccessEvent;
import dev.metsuke.shipper.parse.LineParser;
import dev.metsuke.shipper.parse.ParseResult;
import dev.metsuke.shipper.tail.TailedFile;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes of a record's bytes what is sent for it: an event with its id and place, a rejection, or nothing. */
final class RecordInterpreter {

    private static final Logger LOG = LoggerFactory.getLogger(RecordInterpreter.class);
    // Where more is written, some search engine or client fails.
    private static final Instant EARLIEST = Instant.parse("0001-01-01T00:00:00Z");
    private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59.999999999Z");

    private final SourceSettings settings;
    private final LineParser parser;
    private final EventId ids;

    RecordInterpreter(SourceSettings settings, String stream) {
        this.settings = settings;
        this.parser = settings.format().parser(settings.rules());
        this.ids = new EventId(stream);
    }

    /** What a record is. */
    sealed interface Outcome {
        /** An access, complete but for its place in the chain. */
        record Event(AccessEvent event) implements Outcome {}

        /** Goes to the rejected topic. */
        record Rejected(String reason) implements Outcome {}

        /** Is counted, no more. */
        record Ignored(String reason) implements Outcome {}
    }

    Outcome interpret(TailedFile file, byte[] bytes, int start, int end, long offset, Instant now) {
        int textStart = offset == 0 ? behindByteOrderMark(bytes, start, end) : start;
        String line = settings.encoding().decode(bytes, textStart, end);
        if (line.isBlank()) {
            return new Outcome.Ignored("blank line");
        }
        return switch (parse(line)) {
            case ParseResult.Rejected(String reason) -> new Outcome.Rejected(reason);
            case ParseResult.Ignored(String reason) ->
                switch (settings.unrecognised()) {
                    case IGNORE -> new Outcome.Ignored(reason);
                    case REJECT -> new Outcome.Rejected("no access: " + reason);
                };
            case ParseResult.Parsed(AccessEvent.Builder builder) -> {
                String firstLine = file.firstLine() == null ? "" : file.firstLine();
                AccessEvent event = builder.id(
                                ids.of(file.identity().key().inode(), firstLine, offset, bytes, start, end))
                        .original(line)
                        .created(now)
                        .logFilePath(file.path().toString())
                        .logOffset(offset)
                        .build();
                yield event.timestamp().isBefore(EARLIEST) || event.timestamp().isAfter(LATEST)
                        ? new Outcome.Rejected("the time is beyond the years 1 to 9999: " + event.timestamp())
                        : new Outcome.Event(event);
            }
        };
    }

    /** A parser that throws is a mistake of ours; the line must not stop the source. */
    private ParseResult parse(String line) {
        try {
            return parser.parse(line);
        } catch (RuntimeException e) {
            LOG.error("source {}: the parser failed on a line; it is rejected", settings.name(), e);
            return new ParseResult.Rejected("the parser failed: " + e);
        }
    }

    private static int behindByteOrderMark(byte[] bytes, int start, int end) {
        return end - start >= 3
                        && bytes[start] == (byte) 0xEF
                        && bytes[start + 1] == (byte) 0xBB
                        && bytes[start + 2] == (byte) 0xBF
                ? start + 3
                : start;
    }
}
