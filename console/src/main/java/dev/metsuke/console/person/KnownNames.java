package dev.metsuke.console.person;

import java.text.Normalizer;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Names that somebody gave, against which what others write can be held: what is not among them may be a slip. */
public final class KnownNames {

    private static final Pattern DOMAIN = Pattern.compile("^[^\\\\]+\\\\(?=.)|(?<=.)@.*$");

    private final Set<String> known;

    public KnownNames(Collection<String> known) {
        this.known = new TreeSet<>(known);
    }

    /**
     * A name that nobody gave.
     *
     * @param name as it is written
     * @param resembles a known one that differs by nothing but width and case of its letters, or by a domain before or behind
     *     it as well; null where there is none
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
        Map<String, String> bare = new HashMap<>();
        known.forEach(name -> bare.putIfAbsent(withoutDomain(fold(name)), name));
        return unknown.stream()
                .map(name -> new Stranger(name, folded.getOrDefault(fold(name), bare.get(withoutDomain(fold(name))))))
                .toList();
    }

    /** As different systems write the same account: {@code EXAMPLE\sato}, {@code sato@example.jp}, {@code sato}. */
    private static String withoutDomain(String name) {
        return DOMAIN.matcher(name).replaceAll("");
    }

    private static String fold(String name) {
        return Normalizer.normalize(name, Normalizer.Form.NFKC).toLowerCase(Locale.ROOT);
    }
}
