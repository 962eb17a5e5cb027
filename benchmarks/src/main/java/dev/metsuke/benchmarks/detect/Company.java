package dev.metsuke.benchmarks.detect;

import dev.metsuke.events.account.AccountId;
import dev.metsuke.events.account.DirectoryEntry;
import dev.metsuke.events.account.Status;
import dev.metsuke.events.account.StatusReport;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * Whose accesses are judged: two working weeks of a company, where one account in a thousand is retired half-way and goes
 * on.
 *
 * @param accounts how many accounts there are
 * @param events how many accesses, at least as many as accounts: each account has one or more
 */
record Company(int accounts, long events) {

    static final Instant START = Instant.parse("2026-11-08T15:00:00Z");
    static final List<String> DATASETS = List.of(
            "crm.customers",
            "crm.contracts",
            "web.members",
            "hr.staff",
            "support.tickets",
            "billing.invoices",
            "points.members",
            "logistics.recipients");

    private static final long ACCOUNT_DIGITS = 10_000_000;
    private static final int DEPARTMENTS = 40;
    private static final int ONE_LEAVER_IN = 1_000;

    /** Half of the accesses come later. */
    private static final Instant LEFT_AT = START.plus(Duration.ofDays(7));

    Company {
        if (accounts < 1 || events < accounts) {
            throw new IllegalArgumentException(
                    "events must be at least as many as accounts, not " + events + " for " + accounts);
        }
    }

    static AccountId account(long number) {
        return new AccountId("u" + Long.toString(ACCOUNT_DIGITS + number).substring(1));
    }

    /** Retired half-way, and the last to have its one sure access: there must be an alert about it. */
    AccountId plantedLeaver() {
        return account(accounts - 1L);
    }

    Stream<DirectoryEntry> directory() {
        return LongStream.range(0, accounts).mapToObj(number -> {
            AccountId account = account(number);
            return new DirectoryEntry(
                    account,
                    "P" + number,
                    "Person " + number,
                    account + "@example.jp",
                    "Department " + number % DEPARTMENTS,
                    "regular",
                    null,
                    null);
        });
    }

    Stream<StatusReport> reports() {
        return LongStream.range(0, accounts)
                .filter(number -> number % ONE_LEAVER_IN == ONE_LEAVER_IN - 1 || number == accounts - 1L)
                .mapToObj(number -> new StatusReport(
                        "status-" + number,
                        "HR-" + number,
                        account(number),
                        Status.RETIRED,
                        LEFT_AT,
                        LEFT_AT,
                        null,
                        null,
                        "hr"));
    }

    long reportCount() {
        return reports().count();
    }
}
