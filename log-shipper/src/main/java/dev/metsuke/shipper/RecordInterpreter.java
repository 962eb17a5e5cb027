package dev.metsuke.shipper;

import dev.metsuke.events.access.AccessEvent;
import dev.metsuke.shipper.parse.LineParser;
import dev.metsuke.shipper.parse.ParseResult;
import dev.metsuke.shipper.privacy.Pseudonyms;
import dev.metsuke.shipper.tail.ContentKey;
import dev.metsuke.shipper.tail.TailedFile;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes of a record's bytes what is sent for it: an event with its id and place, a rejection, or nothing. */
final class RecordInterpreter {

    private static final Logger LOG = LoggerFactory.getLogger(RecordInterpreter.class);
    private static final String CLOCK_AHEAD = "clock-ahead";
    private static final String LINE_CONTINUED = "line-continued";
    // Where more is written, some search engine or client fails.
    private static final Instant EARLIEST = Instant.parse("0001-01-01T00:00:00Z");
    private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59.999999999Z");

    private final SourceSettings settings;
    private final LineParser parser;
    private final FileContext context;
    private final EventId ids;
    private final Duration clockAhead;
    private final Runnable onClockAhead;
    private final @Nullable Pseudonyms pseudonyms;

    /**
     * Makes an interpreter for one source.
     *
     * @param clockAhead how far a time may lie ahead of this host's clock
     * @param onClockAhead is told of each event whose time lies further ahead
     */
    RecordInterpreter(SourceSettings settings, String stream, Duration clockAhead, Runnable onClockAhead) {
        this(settings, settings.format().parser(settings.rules()), stream, clockAhead, onClockAhead);
    }

