package dev.metsuke.console.status;

import co.elastic.clients.elasticsearch._types.query_dsl.Query;
import dev.metsuke.console.access.Caller;
import dev.metsuke.console.access.Role;
import dev.metsuke.console.entry.Problem;
import dev.metsuke.console.entry.WrittenZone;
import dev.metsuke.console.http.Answer;
import dev.metsuke.console.http.QueryParameters;
import dev.metsuke.console.language.Text;
import dev.metsuke.console.person.KnownNames;
import dev.metsuke.console.person.PeopleDirectory;
import dev.metsuke.console.person.Strangers;
import dev.metsuke.console.policy.PolicyNames;
import dev.metsuke.console.publish.TopicContents;
import dev.metsuke.console.publish.WriteFailedException;
import dev.metsuke.console.search.Archive;
import dev.metsuke.console.search.ArchiveAnswer;
import dev.metsuke.events.account.AccountId;
import dev.metsuke.events.account.StatusReport;
import dev.metsuke.events.archive.ArchiveIndex;
import dev.metsuke.events.json.MalformedDocumentException;
import dev.metsuke.events.language.Language;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * For HR.
 *
 * <ul>
 *   <li>{@code POST /api/account-status?dry_run=} with {@code {"account" | "accounts" | "person", "status", "effective_at",
 *       "zone", "department", "note", "report_id", "dry_run"}}: reports one status for one or several accounts; 422 with all
 *       problems by field
 *   <li>{@code POST /api/account-status/csv?dry_run=&zone=} with a CSV file as the body: 422 with all problems by line,
 *       and nothing reported, where a row is wrong
 *   <li>{@code GET /api/account-status?account=&after=}: {@code {"reports", "total", "exact", "next"}}, from the archive, the latest
 *       first and those of one time by account; {@code next} is what to give as {@code after} for the next page, absent on the last
 * </ul>
 *
 * <p>Both posts answer {@code {"reports":
 * [{"report_id", "account", "status", "effective_at", "reported_at", "department", "note"}], "published", "new", "strangers":
 * [{"account", "resembles"}], "unknown_departments": [{"department", "resembles"}]}}; {@code new} counts the published ones
 * that were not known already, {@code reported_at} is the time at which a published one counts, {@code strangers} are accounts
 * that the directory does not know, each with one that it knows and that differs by nothing but width and case, or by a domain
 * or one letter as well; {@code unknown_departments} those of transfers that neither the directory nor the published policy
 * knows, each with one that differs by nothing but width and case.
 */
public final class StatusRoutes {

    private static final int LATEST = 50;
    /** An upload's reports are all of one time. */
    private static final List<String> WITHIN_ONE_TIME = List.of("user.id", "event.id");

    private static final int PREVIEWED = 1_000;

    private final StatusReports publisher;
    private final TopicContents contents;
    private final Archive archive;
    private final ZoneId zone;
    private final Clock clock;
    private final Counter reported;

    public StatusRoutes(
            StatusReports publisher,
            TopicContents contents,
            Archive archive,
            ZoneId zone,
            Clock clock,
            MeterRegistry meters) {
        this.publisher = publisher;
        this.contents = contents;
        this.archive = archive;
        this.zone = zone;
        this.clock = clock;
        reported = Counter.builder("metsuke.console.reports")
                .description("Account statuses reported here")
                .register(meters);
    }

    public void addTo(RoutesConfig routes) {
        routes.post("/api/account-status", this::report, Role.HR);
        routes.post("/api/account-status/csv", this::upload, Role.HR);
        routes.get("/api/account-status", this::latest, Role.HR, Role.OFFICER, Role.AUDITOR);
    }

    private void report(Context request) {
        try {
            StatusEntry entry = StatusEntry.read(request.bodyAsBytes());
            QueryParameters asked = new QueryParameters(request, List.of("dry_run"));
            boolean dryRun = asked.isTrial() || entry.isTrial();
            List<Problem> problems = new ArrayList<>(asked.problems());
            problems.addAll(entry.problems());
            ZoneId where = WrittenZone.parse(entry.zone(), zone, problems);
            StatusDraft.Circumstances circumstances = circumstances(request, where);
            String person = entry.person();
            if (person == null) {
                StatusReports.Checked checked = StatusReports.Checked.of(entry.named(), circumstances, problems);
                publish(request, checked, circumstances.now(), Answer.body(), dryRun);
            } else {
                publishAbout(
                        entry.ofPerson(),
                        circumstances.now(),
                        accounts -> check(person, accounts, entry, circumstances, problems),
                        dryRun,
                        request);
            }
        } catch (MalformedDocumentException e) {
            Answer.refuse(request, 400, String.valueOf(e.getMessage()));
        }
    }

    private void publishAbout(
            StatusDraft words,
            Instant now,
            Function<List<AccountId>, StatusReports.Checked> check,
            boolean dryRun,
            Context request) {
        try {
            if (dryRun) {
                publish(request, check.apply(StatusReports.accountsOf(words, contents)), now, Answer.body(), true);
                return;
            }
            answer(request, publisher.publish(words, now, check), Answer.body());
        } catch (WriteFailedException e) {
            Answer.refuse(request, 503, e.reason());
        }
    }

