package dev.metsuke.simulation.incident;

import dev.metsuke.events.alert.Rule;
import dev.metsuke.simulation.incident.Incident.Difficulty;
import java.util.Locale;

/** What is played, how often in a thousand accounts, and which rule it is about. */
public enum Kind {
    RETIRED_ACCOUNT_USED(Rule.REVOKED_ACCOUNT, Difficulty.EASY, false, 6),
    RETIRED_REPORTED_LATE(Rule.REVOKED_ACCOUNT, Difficulty.HARD, false, 6),
    RETIRED_FAILED_LOGIN(Rule.REVOKED_ACCOUNT, Difficulty.HARD, false, 6),
    SUSPENDED_ACCOUNT_USED(Rule.REVOKED_ACCOUNT, Difficulty.EASY, false, 6),
    CONTRACT_ENDED_UNREPORTED(Rule.REVOKED_ACCOUNT, Difficulty.HARD, false, 6),
    TRANSFERRED_AFTER_HAND_OVER(Rule.REVOKED_ACCOUNT, Difficulty.HARD, false, 6),
    TRANSFERRED_WITHIN_HAND_OVER(Rule.REVOKED_ACCOUNT, Difficulty.HARD, true, 6),
    REINSTATED_ACCOUNT_USED(Rule.REVOKED_ACCOUNT, Difficulty.HARD, true, 6),
    LAST_DAY_BEFORE_RETIREMENT(Rule.REVOKED_ACCOUNT, Difficulty.HARD, true, 6),

    WEEKNIGHT_EXPORT(Rule.OFF_HOURS_EXPORT, Difficulty.EASY, false, 6),
    SUNDAY_EXPORT(Rule.OFF_HOURS_EXPORT, Difficulty.EASY, false, 6),
    NATIONAL_HOLIDAY_EXPORT(Rule.OFF_HOURS_EXPORT, Difficulty.HARD, false, 6),
    COMPANY_DAY_OFF_EXPORT(Rule.OFF_HOURS_EXPORT, Difficulty.HARD, false, 6),
    NIGHT_SHIFT_EXPORT(Rule.OFF_HOURS_EXPORT, Difficulty.HARD, true, 6),
    EXTRA_WORKING_DAY_EXPORT(Rule.OFF_HOURS_EXPORT, Difficulty.HARD, true, 6),
    APPROVED_EXPORT(Rule.OFF_HOURS_EXPORT, Difficulty.HARD, true, 6),
    APPROVAL_EXCEEDED(Rule.OFF_HOURS_EXPORT, Difficulty.HARD, false, 6),
    APPROVAL_EXPIRED(Rule.OFF_HOURS_EXPORT, Difficulty.HARD, false, 6),
    COPY_TO_EXTERNAL_MEDIA(Rule.OFF_HOURS_EXPORT, Difficulty.HARD, false, 6),
    EMAIL_TO_OUTSIDE_DOMAIN(Rule.OFF_HOURS_EXPORT, Difficulty.HARD, false, 6),
    APPROVED_COPY_TO_MEDIA(Rule.OFF_HOURS_EXPORT, Difficulty.HARD, true, 6),

    BULK_READ_BURST(Rule.BULK_READ, Difficulty.EASY, false, 10),
    BULK_READ_WITHIN_CEILING(Rule.BULK_READ, Difficulty.HARD, false, 12),
    SLOW_DRIP(Rule.BULK_READ, Difficulty.HARD, false, 12),
    UNKNOWN_COUNT_COPY(Rule.BULK_READ, Difficulty.EASY, false, 6),
    UNKNOWN_COUNT_OF_UNKNOWN_SIZE(Rule.BULK_READ, Difficulty.HARD, false, 6),
    BATCH_NIGHTLY_READ(Rule.BULK_READ, Difficulty.EASY, true, 8),
    MONTH_END_PEAK(Rule.BULK_READ, Difficulty.HARD, true, 20),
    BUSY_PROJECT(Rule.BULK_READ, Difficulty.HARD, true, 8),
    BACK_FROM_LEAVE(Rule.BULK_READ, Difficulty.HARD, true, 8),
    NEWCOMER(Rule.BULK_READ, Difficulty.HARD, true, 8);

    private final Rule rule;
    private final Difficulty difficulty;
    private final boolean innocent;
    private final int perMille;

    Kind(Rule rule, Difficulty difficulty, boolean innocent, int perMille) {
        this.rule = rule;
        this.difficulty = difficulty;
        this.innocent = innocent;
        this.perMille = perMille;
    }

    /** As {@code incidents.csv} has it. */
    public String title() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    public Rule rule() {
        return rule;
    }

    public Difficulty difficulty() {
        return difficulty;
    }

    public boolean isInnocent() {
        return innocent;
    }

    /** How many accounts play it, of so many. */
    int players(int accounts) {
        return Math.max(1, Math.round((float) accounts * perMille / 1000));
    }
}
