package dev.metsuke.console.person;

import java.text.Normalizer;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Names that somebody gave, against which what others write can be held: what is not among them may be a slip. */
public final class KnownNames {

    private final Set<String> known;

    public KnownNames(Collection<String> known) {
        this.known = new TreeSet<>(known);
    }

    /**
     * A name that nobody gave.
     *
     * @param name as it is written
     * @param resembles a known one that differs by nothing but width and case of its letters; null where there is none
     */
    public record Stranger(String name, @Nullable String resembles) {}

    /** Those that are not known, in order, each once. */
    public List<Stranger> strangers(Collection<String> written) {
        List<String> unknown = written.stream()
                .distinct()
                .filter(name -> !known.contains(name))
                .toList();
        if (unknown.isEmpty()) {
            return List.of();
        }
        Map<String, String> folded = new HashMap<>();
        known.forEach(name -> folded.putIfAbsent(fold(name), name));
        return unknown.stream()
                .map(name -> new Stranger(name, folded.get(fold(name))))
                .toList();
    }

    private static String fold(String name) {
        return Normalizer.normalize(name, Normalizer.Form.NFKC).toLowerCase(Locale.ROOT);
    }
}