    private static StatusReports.Checked check(
            String person,
            List<AccountId> accounts,
            StatusEntry entry,
            StatusDraft.Circumstances circumstances,
            List<Problem> problems) {
        List<StatusDraft> drafts = new ArrayList<>(entry.named());
        accounts.stream().map(entry.ofPerson()::with).forEach(drafts::add);
        List<Problem> all = new ArrayList<>(problems);
        if (accounts.isEmpty()) {
            all.add(Problem.ofField("person", Text.of("status.unknown-person", person)));
        }
        return StatusReports.Checked.of(drafts, circumstances, all);
    }

    private void upload(Context request) {
        QueryParameters asked = new QueryParameters(request, List.of("dry_run", "zone"));
        boolean dryRun = asked.isTrial();
        StatusDraft.Circumstances circumstances = circumstances(request, asked.zone(zone));
        StatusCsv csv = StatusCsv.read(request.bodyAsBytes(), circumstances);
        List<Problem> problems = new ArrayList<>(asked.problems());
        problems.addAll(csv.problems());
        Map<String, @Nullable Object> body = Answer.body();
        body.put("encoding", csv.encoding());
        body.put("repeated", csv.repeated());
        publish(request, new StatusReports.Checked(csv.reports(), problems), circumstances.now(), body, dryRun);
    }

    private void publish(
            Context request,
            StatusReports.Checked checked,
            Instant now,
            Map<String, @Nullable Object> body,
            boolean dryRun) {
        try {
            if (checked.problems().isEmpty() && !dryRun) {
                answer(request, publisher.publish(checked.reports(), now), body);
            } else {
                answer(request, StatusReports.tried(checked, contents), body, false);
            }
        } catch (WriteFailedException e) {
            Answer.refuse(request, 503, e.reason());
        }
    }

    private void answer(Context request, StatusReports.Published published, Map<String, @Nullable Object> body) {
        boolean wanted = published.checked().problems().isEmpty();
        if (wanted) {
            body.put("new", published.fresh());
            reported.increment(published.fresh());
        }
        answer(request, published.checked(), body, wanted);
    }

    private void answer(
            Context request, StatusReports.Checked checked, Map<String, @Nullable Object> body, boolean published) {
        List<Problem> problems = checked.problems();
        body.put(
                "reports",
                checked.reports().stream()
                        .limit(PREVIEWED)
                        .map(StatusRoutes::members)
                        .toList());
        body.put("count", checked.reports().size());
        Language language = Answer.language(request);
        body.put("problems", Answer.members(problems, language));
        body.put("published", published);
        if (problems.isEmpty()) {
            tellStrangers(checked.reports(), body);
        } else {
            body.put(
                    "error",
                    Text.of("status.nothing-reported", problems.getFirst(), problems.size() - 1)
                            .in(language));
        }
        Answer.json(request, problems.isEmpty() ? 200 : 422, body);
    }

    /** By one reading of the directory: each may take as long as the answer may wait. */
    private void tellStrangers(List<StatusReport> reports, Map<String, @Nullable Object> body) {
        Optional<PeopleDirectory> directory = Strangers.directory(contents);
        body.put(
                "strangers",
                Strangers.among(reports.stream().map(StatusReport::account).toList(), directory));
        body.put(
                "unknown_departments",
                Strangers.members(
                        "department",
                        directory
                                .flatMap(known -> unknownDepartments(reports, known))
                                .orElse(List.of())));
    }

    private Optional<List<KnownNames.Stranger>> unknownDepartments(
            List<StatusReport> reports, PeopleDirectory directory) {
        return NewDepartments.in(reports).isEmpty()
                ? Optional.empty()
                : Strangers.ask("Whether anybody knows the new departments", () -> {
                    Set<String> ofPolicy =
                            PolicyNames.in(contents).departments().orElse(Set.of());
                    return NewDepartments.unknown(reports, ofPolicy, directory.entries());
                });
    }

    private void latest(Context request) {
        QueryParameters asked = new QueryParameters(request, List.of("account", "after"));
        if (!asked.problems().isEmpty()) {
            Answer.refuse(request, 400, asked.problems());
            return;
        }
        String account = asked.text("account");
        Query query = account == null
                ? Query.of(all -> all.matchAll(any -> any))
                : Query.of(one -> one.term(term -> term.field("user.id").value(account)));
        switch (archive.find(ArchiveIndex.ACCOUNT_STATUS, query, LATEST, asked.given("after"), WITHIN_ONE_TIME)) {
            case ArchiveAnswer.Found found -> {
                Map<String, @Nullable Object> body = Answer.body();
                body.put(
                        "reports",
                        found.documents().stream()
                                .map(document -> document.source())
                                .toList());
                body.put("total", found.total());
                body.put("exact", found.exact());
                body.put("next", found.next());
                Answer.json(request, 200, body);
            }
            case ArchiveAnswer.Refused refused -> Answer.refuse(request, 400, refused.why());
            case ArchiveAnswer.Away away -> Answer.refuse(request, 503, away.why());
        }
    }

    private StatusDraft.Circumstances circumstances(Context request, ZoneId where) {
        return new StatusDraft.Circumstances(Caller.of(request).name(), clock.instant(), where);
    }

    private static Map<String, @Nullable Object> members(StatusReport report) {
        Map<String, @Nullable Object> members = new LinkedHashMap<>();
        members.put("report_id", report.reportId());
        members.put("account", report.account().value());
        members.put("status", report.status().label());
        members.put("effective_at", report.effectiveAt().toString());
        members.put("reported_at", report.reportedAt().toString());
        members.put("department", report.department());
        members.put("note", report.note());
        return members;
    }
}
