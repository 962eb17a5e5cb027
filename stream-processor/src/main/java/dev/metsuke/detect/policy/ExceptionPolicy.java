package dev.metsuke.detect.policy;

import dev.metsuke.events.account.AccountId;
import dev.metsuke.events.alert.Rule;
import dev.metsuke.operations.settings.Check;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Something that a rule overlooks for a time; it ends by itself.
 *
 * @param rule which rule
 * @param account whose accesses; everybody's where absent
 * @param dataset accesses to which dataset; to all where absent
 * @param until accesses at or after this time are judged again
 * @param why the reason
 * @param by who decided so
 */
public record ExceptionPolicy(
        Rule rule, @Nullable String account, @Nullable String dataset, Instant until, String why, String by) {

    public ExceptionPolicy {
        Check.that()
                .holds(account != null || dataset != null, "an exception needs an account, a dataset, or both")
                .holds(account == null || !account.isBlank(), "account must not be blank; leave it out for everybody")
                .holds(dataset == null || !dataset.isBlank(), "dataset must not be blank; leave it out for all")
                .holds(!why.isBlank(), "why must say why")
                .holds(!by.isBlank(), "by must name who decided so")
                .orThrow();
    }

    boolean covers(Rule judging, AccountId who, @Nullable String touched, Instant at) {
        return rule == judging
                && (account == null || account.equals(who.value()))
                && (dataset == null || dataset.equals(touched))
                && at.isBefore(until);
    }
}
