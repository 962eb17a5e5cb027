package dev.metsuke.shipper.parse;

import dev.metsuke.events.access.AccessEvent;
import dev.metsuke.events.access.Action;
import dev.metsuke.events.access.Outcome;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What an HTTP request says about an access.
 *
 * @param method the HTTP method, or null where the request is no HTTP
 * @param target the request's URL as the log has it
 * @param status the response's status code
 */
record WebAccess(
        @Nullable String method,
        @Nullable String target,
        @Nullable Long status) {

    private static final int FIRST_REDIRECTION = 300;
    /** The client has the data already, and shows them again. */
    private static final int NOT_MODIFIED = 304;

    private static final int FIRST_FAILURE = 400;
    /** By OPTIONS browsers ask before each request to another site whether it is allowed. */
    private static final Set<String> WITHOUT_CONTENT = Set.of("HEAD", "OPTIONS");

    /**
     * Fills in URL, action, outcome, dataset and records; a later setter may say otherwise.
     *
     * @param actionIsTold whether the log itself says what was done
     */
    void describe(AccessEvent.Builder event, SourceRules rules, boolean actionIsTold) {
        boolean failed = status != null && status >= FIRST_FAILURE;
        event.action(action())
                .outcome(status == null ? null : failed ? Outcome.FAILURE : Outcome.SUCCESS)
                .httpMethod(method)
                .httpStatus(status)
                .records(hasContent(method) ? null : Long.valueOf(0));
        rules.touch(event, rules.dataset());
        if (target != null && !target.isEmpty()) {
            putUrl(target, event);
            UrlRule rule = rules.urlRule(method, UrlPath.readings(target));
            if (rule != null) {
                apply(rule, method, target, failed, event, rules);
            }
            if (!actionIsTold && isRedirected() && isReadOf(rule)) {
                event.records(0L);
            }
        }
    }

    private static void putUrl(String target, AccessEvent.Builder event) {
        event.urlOriginal(target);
        if (target.charAt(0) == '/') {
            int question = target.indexOf('?');
            event.urlPath(question < 0 ? target : target.substring(0, question));
            if (question >= 0) {
                event.urlQuery(target.substring(question + 1));
            }
        }
    }

    /** What a rule says of an access that it matches. */
    static void apply(
            UrlRule rule,
            @Nullable String method,
            String target,
            boolean failed,
            AccessEvent.Builder event,
            SourceRules rules) {
        rules.touch(event, rules.touched(rule.dataset()));
        if (rule.action() != null && hasContent(method)) {
            event.action(rule.action());
        }
        // A request that was refused, or whose answer has no content, showed nobody's data: that is known.
        event.records(failed || !hasContent(method) ? Long.valueOf(0) : rule.records(target));
    }

    /** What is read stands behind the other URL, if the client asks there, and if that is not where one logs in. */
    private boolean isRedirected() {
        return status != null && status >= FIRST_REDIRECTION && status < FIRST_FAILURE && status != NOT_MODIFIED;
    }

    /** Exports are often handed out by a redirection, to where no log of ours tells of them. */
    private boolean isReadOf(@Nullable UrlRule rule) {
        Action done = rule == null || rule.action() == null ? action() : rule.action();
        return done == Action.READ || done == Action.SEARCH;
    }

    private static boolean hasContent(@Nullable String method) {
        return method == null || !WITHOUT_CONTENT.contains(method.toUpperCase(Locale.ROOT));
    }

    private Action action() {
        return switch (method == null ? null : method.toUpperCase(Locale.ROOT)) {
            case "POST", "PUT", "PATCH" -> Action.UPDATE;
            case "DELETE" -> Action.DELETE;
            case null, default -> Action.READ;
        };
    }
}
