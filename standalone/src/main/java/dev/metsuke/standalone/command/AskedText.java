package dev.metsuke.standalone.command;

import dev.metsuke.console.search.SearchQuery;
import org.jspecify.annotations.Nullable;

/**
 * What somebody asked the archive for, as its trace tells it: the command, with times as they were understood and people by
 * their pseudonyms where those are known.
 *
 * @param text the command line
 */
record AskedText(String text) {

    /** A command's question, whose options are added by {@link #with}. */
    static AskedText of(String command) {
        return new AskedText("metsuke " + command);
    }

    static AskedText of(String command, SearchQuery wanted) {
        return of(command)
                .with(wanted.query())
                .with("--account", wanted.account())
                .with("--dataset", wanted.dataset())
                .with("--from", wanted.from())
                .with("--to", wanted.until());
    }

    AskedText with(String word) {
        return word.isBlank() ? this : new AskedText(text + " '" + word + "'");
    }

    AskedText with(String option, @Nullable Object value) {
        return value == null ? this : new AskedText(text + " " + option + " " + value);
    }
}
