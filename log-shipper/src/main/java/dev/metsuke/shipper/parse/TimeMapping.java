package dev.metsuke.shipper.parse;

import dev.metsuke.operations.settings.Default;
import java.time.Instant;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;

/**
 * Where an event's time comes from. Written as plain text it is the pointer.
 *
 * @param pointer JSON Pointer to the time
 * @param unit how it is written: {@code iso}, {@code epoch-s} or {@code epoch-ms}
 */
public record TimeMapping(
        @Default("/time") JsonPointer pointer,
        @Default("iso") Unit unit) {

    /** How a time is written. */
    public enum Unit {
        ISO,
        EPOCH_S,
        EPOCH_MS
    }

    public static TimeMapping parse(String pointer) {
        return new TimeMapping(JsonPointer.parse(pointer), Unit.ISO);
    }

    @Nullable
    Instant read(String text, ZoneId zone) {
        return switch (unit) {
            case ISO -> Times.iso(text, zone);
            case EPOCH_S -> Times.epochSeconds(text);
            case EPOCH_MS -> Times.epochMillis(text);
        };
    }
}
