package dev.metsuke.events.access;

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
    /** A domain goes on behind a comment in it (RFC 5322, section 4.4), and behind a dot as wide (IDNA). */
    private static final String GOING_ON =
            "(?:(?:\\((?:[^()]*+|[^\\s@\uFF20,;<>]*)\\)\\.|\u3002(?=[a-zA-Z0-9]))" + NAME + ")?";

    private static final String DOMAIN = "[@\uFF20](\\[[^\\]\\s]*\\]?|" + NAME + GOING_ON + ")";
    private static final Pattern DOMAINS = Pattern.compile(DOMAIN);
    /** A local part ends with no separator, but may in quotes, and some programs let white space stand behind it. */
    private static final Pattern DOMAINS_OF_ADDRESSES = Pattern.compile("(?:(?<=[^" + SEPARATORS + "])|(?<=[^"
            + SEPARATORS + "][\"'])|[^" + SEPARATORS + "][\"']?[\\s\\p{Z}]++)" + DOMAIN);

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

    /** The domains of one address or a list of them, each behind an {@code @}; the group is the domain by itself. */
    public static Stream<MatchResult> domains(String destination) {
        return DOMAINS.matcher(destination).results();
    }

    /**
     * Those of them that a local part stands before, and that are whole: neither what a chat calls somebody, such as
     * {@code @yamada.taro}, nor the name of a host.
     */
    public static Stream<MatchResult> domainsOfAddresses(String destination) {
        return DOMAINS_OF_ADDRESSES
                .matcher(destination)
                .results()
                .filter(domain ->
                        domain.group(1).startsWith("[") || domain.group(1).indexOf('.') >= 0);
    }
}
