package dev.metsuke.events.access;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Where data went that was taken out: {@code metsuke.destination} is a kind of place, or the addresses of an e-mail. */
public final class Destination {

    public static final String FILE = "file";
    public static final String EMAIL = "email";
    public static final String PRINTER = "printer";
    public static final String EXTERNAL_MEDIA = "external-media";
    public static final String API = "api";

    private static final Set<String> KINDS = Set.of(FILE, EMAIL, PRINTER, EXTERNAL_MEDIA, API);

    /** What stands around addresses in lists, in names, in quotes and in URLs is no part of them, be it in ASCII or as wide. */
    private static final String SEPARATORS = "\\s\\p{Z}\\p{Cc}\\p{Ps}\\p{Pe}\\p{Pi}\\p{Pf}@\uFF20,;<>\"'/:?#|\\\\&`"
            + "\u3001\u3002\u30FB\uFF0C\uFF1B\uFF1C\uFF1E";

    private static final String NAME = "[^" + SEPARATORS + "]++";
    private static final String LABEL = "[^." + SEPARATORS + "]";
    /** A domain goes on behind a comment in it (RFC 5322, section 4.4), and behind a dot as wide (IDNA). */
    private static final String GOING_ON =
            "(?:(?:\\((?:[^()]*+|[^\\s@\uFF20,;<>]*)\\)\\.|\u3002(?=[a-zA-Z0-9]))" + NAME + ")?";

    private static final String AT = "[@\uFF20]";
    private static final String DOMAIN = "(\\[[^\\]\\s]*\\]?|" + NAME + GOING_ON + ")";
    /** RFC 5322 lets blanks and comments stand before a domain; what is no more than a word there is part of somebody's name. */
    private static final String APART = "(?:(?:[\\s\\p{Z}]|\\([^()@]*+\\))++(?=" + LABEL + "++\\." + LABEL + "{2}))?";

    private static final Pattern DOMAINS = Pattern.compile(AT + APART + DOMAIN);
    private static final Pattern ADJACENT_DOMAINS = Pattern.compile(AT + DOMAIN);
    private static final Pattern ADDRESS_OF_HOST =
            Pattern.compile("\\[(?:IPv6:)?[0-9a-fA-F]*[.:][0-9a-fA-F.:]*\\]?", Pattern.CASE_INSENSITIVE);
    /** No local part ends so, though RFC 5322 lets it end with many a character that is usual around addresses. */
    private static final Pattern END_OF_NONE = Pattern.compile("[<\\p{Ps}\\p{Pi},;:@\uFF20\u3001\uFF0C\uFF1B\uFF1C]");

    private static final String QUOTES = "\"'`";

    private Destination() {}

    /** Where data goes by an action that says so. */
    public static @Nullable String of(Action action) {
        return switch (action) {
            case EXPORT, DOWNLOAD -> FILE;
            case EMAIL -> EMAIL;
            case PRINT -> PRINTER;
            case COPY_TO_MEDIA -> EXTERNAL_MEDIA;
            case READ, SEARCH, UPDATE, DELETE, LOGIN, LOGOUT -> null;
        };
    }

    /** Whether it says no more than what kind of place it was. */
    public static boolean isKind(String destination) {
        return KINDS.contains(destination);
    }

    /**
     * The domains of one address or a list of them, each behind an {@code @} and what may stand between; the group is the domain by
     * itself.
     */
    public static Stream<MatchResult> domains(String destination) {
        return DOMAINS.matcher(destination).results();
    }

    /**
     * Those right behind their {@code @} that a local part may stand before, and that are whole: neither what a chat calls
     * somebody, such as {@code @yamada.taro}, nor the name of a host.
     */
    public static List<MatchResult> domainsOfAddresses(String destination) {
        boolean isUrl = destination.contains("://");
        BitSet closing = closingQuotes(destination);
        List<MatchResult> found = new ArrayList<>();
        int behind = 0;
        for (MatchResult domain :
                ADJACENT_DOMAINS.matcher(destination).results().toList()) {
            if (isWhole(domain.group(1)) && isBehindLocalPart(destination, domain.start(), behind, closing, isUrl)) {
                found.add(domain);
            }
            behind = domain.end();
        }
        return found;
    }

    private static boolean isWhole(String domain) {
        return domain.startsWith("[") ? ADDRESS_OF_HOST.matcher(domain).matches() : domain.indexOf('.') >= 0;
    }

    /** Some programs let white space stand behind it; what the domain before ends with is none then. */
    private static boolean isBehindLocalPart(
            String text, int at, int domainBefore, BitSet closingQuotes, boolean isUrl) {
        int end = at;
        while (end > domainBefore && isSpace(text.charAt(end - 1))) {
            end--;
        }
        if (end == 0 || (end == domainBefore && end < at)) {
            return false;
        }
        char last = text.charAt(end - 1);
        if (QUOTES.indexOf(last) >= 0) {
            return closingQuotes.get(end - 1);
        }
        return !(last == '/' && isUrl)
                && !END_OF_NONE.matcher(String.valueOf(last)).matches();
    }

    /** Every other one of each kind. */
    private static BitSet closingQuotes(String text) {
        BitSet closing = new BitSet();
        boolean[] open = new boolean[QUOTES.length()];
        for (int i = 0; i < text.length(); i++) {
            int kind = QUOTES.indexOf(text.charAt(i));
            if (kind >= 0) {
                closing.set(i, open[kind]);
                open[kind] = !open[kind];
            }
        }
        return closing;
    }

    private static boolean isSpace(char character) {
        return Character.isWhitespace(character) || Character.isSpaceChar(character);
    }
}
