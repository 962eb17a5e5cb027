package dev.metsuke.detect.bulkread;

import dev.metsuke.detect.directory.Workplace;
import dev.metsuke.detect.policy.BulkReadPolicy;
import dev.metsuke.detect.policy.BulkReadPolicy.Ceilings;
import dev.metsuke.events.account.AccountId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * The ceilings that hold for an account, by when: its department's is that of the department which the directory gave it then. While it
 * was in several, that of the one counts which grants most, so that who moves is not measured by a new ceiling for what the old
 * one allowed.
 */
final class CeilingsByTime {

    private final BulkReadPolicy rule;
    private final AccountId account;
    private final Function<Instant, Workplace> workplaces;
    private final Workplace present;
    private final Ceilings ofPresent;

    private CeilingsByTime(BulkReadPolicy rule, AccountId account, Function<Instant, Workplace> workplaces) {
        this.rule = rule;
        this.account = account;
        this.workplaces = workplaces;
        this.present = workplaces.apply(Instant.MAX);
        this.ofPresent = rule.ceilings(account.value(), present.department());
    }

    /** By where the account's person worked, by time. */
    static CeilingsByTime of(AccountId account, BulkReadPolicy rule, Function<Instant, Workplace> workplaces) {
        return new CeilingsByTime(rule, account, workplaces);
    }

    /** For reads from one minute to another, both included. */
    Ceilings during(long firstMinute, long lastMinute) {
        if (present.formers().isEmpty()) {
            return ofPresent;
        }
        return rule.highestCeilings(account.value(), departments(firstMinute, lastMinute));
    }

    /** In which the account was from one minute to another, both included. */
    List<Optional<String>> departments(long firstMinute, long lastMinute) {
        return workplaces
                .apply(MinuteSlot.startOf(lastMinute + 1).minusNanos(1))
                .departmentsSince(MinuteSlot.startOf(firstMinute));
    }

    /** Those of the department in which it is now. */
    Ceilings ofPresent() {
        return ofPresent;
    }

    /** Those that hold at any time grant no less. */
    long least() {
        return present.departmentsSince(Instant.MIN).stream()
                .mapToLong(department -> rule.highestCeilings(account.value(), List.of(department))
                        .least())
                .min()
                .orElseThrow();
    }
}
