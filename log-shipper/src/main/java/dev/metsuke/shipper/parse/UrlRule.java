package dev.metsuke.shipper.parse;

import dev.metsuke.events.access.Action;
import dev.metsuke.operations.settings.Check;
import java.util.List;
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
 */
public record UrlRule(
        PathPattern path,
        List<String> methods,
        @Nullable String dataset,
        @Nullable Action action,
        @Nullable Long records) {

    public UrlRule {
        methods = List.copyOf(methods);
        Check.that()
                .holds(records == null || records >= 0, "records must be 0 or more, not " + records)
                .orThrow();
    }

    boolean matches(@Nullable String method, String urlPath) {
        return (methods.isEmpty() || (method != null && methods.contains(method))) && path.matches(urlPath);
    }
}
