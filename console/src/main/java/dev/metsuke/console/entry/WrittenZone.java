package dev.metsuke.console.entry;

import dev.metsuke.console.language.Text;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The field {@code zone}: in which times without an offset are meant. */
public final class WrittenZone {

    private WrittenZone() {}

    /**
     * The zone, or the usual one where none is written or there is no such zone.
     *
     * @param problems takes what is wrong
     */
    public static ZoneId parse(@Nullable String written, ZoneId usual, List<Problem> problems) {
        String name = EnteredText.given(written);
        if (name == null) {
            return usual;
        }
        try {
            return ZoneId.of(name);
        } catch (DateTimeException e) {
            problems.add(Problem.ofField("zone", Text.of("entry.zone", name)));
            return usual;
        }
    }
}
