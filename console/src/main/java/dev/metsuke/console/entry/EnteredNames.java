package dev.metsuke.console.entry;

import dev.metsuke.console.language.Text;
import java.util.Collection;
import java.util.List;

/** The names of what was entered: of a JSON object's members, or of an address's parameters. */
public final class EnteredNames {

    /** Of a body that is none of what is asked for here. */
    private static final int MOST = 100;

    private EnteredNames() {}

    /** A problem for each of the first that nobody would read: who wrote it meant something by it. */
    public static List<Problem> unknown(Collection<String> names, List<String> known) {
        return names.stream()
                .filter(name -> !known.contains(name))
                .limit(MOST)
                .map(name -> Problem.ofField(
                        name,
                        known.isEmpty()
                                ? Text.of("entry.unknown-name.in-address")
                                : Text.of("entry.unknown-name", String.join(", ", known))))
                .toList();
    }
}
