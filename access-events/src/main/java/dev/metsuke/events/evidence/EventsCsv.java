package dev.metsuke.events.evidence;

import dev.metsuke.events.access.AccessEvent;
import dev.metsuke.events.access.Integrity;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Events as CSV for people: RFC 4180 with every cell in quotes. A cell that a spreadsheet would take for a formula begins
 * with an apostrophe.
 */
final class EventsCsv {

    private static final List<String> COLUMNS = List.of(
            "@timestamp",
            "user.id",
            "user.name",
            "event.action",
            "event.outcome",
            "metsuke.dataset",
            "metsuke.records",
            "metsuke.destination",
            "source.address",
            "host.name",
            "service.name",
            "url.original",
            "log.file.path",
            "log.offset",
            "event.id",
            "metsuke.integrity.stream",
            "metsuke.integrity.sequence",
            "event.original");

    private EventsCsv() {}

    static byte[] header() {
        return row(COLUMNS.stream());
    }

    static byte[] row(AccessEvent event) {
        Integrity place = event.integrity();
        return row(cells(
                event.timestamp(),
                event.userId(),
                event.userName(),
                event.action().label(),
                event.outcome() == null ? null : event.outcome().label(),
                event.dataset(),
                event.records(),
                event.destination(),
                event.sourceAddress(),
                event.hostName(),
                event.serviceName(),
                event.urlOriginal(),
                event.logFilePath(),
                event.logOffset(),
                event.id(),
                place == null ? null : place.stream(),
                place == null ? null : place.sequence(),
                event.original()));
    }

    private static Stream<String> cells(@Nullable Object... values) {
        return Stream.of(values).map(value -> value == null ? "" : value.toString());
    }

    private static byte[] row(Stream<String> cells) {
        return (cells.map(EventsCsv::quoted).collect(Collectors.joining(",")) + "\r\n")
                .getBytes(StandardCharsets.UTF_8);
    }

    private static String quoted(String cell) {
        boolean formula = !cell.isEmpty() && "=+-@\t\r".indexOf(cell.charAt(0)) >= 0;
        return "\"" + (formula ? "'" : "") + cell.replace("\"", "\"\"") + "\"";
    }
}
