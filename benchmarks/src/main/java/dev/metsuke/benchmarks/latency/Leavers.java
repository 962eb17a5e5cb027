package dev.metsuke.benchmarks.latency;

import dev.metsuke.events.account.AccountId;
import dev.metsuke.events.account.Status;
import dev.metsuke.events.account.StatusReport;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * Accounts that were retired before the run. Each accesses once, so that each access is an alert of its own.
 *
 * @param count how many there are
 */
record Leavers(long count) {

    private static final String PREFIX = "leaver";

    static AccountId account(long number) {
        return new AccountId(PREFIX + number);
    }

    /** Which of them an account is, if it is one. */
    static Optional<Long> number(AccountId account) {
        return account.value().startsWith(PREFIX)
                ? Optional.of(Long.parseLong(account.value().substring(PREFIX.length())))
                : Optional.empty();
    }

    Stream<StatusReport> reports(Instant now) {
        Instant since = now.minus(Duration.ofDays(1));
        return LongStream.range(0, count)
                .mapToObj(number -> new StatusReport(
                        "status-" + number,
                        "HR-" + number,
                        account(number),
                        Status.RETIRED,
                        since,
                        since,
                        null,
                        null,
                        "hr"));
    }
}
