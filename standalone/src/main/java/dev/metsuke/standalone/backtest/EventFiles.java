package dev.metsuke.standalone.backtest;

import dev.metsuke.detect.rejection.UnfitRecordException;
import dev.metsuke.events.access.AccessEvent;
import dev.metsuke.events.access.AccessEventJson;
import dev.metsuke.events.json.MalformedDocumentException;
import dev.metsuke.shipper.Preview;
import dev.metsuke.shipper.ShipperSettings;
import dev.metsuke.shipper.SourceSettings;
import dev.metsuke.shipper.tail.Compression;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;

/** Events of the past in files; of several files, in the order in which they arrived. A thread for each reads ahead. */
public final class EventFiles {

    /** Of UTF-8, as ISO-8859-1 shows it. */
    private static final String BYTE_ORDER_MARK = "\u00EF\u00BB\u00BF";

    private EventFiles() {}

    /** ECS events, one JSON document a line, as the topic and the archive hold them. */
    public static PastEvents ndjson(List<Path> files) {
        return past(files.stream()
                .map(file -> whole(file, lines -> read(file, lines)))
                .toList());
    }

    /** A source's raw logs, as its shipper would understand them; each line counts as shipped when it was written. */
    public static PastEvents logs(ShipperSettings shipper, SourceSettings source, List<Path> files) {
        return past(files.stream()
                .map(file -> whole(file, lines -> readLog(shipper, source, file, lines)))
                .toList());
    }

    /** Names the file that cannot be read to its end: what is behind it might be what is looked for. */
    private static ReadAhead.Reader<Line> whole(Path file, ReadAhead.Reader<Line> reader) {
        return lines -> {
            try {
                reader.read(lines);
            } catch (IOException e) {
                throw new IOException(file + " cannot be read whole: " + e.getMessage(), e);
            }
        };
    }

    private static void readLog(ShipperSettings shipper, SourceSettings source, Path file, Consumer<Line> to)
            throws IOException {
        Preview.End end = Preview.read(shipper, source, file, Instant.EPOCH, line -> {
            switch (line) {
                case Preview.Line.Event read ->
                    to.accept(new Line.Read(read.event().toBuilder()
                            .created(read.event().timestamp())
                            .build()));
                case Preview.Line.Rejected unread ->
                    to.accept(new Line.Rejected(file + ", " + unread.place().describe() + ": " + unread.reason()));
                case Preview.Line.Ignored _ -> {
                    // No access to personal data, by the source's own rules.
                }
            }
        });
        if (end.damage() != null) {
            throw new IOException(end.damage());
        }
        if (end.unreadBytes() > 0) {
            to.accept(new Line.Rejected(file + ": " + end.unreadBytes()
                    + " bytes at its end are no complete record, and would not be shipped yet: their line end lacks"));
        }
    }

    private static PastEvents past(List<ReadAhead.Reader<Line>> files) {
        return (event, rejected) -> MergedFiles.forEach(files, line -> {
            switch (line) {
                case Line.Read(AccessEvent read) -> event.accept(read);
                case Line.Rejected(String reason) -> rejected.accept(reason);
            }
        });
    }

    private static void read(Path file, Consumer<Line> to) throws IOException {
        // One byte, one character: what is no UTF-8 makes one bad line, not one bad file.
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(
                Compression.of(file).unpack(Files.newInputStream(file)), StandardCharsets.ISO_8859_1))) {
            long number = 0;
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                number++;
                String text = number == 1 && line.startsWith(BYTE_ORDER_MARK)
                        ? line.substring(BYTE_ORDER_MARK.length())
                        : line;
                if (!text.isBlank()) {
                    to.accept(decode(text, file + ":" + number));
                }
            }
        }
    }

    private static Line decode(String line, String place) {
        try {
            AccessEvent event = AccessEventJson.decode(line.getBytes(StandardCharsets.ISO_8859_1));
            UnfitRecordException.requireTime("@timestamp", event.timestamp());
            UnfitRecordException.requireTime("event.created", PastEvents.arrival(event));
            return new Line.Read(event);
        } catch (MalformedDocumentException e) {
            return new Line.Rejected(place + ": no access event: " + e.getMessage());
        } catch (UnfitRecordException e) {
            return new Line.Rejected(place + ": " + e.getMessage());
        }
    }

    /** What a line was. */
    sealed interface Line {

        record Read(AccessEvent event) implements Line {}

        record Rejected(String reason) implements Line {}
    }
}
