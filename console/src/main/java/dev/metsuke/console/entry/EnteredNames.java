package dev.metsuke.console.entry;

import java.util.Collection;
import java.util.List;

/** The names of what was entered: of a JSON object's members, or of an address's parameters. */
public final class EnteredNames {

    private EnteredNames() {}

    /** A problem for each that nobody would read: who wrote it meant something by it. */
    public static List<Problem> unknown(Collection<String> names, List<String> known) {
        return names.stream()
                .filter(name -> !known.contains(name))
                .map(name -> Problem.ofField(
                        name,
                        known.isEmpty()
                                ? "is not known here; nothing is taken in the address"
                                : "is not known here; known are " + String.join(", ", known)))
                .toList();
    }
}
