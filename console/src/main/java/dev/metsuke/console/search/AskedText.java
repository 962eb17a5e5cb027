package dev.metsuke.console.search;

import org.jspecify.annotations.Nullable;

/**
 * What somebody asked the archive for, as its trace tells it: by which command or page, with times as they were understood
 * and people by their pseudonyms where those are known.
 *
 * @param text as a command line would ask it
 */
public record AskedText(String text) {

    /** The whole question of a search; {@link #with} adds to it. */
    public static AskedText of(String command, SearchQuery wanted) {
        return new AskedText(command)
                .with(wanted.query())
                .with("--account", wanted.account())
                .with("--dataset", wanted.dataset())
                .with("--from", wanted.from())
                .with("--to", wanted.until());
    }

    public AskedText with(String word) {
        return word.isBlank() ? this : new AskedText(text + " '" + word + "'");
    }

    public AskedText with(String option, @Nullable Object value) {
        return value == null ? this : new AskedText(text + " " + option + " " + value);
    }
}
