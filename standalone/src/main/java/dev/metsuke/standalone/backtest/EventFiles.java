package dev.metsuke.standalone.backtest;

import dev.metsuke.events.access.AccessEvent;
import dev.metsuke.events.access.AccessEventJson;
import dev.metsuke.events.json.MalformedDocumentException;
import dev.metsuke.shipper.Preview;
import dev.metsuke.shipper.ShipperSettings;
import dev.metsuke.shipper.SourceSettings;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;

/** Events of the past in files, file by file, in the order in which they stand there. */
public final class EventFiles {

    private EventFiles() {}

    /** ECS events, one JSON document a line, as the topic and the archive hold them; one thread reads ahead. */
    public static PastEvents ndjson(List<Path> files) {
        return (event, rejected) -> {
            for (Path file : files) {
                ReadAhead.forEach(lines -> read(file, lines), (Line line) -> {
                    switch (line) {
                        case Line.Read(AccessEvent read) -> event.accept(read);
                        case Line.Rejected(String reason) -> rejected.accept(reason);
                    }
                });
            }
        };
    }

    private static void read(Path file, Consumer<Line> to) throws IOException {
        try (BufferedReader lines = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
            long number = 0;
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                number++;
                if (!line.isBlank()) {
                    to.accept(decode(line, file + ":" + number));
                }
            }
        }
    }

    private static Line decode(String line, String place) {
        try {
            return new Line.Read(AccessEventJson.decode(line.getBytes(StandardCharsets.UTF_8)));
        } catch (MalformedDocumentException e) {
            return new Line.Rejected(place + ": no access event: " + e.getMessage());
        }
    }

    /** What a line was. */
    private sealed interface Line {

        record Read(AccessEvent event) implements Line {}

        record Rejected(String reason) implements Line {}
    }

    /** A source's raw logs, as its shipper would understand them; each line counts as shipped when it was written. */
    public static PastEvents logs(ShipperSettings shipper, SourceSettings source, List<Path> files) {
        return (event, rejected) -> {
            for (Path file : files) {
                Preview.read(shipper, source, file, Instant.EPOCH, line -> {
                    switch (line) {
                        case Preview.Line.Event read ->
                            event.accept(read.event().toBuilder()
                                    .created(read.event().timestamp())
                                    .build());
                        case Preview.Line.Rejected unread -> rejected.accept(file + ": " + unread.reason());
                        case Preview.Line.Ignored _ -> {
                            // No access to personal data, by the source's own rules.
                        }
                    }
                });
            }
        };
    }
}
