package dev.metsuke.shipper.parse;

import dev.metsuke.operations.settings.Default;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where an event's time comes from. Written as plain text it is the pointer.
 *
 * @param pointer to the time, or to its parts, such as date and time of day, which are read with a blank between; {@code /time} by
 *     default
 * @param unit how it is written: {@code iso}, {@code epoch-s}, {@code epoch-ms}, or {@code clf} as web servers do
 * @param pattern how it is written where no unit says, such as {@code yyyy/MM/dd HH:mm:ss}; it goes before the unit
 */
public record TimeMapping(
        List<JsonPointer> pointer,
        @Default("iso") Unit unit,
        @Nullable TimePattern pattern) {

    /** Where a time is looked for if the settings do not say; a record in an envelope need not have one there. */
    private static final JsonPointer USUAL = JsonPointer.parse("/time");

    public TimeMapping {
        pointer = pointer.isEmpty() ? List.of(USUAL) : List.copyOf(pointer);
    }

    /** How a time is written. */
    public enum Unit {
        ISO,
        EPOCH_S,
        EPOCH_MS,
        CLF
    }

    public static TimeMapping parse(String pointer) {
        return of(JsonPointer.parse(pointer), Unit.ISO);
    }

    static TimeMapping of(JsonPointer pointer, Unit unit) {
        return new TimeMapping(List.of(pointer), unit, null);
    }

    /** Whether the settings do not say where it stands, so that it may be the envelope's alone. */
    boolean isWhereUsual() {
        return pointer.equals(List.of(USUAL));
    }

    @Nullable
    Instant read(String text, ZoneId zone) {
        if (pattern != null) {
            return Times.of(text, pattern.formatter(), zone);
        }
        return switch (unit) {
            case ISO -> Times.iso(text, zone);
            case EPOCH_S -> Times.epochSeconds(text);
            case EPOCH_MS -> Times.epochMillis(text);
            case CLF -> Times.combined(text);
        };
    }
}
