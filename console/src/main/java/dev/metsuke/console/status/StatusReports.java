package dev.metsuke.console.status;

import dev.metsuke.console.entry.Problem;
import dev.metsuke.console.language.Text;
import dev.metsuke.console.person.KnownReports;
import dev.metsuke.console.person.PeopleDirectory;
import dev.metsuke.console.publish.Message;
import dev.metsuke.console.publish.SerialWriter;
import dev.metsuke.console.publish.TopicContents;
import dev.metsuke.console.publish.WriteFailedException;
import dev.metsuke.events.account.AccountId;
import dev.metsuke.events.account.Status;
import dev.metsuke.events.account.StatusReport;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Writes reports to {@code metsuke.account-status}, where they are not there yet. */
public final class StatusReports {

    private final SerialWriter writer;

    public StatusReports(SerialWriter writer) {
        this.writer = writer;
    }

    /**
     * What HR's words come to.
     *
     * @param reports one for each account
     * @param problems everything that is wrong; with any, nothing is written
     */
    public record Checked(List<StatusReport> reports, List<Problem> problems) {
        public Checked {
            reports = List.copyOf(reports);
            problems = List.copyOf(problems);
        }

        /** Of drafts, and of what is wrong already; what is wrong with several is said once. */
        public static Checked of(
                List<StatusDraft> drafts, StatusDraft.Circumstances circumstances, List<Problem> wrong) {
            List<StatusReport> reports = new ArrayList<>();
            Set<Problem> problems = new LinkedHashSet<>(wrong);
            for (StatusDraft draft : drafts) {
                StatusDraft.Checked checked = draft.check(circumstances);
                problems.addAll(checked.problems());
                checked.report().ifPresent(reports::add);
            }
            return new Checked(reports, List.copyOf(problems));
        }
    }

    /**
     * What was checked, and what came of it.
     *
     * @param checked the reports, known ones too, with the times at which they count
     * @param fresh how many of them were new
     */
    public record Published(Checked checked, int fresh) {}

    /**
     * Returns when Kafka has them all.
     *
     * @param now when those that do not say it are made
     */
    public Published publish(List<StatusReport> reports, Instant now) throws WriteFailedException {
        return writer.write(contents -> decide(new Checked(reports, List.of()), now, contents));
    }

    /**
     * The same for every account of a person; none that the directory learns of meanwhile is missed.
     *
     * @param words about the person, whose number they have
     * @param check makes the reports out of the person's accounts
     */
    public Published publish(StatusDraft words, Instant now, Function<List<AccountId>, Checked> check)
            throws WriteFailedException {
        return writer.write(contents -> {
            Checked checked = check.apply(accountsOf(words, contents));
            return checked.problems().isEmpty()
                    ? decide(checked, now, contents)
                    : new SerialWriter.Decided<>(List.of(), new Published(checked, 0));
        });
    }

    /**
     * Those that the directory gives a person. What takes a report back is about all that it was about, too: it stops them
     * otherwise, whoever has them now.
     */
    static List<AccountId> accountsOf(StatusDraft words, TopicContents contents) throws WriteFailedException {
        String person = Objects.requireNonNull(words.person());
        Set<AccountId> accounts =
                new LinkedHashSet<>(PeopleDirectory.in(contents).accountsOf(person));
        Optional<String> takenBack = words.takesBack();
        if (takenBack.isPresent()) {
            accounts.addAll(KnownReports.in(contents).accountsOf(person, takenBack.get()));
        }
        return List.copyOf(accounts);
    }

    /** With what is wrong by what was reported before; for a trial, as a publication finds it itself. */
    public static Checked tried(Checked checked, TopicContents contents) throws WriteFailedException {
        boolean takesBack = checked.reports().stream().anyMatch(report -> report.status() == Status.TAKEN_BACK);
        return takesBack && checked.problems().isEmpty() ? against(known(checked, contents), checked) : checked;
    }

    private static SerialWriter.Decided<Published> decide(Checked checked, Instant now, TopicContents contents)
            throws WriteFailedException {
        KnownReports known = known(checked, contents);
        Checked tried = against(known, checked);
        if (!tried.problems().isEmpty()) {
            return new SerialWriter.Decided<>(List.of(), new Published(tried, 0));
        }
        List<StatusReport> reports = checked.reports();
        List<Message> news = known.news(reports, now).stream().map(Message::of).toList();
        return new SerialWriter.Decided<>(
                news, new Published(new Checked(known.timed(reports), List.of()), news.size()));
    }

    private static KnownReports known(Checked checked, TopicContents contents) throws WriteFailedException {
        return KnownReports.of(
                checked.reports().stream().map(StatusReport::account).collect(Collectors.toSet()), contents);
    }

    private static Checked against(KnownReports known, Checked checked) {
        return new Checked(
                checked.reports(),
                known.takingBackNothing(checked.reports()).stream()
                        .map(id -> Problem.ofField("report_id", Text.of("status.takes-back-nothing", id)))
                        .toList());
    }
}
