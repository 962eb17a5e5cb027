package dev.metsuke.events.archive;

import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Optional;

/** The archive's families of indices; each has one index a calendar month (UTC). */
public enum ArchiveIndex {
    ACCESS_EVENTS("metsuke-access-events"),
    ACCOUNT_STATUS("metsuke-account-status"),
    EXPORT_APPROVALS("metsuke-export-approvals"),
    DIRECTORY("metsuke-directory"),
    POLICY("metsuke-policy"),
    ALERTS("metsuke-alerts"),
    TRIAGE("metsuke-triage"),
    REJECTED("metsuke-rejected"),
    SEALS("metsuke-seals"),
    RETENTION("metsuke-retention");

    private static final int LAST_YEAR = 9_999;

    private static final DateTimeFormatter MONTH =
            DateTimeFormatter.ofPattern("uuuu.MM").withZone(ZoneOffset.UTC);

    private final String family;

    ArchiveIndex(String family) {
        this.family = family;
    }

    /** The name that all its indices begin with. */
    public String family() {
        return family;
    }

    /** Matches all its indices. */
    public String pattern() {
        return family + "-*";
    }

    /** The month of an index of this family by its name; empty where the name is none that {@link #at} gives. */
    public Optional<YearMonth> monthOf(String index) {
        if (!index.startsWith(family + "-")) {
            return Optional.empty();
        }
        try {
            return Optional.of(YearMonth.parse(index.substring(family.length() + 1), MONTH))
                    .filter(month -> month.getYear() <= LAST_YEAR);
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }

    /**
     * The index of a time's month: of the record's Kafka timestamp for what never changes, of the episode's start for
     * alerts, so that the same record always meets the same document.
     */
    public String at(Instant time) {
        return family + "-" + MONTH.format(time);
    }
}
