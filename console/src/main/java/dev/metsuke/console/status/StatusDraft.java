package dev.metsuke.console.status;

import dev.metsuke.console.entry.ContentId;
import dev.metsuke.console.entry.EnteredText;
import dev.metsuke.console.entry.Problem;
import dev.metsuke.console.entry.WrittenTime;
import dev.metsuke.console.language.Text;
import dev.metsuke.console.person.PersonReport;
import dev.metsuke.events.account.AccountId;
import dev.metsuke.events.account.Status;
import dev.metsuke.events.account.StatusReport;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A status as HR wrote it, not yet checked.
 *
 * @param account whose
 * @param status a {@link Status}, as {@link WrittenStatus} reads it
 * @param effectiveAt from when on, as {@link WrittenTime} reads it
 * @param reportedAt when it was said, the same; absent means what {@link Circumstances} say
 * @param department where a transferred person now works
 * @param note free words
 * @param reportId what the report is called, for a correction of an earlier one; absent makes one out of the content, so
 *     that the same words twice are one report
 * @param person the person's number where the report is about the person; absent where it is about the account alone
 */
public record StatusDraft(
        @Nullable String account,
        @Nullable String status,
        @Nullable String effectiveAt,
        @Nullable String reportedAt,
        @Nullable String department,
        @Nullable String note,
        @Nullable String reportId,
        @Nullable String person) {

    private static final int LONGEST_NAME = 256;
    private static final int LONGEST_NOTE = 2_000;
    private static final Duration FARTHEST = Duration.ofDays(5 * 366);

    /**
     * Who reports, when, and where local times are meant.
     *
     * @param reportedBy the reporter
     * @param now the time of the report
     * @param zone what a time without an offset means
     * @param isPlayed whether the reports belong to a time that is played through, whose clock is not this machine's: any may
     *     be made after now, and one that does not say when it was made was made when it took effect
     */
    public record Circumstances(String reportedBy, Instant now, ZoneId zone, boolean isPlayed) {

        /** Of reports that are made now. */
        public Circumstances(String reportedBy, Instant now, ZoneId zone) {
            this(reportedBy, now, zone, false);
        }
    }

    /**
     * What checking gives: a report, or else problems.
     *
     * @param report the report, where nothing is wrong
     * @param problems everything that is wrong, by field
     */
    public record Checked(Optional<StatusReport> report, List<Problem> problems) {}

    /** Which report it takes back, where it does. */
    Optional<String> takesBack() {
        boolean takesBack = status != null && WrittenStatus.parse(status).equals(Optional.of(Status.TAKEN_BACK));
        return takesBack ? Optional.ofNullable(reportId) : Optional.empty();
    }

    /** The same words about one of the person's accounts. */
    public StatusDraft with(AccountId each) {
        return with(each.value(), person);
    }

    /** The same words about another account, or another person's. */
    StatusDraft with(@Nullable String otherAccount, @Nullable String otherPerson) {
        return new StatusDraft(otherAccount, status, effectiveAt, reportedAt, department, note, reportId, otherPerson);
    }

    /** Checks all fields; names in problems are those of the CSV's columns. */
    public Checked check(Circumstances circumstances) {
        List<Problem> problems = new ArrayList<>();
        String who = account(problems);
        Status what = status(problems);
        Instant from = effective(circumstances, problems);
        Instant said = reported(circumstances, from, problems);
        if (what == Status.TRANSFERRED && department == null) {
            problems.add(Problem.ofField("department", Text.of("status.no-department")));
        }
        if (what == Status.TAKEN_BACK && reportId == null) {
            problems.add(Problem.ofField("report_id", Text.of("status.no-report-id")));
        }
        name("department", department, problems);
        words("note", note, LONGEST_NOTE, problems);
        name("report_id", reportId, problems);
        name("person", person, problems);
        if (who == null || what == null || from == null || said == null || !problems.isEmpty()) {
            return new Checked(Optional.empty(), problems);
        }
        return new Checked(
                Optional.of(report(new AccountId(who), what, from, said, circumstances.reportedBy())), List.of());
    }

    private StatusReport report(AccountId who, Status what, Instant from, Instant said, String reportedBy) {
        String writtenSaid = reportedAt == null ? null : said.toString();
        if (person != null) {
            String report = reportId == null
                    ? ContentId.of("person", person, what.label(), from.toString(), writtenSaid, department, note)
                    : reportId;
            return new PersonReport(report, person, what, from, said, department, note, reportedBy).of(who);
        }
        String content = ContentId.of(who.value(), what.label(), from.toString(), writtenSaid, department, note);
        return new StatusReport(
                reportId == null ? content : ContentId.of(reportId, content),
                reportId == null ? content : reportId,
                who,
                what,
                from,
                said,
                department,
                note,
                reportedBy);
    }

    private @Nullable String account(List<Problem> problems) {
        String trimmed = EnteredText.given(account);
        if (trimmed == null) {
            problems.add(Problem.ofField("account", Text.of("entry.missing")));
            return null;
        }
        name("account", trimmed, problems);
        return trimmed;
    }

    private @Nullable Status status(List<Problem> problems) {
        if (status == null) {
            problems.add(Problem.ofField("status", Text.of("entry.choice.missing", WrittenStatus.ALL)));
            return null;
        }
        Optional<Status> known = WrittenStatus.parse(status);
        if (known.isEmpty()) {
            problems.add(Problem.ofField("status", Text.of("entry.choice.unknown", status, WrittenStatus.ALL)));
        }
        return known.orElse(null);
    }

    private @Nullable Instant effective(Circumstances circumstances, List<Problem> problems) {
        if (effectiveAt == null) {
            problems.add(Problem.ofField("effective_at", Text.of("entry.missing")));
            return null;
        }
        Instant time = time("effective_at", effectiveAt, circumstances.zone(), problems);
        if (time != null && time.isAfter(circumstances.now().plus(FARTHEST))) {
            problems.add(Problem.ofField("effective_at", Text.of("status.far-ahead", effectiveAt)));
        }
        return time;
    }

    private @Nullable Instant reported(
            Circumstances circumstances, @Nullable Instant effective, List<Problem> problems) {
        if (reportedAt == null) {
            return circumstances.isPlayed() ? effective : circumstances.now();
        }
        Instant time = time("reported_at", reportedAt, circumstances.zone(), problems);
        if (time != null && !circumstances.isPlayed() && WrittenTime.isStillToCome(time, circumstances.now())) {
            problems.add(Problem.ofField("reported_at", Text.of("entry.time.still-to-come", reportedAt)));
        }
        return time;
    }

    private static @Nullable Instant time(String field, String written, ZoneId zone, List<Problem> problems) {
        Optional<Instant> time = WrittenTime.parse(written, zone);
        if (time.isEmpty()) {
            problems.add(Problem.ofField(field, WrittenTime.unreadable(written)));
        }
        time.flatMap(read -> WrittenTime.problem(written, read))
                .ifPresent(problem -> problems.add(Problem.ofField(field, problem)));
        return time.orElse(null);
    }

    private static void name(String field, @Nullable String value, List<Problem> problems) {
        length(field, value, LONGEST_NAME, problems);
        Optional.ofNullable(value)
                .flatMap(EnteredText::faultOfName)
                .ifPresent(fault -> problems.add(Problem.ofField(field, fault)));
    }

    private static void words(String field, @Nullable String value, int most, List<Problem> problems) {
        length(field, value, most, problems);
        Optional.ofNullable(value)
                .flatMap(EnteredText::fault)
                .ifPresent(fault -> problems.add(Problem.ofField(field, fault)));
    }

    private static void length(String field, @Nullable String value, int most, List<Problem> problems) {
        if (value != null && value.length() > most) {
            problems.add(Problem.ofField(field, Text.of("entry.too-long", value.length(), most)));
        }
    }
}