    RecordInterpreter(
            SourceSettings settings, LineParser parser, String stream, Duration clockAhead, Runnable onClockAhead) {
        this.settings = settings;
        this.parser = parser;
        this.clockAhead = clockAhead;
        this.onClockAhead = onClockAhead;
        this.pseudonyms =
                settings.pseudonyms() == null ? null : new Pseudonyms(settings.pseudonyms(), settings.names());
        if (settings.pseudonyms() != null) {
            settings.pseudonyms()
                    .uncovered(settings.paths(), settings.accounts())
                    .forEach(warning -> LOG.warn("source {}: {}", settings.name(), warning));
        }
        this.context = new FileContext(settings.format(), settings.encoding());
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

    /** Whatever goes wrong with a record is a matter of that record, or it would stop the source at each start again. */
    Outcome interpret(TailedFile file, byte[] bytes, int start, int end, long offset, Instant now) {
        try {
            return understood(file, bytes, start, end, offset, now);
        } catch (RuntimeException | StackOverflowError e) {
            logFailure(e);
            return new Outcome.Rejected(withWhatIsNoText("the parser failed: " + e, bytes, start, end));
        }
    }

    private Outcome understood(TailedFile file, byte[] bytes, int start, int end, long offset, Instant now) {
        int textStart = offset == 0 ? ByteOrderMark.behind(bytes, start, end) : start;
        String line = settings.encoding().decode(bytes, textStart, end);
        if (line.isBlank()) {
            return new Outcome.Ignored("blank line");
        }
        return switch (parser.parse(line, context.of(file, offset, line))) {
            case ParseResult.Rejected(String reason) ->
                new Outcome.Rejected(withWhatIsNoText(reason, bytes, start, end));
            case ParseResult.Ignored(String reason) ->
                switch (settings.unrecognised()) {
                    case IGNORE -> new Outcome.Ignored(reason);
                    case REJECT -> new Outcome.Rejected("no access: " + reason);
                };
            case ParseResult.Parsed _
            when line.indexOf('\0') >= 0 ->
                // A parser that takes whatever stands before a space takes them for an address or an account.
                new Outcome.Rejected(withWhatIsNoText("no part of it is taken for an access", bytes, start, end));
            case ParseResult.Parsed(AccessEvent.Builder builder) -> {
                String firstLine = firstLine(file);
                ContentKey origin = file.identity().origin();
                AccessEvent event = builder.id(ids.of(origin, firstLine, offset, bytes, start, end))
                        .original(line)
                        .created(now)
                        .logFilePath(file.path().toString())
                        .logOffset(offset)
                        .build();
                if (event.timestamp().isBefore(EARLIEST) || event.timestamp().isAfter(LATEST)) {
                    yield new Outcome.Rejected("the time is beyond the years 1 to 9999: " + event.timestamp());
                }
                boolean isAhead = event.timestamp().isAfter(now.plus(clockAhead));
                AccessEvent marked = isAhead ? tagged(event, CLOCK_AHEAD) : event;
                AccessEvent kept =
                        pseudonyms == null ? marked : pseudonymised(marked, pseudonyms, origin, firstLine, offset);
                if (isAhead) {
                    onClockAhead.run();
                }
                yield new Outcome.Event(kept);
            }
        };
    }

    /** What was written behind a line that was taken without its end: its rest as a rule, or the next line at once. */
    Outcome continuation(TailedFile file, byte[] bytes, int start, int end, long offset, Instant now) {
        context.forget(file);
        return switch (interpret(file, bytes, start, end, offset, now)) {
            case Outcome.Event(AccessEvent event) -> new Outcome.Event(tagged(event, LINE_CONTINUED));
            case Outcome.Rejected(String reason) ->
                new Outcome.Rejected("written behind a line that was shipped without its end; " + reason);
            case Outcome.Ignored ignored -> ignored;
        };
    }

    /** What stands for a rejected record on the way to Kafka, or null where the record itself may leave the host. */
    byte @Nullable [] withheld(byte[] bytes, int start, int end) {
        return pseudonyms == null
                ? null
                : pseudonyms.withheld(bytes, start, end).getBytes(StandardCharsets.UTF_8);
    }

    /** A reason may quote what the line holds. */
    String withheldReason() {
        return "rejected by source " + settings.name() + ", which has pseudonyms; line and reason are withheld, metsuke"
                + " parse shows both on the shipper's host";
    }

    private static AccessEvent tagged(AccessEvent event, String tag) {
        List<String> tags = new ArrayList<>(event.tags());
        tags.add(tag);
        return event.toBuilder().tags(tags).build();
    }

    /** The digest of the file's first record; a keyed one where that may name somebody, since ids are for everybody to see. */
    private String firstLine(TailedFile file) {
        String digest = file.firstLine() == null ? "" : file.firstLine();
        return pseudonyms == null || digest.isEmpty() ? digest : pseudonyms.keyed(digest);
    }

    /** The id is made anew of what is kept: a digest of the whole line would let one try out who it names. */
    private AccessEvent pseudonymised(
            AccessEvent event, Pseudonyms replacing, ContentKey origin, String firstLine, long offset) {
        AccessEvent kept = replacing.pseudonymised(event);
        byte[] bytes = String.valueOf(kept.original()).getBytes(StandardCharsets.UTF_8);
        return kept.toBuilder()
                .id(ids.of(origin, firstLine, offset, bytes, 0, bytes.length))
                .build();
    }

    /** A host that crashed leaves NUL bytes where its last lines should be; so does a text in UTF-16. */
    private String withWhatIsNoText(String reason, byte[] bytes, int start, int end) {
        int count = 0;
        for (int i = start; i < end; i++) {
            if (bytes[i] == 0) {
                count++;
            }
        }
        if (count > 0) {
            return "the line has " + count + " NUL bytes, as after a crash of its host or in UTF-16; " + reason;
        }
        if (settings.encoding().reads(bytes, start, end)) {
            return reason;
        }
        String other = settings.encoding().likelyOther(bytes, start, end);
        return "the line has bytes that are no text in " + settings.encoding() + ", the source's encoding"
                + (other == null ? "; " : ", but would be in " + other + "; ") + reason;
    }

    private void logFailure(Throwable failure) {
        if (pseudonyms == null) {
            LOG.error("source {}: the parser failed on a line; it is rejected", settings.name(), failure);
        } else {
            // What an exception says may quote the line, and logs are shipped too.
            LOG.error(
                    "source {}: the parser failed on a line with {} {}; it is rejected",
                    settings.name(),
                    failure.getClass().getName(),
                    Arrays.stream(failure.getStackTrace()).limit(5).toList());
        }
    }
}
