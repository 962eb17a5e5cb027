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

    /** What stands behind it in lists, in names, in quotes and in URLs is no part of it, be it in ASCII or as wide. */
    private static final Pattern DOMAIN = Pattern.compile(
            "[@\uFF20](\\[[^\\]\\s]*\\]?|[^\\s\\u3000@\uFF20,;<>\"'()\\[\\]{}|/:?#\u3001\uFF0C\uFF1B\uFF08\uFF09\uFF1C\uFF1E\u300C\u300D]++)");

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

    /** The domains of one address or a list of them, each with its {@code @}; the group is the domain by itself. */
    public static Stream<MatchResult> domains(String destination) {
        return DOMAIN.matcher(destination).results();
    }
}
