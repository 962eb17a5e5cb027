package dev.metsuke.shipper.parse;

import dev.metsuke.events.access.Action;
import dev.metsuke.operations.settings.Check;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What an access to a URL touches.
 *
 * @param path regular expression (RE2) that the whole path matches, such as {@code /customers/\d+}: without scheme,
 *     host and query, percent-decoded, without empty and dot segments
 * @param methods HTTP methods it holds for; none means all
 * @param dataset what is touched
 * @param action what is done, where the method alone does not say, such as {@code download}
 * @param records how many people's data one such access shows; leave it out where that is unknown
 * @param recordsParameter a parameter of the query that says how many, such as {@code limit}; it goes before records, the largest counts
 *     where it stands there several times, and 0 is as unknown as what is no number
 */
public record UrlRule(
        TextPattern path,
        List<String> methods,
        @Nullable String dataset,
        @Nullable Action action,
        @Nullable Long records,
        @Nullable String recordsParameter) {

    public UrlRule {
        methods = List.copyOf(methods);
        Check.that()
                .holds(dataset == null || !dataset.isBlank(), "dataset must not be blank; leave it out instead")
                .holds(records == null || records >= 0, "records must be 0 or more, not " + records)
                .holds(
                        methods.stream().allMatch(method -> method.equals(method.toUpperCase(Locale.ROOT))),
                        "methods must be as requests have them, such as GET, not " + methods)
                .holds(
                        !path.toString().isEmpty()
                                && !Character.isLetterOrDigit(path.toString().charAt(0)),
                        "path is the whole path of a URL and begins with /, not as in " + path)
                .holds(!path.toString().contains("\\?"), "path is a URL's path without its query, not as in " + path)
                .orThrow();
    }

    /** How many people's data an access shows, or null where neither the rule nor the query says. */
    @Nullable
    Long records(String target) {
        List<String> written = recordsParameter == null ? List.of() : values(target, recordsParameter);
        if (written.isEmpty()) {
            return records;
        }
        // A parameter that is no count tells nothing, and neither does what is said for its absence.
        return written.stream().allMatch(UrlRule::isCount)
                ? (Long) written.stream().mapToLong(Long::parseLong).max().orElseThrow()
                : null;
    }

    /** What stands behind a parameter's name, each time; which of them the server takes is not known. */
    private static List<String> values(String target, String name) {
        int fragment = target.indexOf('#');
        String url = fragment < 0 ? target : target.substring(0, fragment);
        int question = url.indexOf('?');
        List<String> values = new ArrayList<>();
        for (String parameter :
                question < 0 ? new String[0] : url.substring(question + 1).split("&", -1)) {
            int equals = parameter.indexOf('=');
            String written = equals < 0 ? parameter : parameter.substring(0, equals);
            if (UrlPath.decoded(written).equals(name)) {
                values.add(equals < 0 ? "" : UrlPath.decoded(parameter.substring(equals + 1)));
            }
        }
        return values;
    }

    /** To many servers 0 means all. */
    private static boolean isCount(String text) {
        return text.length() <= 18
                && text.chars().allMatch(digit -> digit >= '0' && digit <= '9')
                && text.chars().anyMatch(digit -> digit != '0');
    }

    /** Small letters make another method, which applications may take for the same. */
    boolean matches(@Nullable String method, String urlPath) {
        boolean isOfMethod = methods.isEmpty() || (method != null && methods.contains(method.toUpperCase(Locale.ROOT)));
        return isOfMethod && path.matches(urlPath);
    }
}
