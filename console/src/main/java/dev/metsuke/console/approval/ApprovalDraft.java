package dev.metsuke.console.approval;

import dev.metsuke.console.entry.ContentId;
import dev.metsuke.console.entry.EnteredText;
import dev.metsuke.console.entry.Problem;
import dev.metsuke.console.entry.WrittenTime;
import dev.metsuke.console.language.Text;
import dev.metsuke.events.account.AccountId;
import dev.metsuke.events.approval.ExportApproval;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An approved export as somebody wrote it, not yet checked; its fields are called as the columns of a file.
 *
 * @param account who may
 * @param dataset what may be taken out
 * @param from from when on, as {@link WrittenTime} reads it
 * @param until until when, not included; a day alone is meant whole
 * @param maxRecords how many people's data at most; none takes the approval back
 * @param ticket where it was asked for and decided
 * @param approvedAt when it was approved; absent means what {@link Circumstances} say
 * @param note free words
 * @param approvalId what the approval is called, for a later word of it; absent makes one out of the content, so that the same
 *     words twice are one approval
 */
record ApprovalDraft(
        @Nullable String account,
        @Nullable String dataset,
        @Nullable String from,
        @Nullable String until,
        @Nullable String maxRecords,
        @Nullable String ticket,
        @Nullable String approvedAt,
        @Nullable String note,
        @Nullable String approvalId) {

    private static final int LONGEST = 2_000;

    /**
     * Who approves, when, and where local times are meant.
     *
     * @param approvedBy who approves
     * @param now when; where absent, each is approved when it begins, if it does not say when
     * @param zone what a time without an offset means
     * @param isAnew whether what was said before by the same words, and replaced since, is said once more
     */
    record Circumstances(String approvedBy, @Nullable Instant now, ZoneId zone, boolean isAnew) {}

    /**
     * What checking gives: an approval, or else problems.
     *
     * @param approval the approval, where nothing is wrong
     * @param problems everything that is wrong, by field
     */
    record Checked(Optional<ExportApproval> approval, List<Problem> problems) {}

    Checked check(Circumstances circumstances) {
        List<Problem> problems = new ArrayList<>();
        name("account", needed("account", account, problems), problems);
        name("dataset", needed("dataset", dataset, problems), problems);
        needed("from", from, problems);
        needed("until", until, problems);
        needed("max_records", maxRecords, problems);
        words("ticket", needed("ticket", ticket, problems), problems);
        words("note", note, problems);
        name("approval_id", approvalId, problems);
        ZoneId zone = circumstances.zone();
        Instant start = time("from", from, zone, false, problems);
        Instant end = time("until", until, zone, true, problems);
        Instant said = time("approved_at", approvedAt, zone, false, problems);
        checkSaid(said, circumstances.now(), problems);
        long most = most(problems);
        if (most == 0 && problems.isEmpty() && approvalId == null) {
            problems.add(Problem.ofField("max_records", Text.of("approval.unnamed")));
        }
        checkLength(start, end, zone, problems);
        return problems.isEmpty()
                ? new Checked(
                        Optional.of(approval(
                                Objects.requireNonNull(start), Objects.requireNonNull(end), most, said, circumstances)),
                        List.of())
                : new Checked(Optional.empty(), problems);
    }

    private ExportApproval approval(
            Instant start, Instant end, long most, @Nullable Instant said, Circumstances circumstances) {
        String content =
                ContentId.of(account, dataset, start.toString(), end.toString(), Long.toString(most), ticket, note);
        String id = Objects.requireNonNullElse(approvalId, content);
        Instant otherwise = Objects.requireNonNullElse(circumstances.now(), start);
        Instant word = said == null && circumstances.isAnew() ? otherwise : said;
        return new ExportApproval(
                ContentId.of(id, content, String.valueOf(word)),
                id,
                new AccountId(Objects.requireNonNull(account)),
                Objects.requireNonNull(dataset),
                start,
                end,
                most,
                Objects.requireNonNull(ticket),
                Objects.requireNonNullElse(said, otherwise),
                circumstances.approvedBy(),
                note);
    }

    private void checkSaid(@Nullable Instant said, @Nullable Instant now, List<Problem> problems) {
        if (said != null && now != null && WrittenTime.isStillToCome(said, now)) {
            problems.add(Problem.ofField(
                    "approved_at", Text.of("entry.time.still-to-come", Objects.requireNonNull(approvedAt))));
        }
    }

    /** Days are those of the zone, of which one may have an hour more. */
    private static void checkLength(
            @Nullable Instant start, @Nullable Instant end, ZoneId zone, List<Problem> problems) {
        if (start == null || end == null) {
            return;
        }
        if (!end.isAfter(start)) {
            problems.add(Problem.ofField("until", Text.of("approval.no-time")));
        } else if (end.isAfter(start.atZone(zone)
                        .plusDays(ExportApproval.LONGEST.toDays())
                        .toInstant())
                || end.isAfter(start.plus(ExportApproval.LONGEST))) {
            problems.add(Problem.ofField("until", Text.of("approval.too-long", ExportApproval.LONGEST.toDays())));
        }
    }

    private long most(List<Problem> problems) {
        if (maxRecords == null) {
            return 0;
        }
        try {
            long most = Long.parseLong(EnteredText.halfWidth(maxRecords));
            if (most >= 0) {
                return most;
            }
        } catch (NumberFormatException e) {
            // Told of below, as is a negative number.
        }
        problems.add(Problem.ofField("max_records", Text.of("approval.people", maxRecords)));
        return 0;
    }

    private static @Nullable Instant time(
            String field, @Nullable String written, ZoneId zone, boolean isEnd, List<Problem> problems) {
        if (written == null) {
            return null;
        }
        Optional<Instant> time = isEnd ? WrittenTime.parseEnd(written, zone) : WrittenTime.parse(written, zone);
        if (time.isEmpty()) {
            problems.add(Problem.ofField(field, WrittenTime.unreadable(written)));
        }
        time.flatMap(read -> WrittenTime.problem(written, read))
                .ifPresent(problem -> problems.add(Problem.ofField(field, problem)));
        return time.orElse(null);
    }

    private static @Nullable String needed(String field, @Nullable String value, List<Problem> problems) {
        if (value == null) {
            problems.add(Problem.ofField(field, Text.of("entry.missing")));
        }
        return value;
    }

    private static void name(String field, @Nullable String value, List<Problem> problems) {
        length(field, value, problems);
        Optional.ofNullable(value)
                .flatMap(EnteredText::faultOfName)
                .ifPresent(fault -> problems.add(Problem.ofField(field, fault)));
    }

    private static void words(String field, @Nullable String value, List<Problem> problems) {
        length(field, value, problems);
        Optional.ofNullable(value)
                .flatMap(EnteredText::fault)
                .ifPresent(fault -> problems.add(Problem.ofField(field, fault)));
    }

    private static void length(String field, @Nullable String value, List<Problem> problems) {
        if (value != null && value.length() > LONGEST) {
            problems.add(Problem.ofField(field, Text.of("entry.too-long", value.length(), LONGEST)));
        }
    }
}
