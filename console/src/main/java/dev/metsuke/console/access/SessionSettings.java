package dev.metsuke.console.access;

import dev.metsuke.operations.settings.Check;
import dev.metsuke.operations.settings.Default;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Settings {@code console.sessions}: for how long a browser stays logged in.
 *
 * @param last from the log-in on; whoever closes the browser or logs out ends it before
 * @param key where several consoles stand behind one address, the same for all of them; absent, each start makes its own, and
 *     ends the sessions before it
 */
public record SessionSettings(
        @Default("12h") Duration last, @Nullable SigningKey key) {

    private static final Duration LONGEST = Duration.ofDays(30);

    /** For a day's work, known to one console. */
    public static final SessionSettings DEFAULTS = new SessionSettings(Duration.ofHours(12), null);

    public SessionSettings {
        Check.that()
                .holds(
                        last.isPositive() && last.compareTo(LONGEST) <= 0,
                        "last must be longer than nothing, and 30d at most")
                .orThrow();
    }

    SigningKey keyOrRandom() {
        return key == null ? SigningKey.random() : key;
    }
}
