package dev.metsuke.console.search;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What somebody asked the archive for, as its trace tells it: by which command or page, with times as they were understood
 * and people by their pseudonyms where those are known.
 *
 * @param text as a command line would ask it
 */
public record AskedText(String text) {

    private static final Pattern ONE_WORD = Pattern.compile("[\\p{L}\\p{N}_.,:/@%+=-]+");

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
        return word.isBlank() ? this : new AskedText(text + " " + quoted(word));
    }

    public AskedText with(String option, @Nullable Object value) {
        return value == null ? this : new AskedText(text + " " + option + " " + asOneWord(value.toString()));
    }

    private static String asOneWord(String value) {
        return ONE_WORD.matcher(value).matches() ? value : quoted(value);
    }

    /** As shells have it: what somebody asks for cannot pass for a further option of their question. */
    private static String quoted(String words) {
        return "'" + words.replace("'", "'\\''") + "'";
    }
}
