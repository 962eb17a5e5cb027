package dev.metsuke.archive.index;

import co.elastic.clients.elasticsearch._types.ErrorCause;
import dev.metsuke.archive.index.BulkOutcome.Extent;
import dev.metsuke.archive.index.BulkOutcome.Indexed;
import dev.metsuke.archive.index.BulkOutcome.Poison;
import dev.metsuke.archive.index.BulkOutcome.Retry;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Tells by status and error type what heals from what never will. */
final class OutcomeOf {

    private static final int BAD_REQUEST = 400;
    private static final int FORBIDDEN = 403;
    private static final int CONFLICT = 409;
    private static final int TOO_LARGE = 413;
    private static final int TOO_MANY_REQUESTS = 429;

    private static final String BLOCKED = "cluster_block_exception";
    private static final String CLOSED = "index_closed_exception";

    /** Of which Elasticsearch says no more than that it is so. */
    private static final String OPEN_IT = "; it goes on once the index is open again: POST /<index>/_open";

    /**
     * Answered with status 400, yet an operator can mend them: a cluster that may hold no more shards, an index that was
     * closed.
     */
    private static final Set<String> HEALABLE = Set.of("validation_exception", CLOSED, BLOCKED);

    private static final String ILLEGAL_ARGUMENT = "illegal_argument_exception";
    /** The same of {@link #ILLEGAL_ARGUMENT}, which documents may be the cause of as well: a pipeline, an alias. */
    private static final List<Pattern> HEALABLE_ARGUMENTS = List.of(
            Pattern.compile("pipeline with id \\[.*] does not exist"),
            Pattern.compile("no write index is defined for alias .*"));

    private OutcomeOf() {}

    /** One document's own answer. */
    static BulkOutcome document(int status, @Nullable ErrorCause error) {
        if (error == null) {
            return new Indexed(true);
        }
        return switch (status) {
            // Written once: it is there, or another under its id. Versioned: a state at least as new is there.
            case CONFLICT -> new Indexed(false);
            case TOO_LARGE -> new Poison(reason(error));
            case BAD_REQUEST ->
                isHealable(error)
                        ? new Retry(
                                CLOSED.equals(error.type()) ? reason(error) + OPEN_IT : reason(error), Extent.DOCUMENT)
                        : new Poison(reason(error));
            // A full disk is told by this status too, and blocks only the indices that lie on it.
            case TOO_MANY_REQUESTS ->
                new Retry(reason(error), BLOCKED.equals(error.type()) ? Extent.DOCUMENT : Extent.OVERLOAD);
            default -> new Retry(reason(error), Extent.DOCUMENT);
        };
    }

    private static boolean isHealable(ErrorCause error) {
        String said = error.reason();
        return HEALABLE.contains(error.type())
                || (ILLEGAL_ARGUMENT.equals(error.type())
                        && said != null
                        && HEALABLE_ARGUMENTS.stream()
                                .anyMatch(pattern -> pattern.matcher(said).matches()));
    }

    /** Whether it says that there is one of its id already. */
    static boolean isThere(int status, @Nullable ErrorCause error) {
        return status == CONFLICT && error != null;
    }

    /** Whether it says that the account lacks a privilege. */
    static boolean isForbidden(int status) {
        return status == FORBIDDEN;
    }

    /** Whether it says that the index takes no writes at all. */
    static boolean isClosed(int status, @Nullable ErrorCause error) {
        return status == FORBIDDEN && error != null && BLOCKED.equals(error.type());
    }

    /** An answer that is not Elasticsearch's own, as of a proxy before it: that knows of documents no more than their length. */
    static Whole strange(int status, int documents) {
        String reason = "HTTP status " + status;
        return status == BAD_REQUEST
                ? new Whole.All(new Retry(reason, Extent.EVERYTHING))
                : bulk(status, reason, documents);
    }

    /** The answer to a whole bulk, of which no document is known to be the cause unless it is alone. */
    static Whole bulk(int status, String reason, int documents) {
        if (status == TOO_LARGE || status == BAD_REQUEST) {
            return documents == 1 ? new Whole.All(new Poison(reason)) : new Whole.Split();
        }
        return new Whole.All(new Retry(reason, status == TOO_MANY_REQUESTS ? Extent.OVERLOAD : Extent.EVERYTHING));
    }

    static String reason(ErrorCause error) {
        if (error.causedBy() == null) {
            return named(error);
        }
        ErrorCause root = error.causedBy();
        while (root.causedBy() != null) {
            root = root.causedBy();
        }
        return named(error) + "; " + named(root);
    }

    private static String named(ErrorCause error) {
        return error.reason() == null ? String.valueOf(error.type()) : error.type() + ": " + error.reason();
    }

    /** What to do after a bulk that failed as a whole. */
    sealed interface Whole {

        /** The same for all its documents. */
        record All(BulkOutcome outcome) implements Whole {}

        /** Find the culprit: send each half by itself. */
        record Split() implements Whole {}
    }
}
