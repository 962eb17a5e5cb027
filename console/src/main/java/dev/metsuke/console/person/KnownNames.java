package dev.metsuke.console.person;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Names that somebody gave, against which what others write can be held: what is not among them may be a slip. */
public final class KnownNames {

    private final Set<String> known;
    private final boolean haveDomains;

    private @Nullable Spellings spellings;

    private KnownNames(Collection<String> known, boolean haveDomains) {
        this.known = new TreeSet<>(known);
        this.haveDomains = haveDomains;
    }

    /** Names such as those of departments, calendars and datasets, in which what looks like a domain is a part of the name. */
    public KnownNames(Collection<String> known) {
        this(known, false);
    }

    /** Those of accounts, which different systems write with a domain before or behind, or without. */
    public static KnownNames ofAccounts(Collection<String> known) {
        return new KnownNames(known, true);
    }

    /**
     * A name that nobody gave.
     *
     * @param name as it is written
     * @param resembles a known one that differs by nothing but width and case of its letters, or of an account by a domain as well;
     *     null where there is none
     */
    public record Stranger(String name, @Nullable String resembles) {}

    /** Those that are not known, in order, each once. */
    public List<Stranger> strangers(Collection<String> written) {
        Set<String> named = new HashSet<>(written);
        return written.stream()
                .distinct()
                .filter(name -> !known.contains(name))
                .map(name -> new Stranger(name, resembled(name, named)))
                .toList();
    }

    private @Nullable String resembled(String name, Set<String> named) {
        if (spellings == null) {
            spellings = Spellings.of(known, haveDomains);
        }
        String folded = fold(name);
        String same = spellings.folded.get(folded);
        if (same != null || !haveDomains) {
            return same;
        }
        Account account = Account.of(folded);
        return spellings.accounts.getOrDefault(account.name, List.of()).stream()
                // Who names both means both.
                .filter(other -> !named.contains(other) && account.mayBe(Account.of(fold(other))))
                .findFirst()
                .orElse(null);
    }

    /**
     * The known names by what of them is compared.
     *
     * @param folded without width and case
     * @param accounts those of accounts, without their domains as well
     */
    private record Spellings(Map<String, String> folded, Map<String, List<String>> accounts) {

        static Spellings of(Set<String> known, boolean haveDomains) {
            Map<String, String> folded = new HashMap<>();
            Map<String, List<String>> accounts = new HashMap<>();
            for (String name : known) {
                folded.putIfAbsent(fold(name), name);
                if (haveDomains) {
                    accounts.computeIfAbsent(Account.of(fold(name)).name, none -> new ArrayList<>())
                            .add(name);
                }
            }
            return new Spellings(folded, accounts);
        }
    }

    /**
     * As different systems write the same account: {@code EXAMPLE\sato}, {@code sato@example.jp}, {@code sato}.
     *
     * @param before the domain as Windows writes it; empty where none stands there
     * @param behind the domain as in an address; empty where none stands there
     */
    private record Account(String before, String name, String behind) {

        private static final Pattern PARTS = Pattern.compile("(?s)(?:([^\\\\]+)\\\\)?(.[^@]*)(?:@(.*))?");

        static Account of(String written) {
            Matcher parts = PARTS.matcher(written);
            return parts.matches()
                    ? new Account(orNone(parts.group(1)), parts.group(2), orNone(parts.group(3)))
                    : new Account("", written, "");
        }

        /** Two domains that differ make two accounts; those of the two ways of writing cannot be compared. */
        boolean mayBe(Account other) {
            return name.equals(other.name) && agree(before, other.before) && agree(behind, other.behind);
        }

        private static boolean agree(String domain, String other) {
            return domain.isEmpty() || other.isEmpty() || domain.equals(other);
        }

        private static String orNone(@Nullable String domain) {
            return domain == null ? "" : domain;
        }
    }

    private static String fold(String name) {
        return Normalizer.normalize(name, Normalizer.Form.NFKC).toLowerCase(Locale.ROOT);
    }
}
