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

    private static final int SHORTEST_MISSPELT = 4;
    private static final int MOST_NEAR = 3;

    /** Names typed by hand are few; each that may be misspelt is held against every known one. */
    private static final int MOST_COMPARED = 200;

    private final Set<String> known;
    private final boolean haveDomains;
    private final boolean areAll;

    private @Nullable Spellings spellings;

    private KnownNames(Collection<String> known, boolean haveDomains, boolean areAll) {
        this.known = new TreeSet<>(known);
        this.haveDomains = haveDomains;
        this.areAll = areAll;
    }

    /** Names such as those of departments, calendars and datasets, in which what looks like a domain is a part of the name. */
    public KnownNames(Collection<String> known) {
        this(known, false, false);
    }

    /** Those of accounts, which different systems write with a domain before or behind, or without. */
    public static KnownNames ofAccounts(Collection<String> known) {
        return new KnownNames(known, true, false);
    }

    /** Those of all accounts that there should be: one that is not among them may be misspelt by a letter, and not only another. */
    public static KnownNames ofAllAccounts(Collection<String> known) {
        return new KnownNames(known, true, true);
    }

    /**
     * A name that nobody gave.
     *
     * @param name as it is written
     * @param resembles a known one that differs by nothing but width and case of its letters, or of an account by a domain as well,
     *     or by a letter where all should be known; null where there is none
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

    private Spellings spellings() {
        if (spellings == null) {
            spellings = Spellings.of(known, haveDomains);
        }
        return spellings;
    }

    private @Nullable String resembled(String name, Set<String> named) {
        Spellings spellings = spellings();
        String folded = fold(name);
        String same = spellings.folded.get(folded);
        if (same != null || !haveDomains) {
            return same;
        }
        Account account = Account.of(folded);
        return spellings.accounts.getOrDefault(account.name, List.of()).stream()
                .filter(other -> mayBeMeant(other, account, named))
                .findFirst()
                .orElseGet(() -> misspelt(account, named, spellings));
    }

    /** Where many are as near, as with numbered accounts, none of them says what was meant. */
    private @Nullable String misspelt(Account account, Set<String> named, Spellings spellings) {
        if (!areAll || named.size() > MOST_COMPARED) {
            return null;
        }
        List<String> near = spellings.accounts.entrySet().stream()
                .filter(other -> isOneSlipAway(account.name, other.getKey()))
                .flatMap(other -> other.getValue().stream())
                .filter(other -> mayBeMeant(other, account, named))
                .sorted()
                .toList();
        return near.isEmpty() || near.size() > MOST_NEAR ? null : near.getFirst();
    }

    /** Who names both means both. */
    private static boolean mayBeMeant(String other, Account account, Set<String> named) {
        return !named.contains(other) && account.isWhere(Account.of(fold(other)));
    }

    /**
     * By one letter too many, too few or another, or by two neighbours in each other's place; behind the first, for sato is not
     * kato, and by no digit, for another number is another's.
     */
    private static boolean isOneSlipAway(String one, String other) {
        int shorter = Math.min(one.length(), other.length());
        int longer = Math.max(one.length(), other.length());
        if (longer < SHORTEST_MISSPELT || longer - shorter > 1 || one.charAt(0) != other.charAt(0)) {
            return false;
        }
        int start = 1;
        while (start < shorter && one.charAt(start) == other.charAt(start)) {
            start++;
        }
        int tail = 0;
        while (tail < shorter - start
                && one.charAt(one.length() - 1 - tail) == other.charAt(other.length() - 1 - tail)) {
            tail++;
        }
        String ofOne = one.substring(start, one.length() - tail);
        String ofOther = other.substring(start, other.length() - tail);
        boolean isSlip = Math.max(ofOne.length(), ofOther.length()) == 1
                || (ofOne.length() == 2 && ofOther.contentEquals(new StringBuilder(ofOne).reverse()));
        return isSlip && (ofOne + ofOther).chars().noneMatch(Character::isDigit);
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
        boolean isWhere(Account other) {
            return agree(before, other.before) && agree(behind, other.behind);
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
