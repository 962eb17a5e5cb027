package dev.metsuke.console.publish;

import dev.metsuke.operations.settings.Check;
import dev.metsuke.operations.settings.Default;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Settings {@code console.readings}: how readings of the archive are chained and sealed. Processes that share them share a
 * stream, and write to it in turn.
 *
 * @param id names the stream, with {@code /readings} behind it, and the key; the host's name and {@code -console} by default
 * @param keyFolder holds the keys that seal readings, in a folder of the id; a console makes the first, and commands on its host use it
 */
public record ReadingSettings(
        @Nullable String id,
        @Default("metsuke-data/keys") @Nullable Path keyFolder) {

    /** Readings are recorded, and not chained. */
    public static final ReadingSettings UNCHAINED = new ReadingSettings(null, null);

    public ReadingSettings {
        Check.that()
                .holds(
                        id == null || id.matches("[\\w.-]+"),
                        "id must be made of letters, digits, dots, dashes and underscores, not " + id)
                .orThrow();
    }

    /** What names stream and key. */
    public String idOrHosts() {
        return id == null ? ReadingTrace.hostName() + "-console" : id;
    }
}
