package dev.metsuke.console.entry;

import dev.metsuke.events.account.VisibleText;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A name by which somebody asks for what logs hold. People bring along what cannot be seen around a name and do not mean it; a
 * name in logs may begin or end with just that, and comes here from a link or a page: whatever is held as given, or without
 * what cannot be seen around it, is meant.
 *
 * @param spellings what is meant; as given first
 */
public record AskedName(List<String> spellings) {

    public AskedName {
        spellings = List.copyOf(spellings);
        if (spellings.isEmpty()) {
            throw new IllegalArgumentException("a name has a spelling");
        }
    }

    /** As somebody gave it; empty where it says nothing. */
    public static Optional<AskedName> of(@Nullable String given) {
        // No log's name is of blanks alone.
        return given == null || given.isBlank()
                ? Optional.empty()
                : Optional.of(new AskedName(Stream.of(given, VisibleText.trimmed(given))
                        .filter(spelling -> !spelling.isEmpty())
                        .distinct()
                        .toList()));
    }

    /** Just this, which nobody typed. */
    public static AskedName exactly(String name) {
        return new AskedName(List.of(name));
    }

    public boolean means(String held) {
        return spellings.contains(held);
    }

    /** As given. */
    @Override
    public String toString() {
        return spellings.getFirst();
    }
}
