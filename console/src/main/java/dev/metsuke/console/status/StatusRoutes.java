package dev.metsuke.console.status;

import co.elastic.clients.elasticsearch._types.query_dsl.Query;
import dev.metsuke.console.access.Caller;
import dev.metsuke.console.access.Role;
import dev.metsuke.console.directory.PeopleDirectory;
import dev.metsuke.console.entry.Problem;
import dev.metsuke.console.http.Answer;
import dev.metsuke.console.publish.WriteFailedException;
import dev.metsuke.console.search.Archive;
import dev.metsuke.console.search.ArchiveAnswer;
import dev.metsuke.events.account.AccountId;
import dev.metsuke.events.account.StatusReport;
import dev.metsuke.events.archive.ArchiveIndex;
import dev.metsuke.events.json.JsonDocument;
import dev.metsuke.events.json.MalformedDocumentException;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * For HR.
 *
 * <ul>
 *   <li>{@code POST /api/account-status} with {@code {"account" | "accounts" | "person", "status", "effective_at",
 *       "zone", "department", "note", "report_id"}}: reports one status for one or several accounts; 422 with all
 *       problems by field
 *   <li>{@code POST /api/account-status/csv?dry_run=&zone=} with a CSV file as the body: 422 with all problems by line,
 *       and nothing reported, where a row is wrong
 *   <li>{@code GET /api/account-status?account=}: the latest reports, from the archive
 * </ul>
 *
 * <p>Both posts answer {@code {"reports": [{"report_id", "account", "status", "effective_at", "reported_at",
 * "department", "note"}], "published"}}.
 */
public final class StatusRoutes {

    private static final int LATEST = 50;
    private static final int PREVIEWED = 1_000;

    private final StatusReports publisher;
    private final PeopleDirectory people;
    private final Archive archive;
    private final ZoneId zone;
    private final Clock clock;
    private final Counter reported;

    public StatusRoutes(
            StatusReports publisher,
            PeopleDirectory people,
            Archive archive,
            ZoneId zone,
            Clock clock,
            MeterRegistry meters) {
        this.publisher = publisher;
        this.people = people;
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
        List<Problem> problems = new ArrayList<>();
        List<StatusReport> reports = new ArrayList<>();
        try {
            JsonDocument body = JsonDocument.parse(request.bodyAsBytes());
            Set<@Nullable String> accounts = accounts(body, problems);
            StatusDraft.Circumstances circumstances = circumstances(request, body.text("zone"), problems);
            Set<Problem> wrong = new LinkedHashSet<>();
            for (String account : accounts) {
                StatusDraft.Checked checked = new StatusDraft(
                                account,
                                given(body, "status"),
                                either(given(body, "effective_at"), given(body, "effectiveAt")),
                                null,
                                given(body, "department"),
                                given(body, "note"),
                                either(given(body, "report_id"), given(body, "reportId")))
                        .check(circumstances);
                wrong.addAll(checked.problems());
                checked.report().ifPresent(reports::add);
            }
            problems.addAll(wrong);
        } catch (MalformedDocumentException e) {
            Answer.refuse(request, 400, String.valueOf(e.getMessage()));
            return;
        }
        publish(request, reports, problems, Answer.body(), false);
    }

    private void upload(Context request) {
        List<Problem> problems = new ArrayList<>();
        StatusDraft.Circumstances circumstances = circumstances(request, request.queryParam("zone"), problems);
        StatusCsv csv = StatusCsv.read(request.bodyAsBytes(), circumstances);
        problems.addAll(csv.problems());
        Map<String, @Nullable Object> body = Answer.body();
        body.put("encoding", csv.encoding());
        body.put("repeated", csv.repeated());
        publish(request, csv.reports(), problems, body, "true".equals(request.queryParam("dry_run")));
    }

    private void publish(
            Context request,
            List<StatusReport> reports,
            List<Problem> problems,
            Map<String, @Nullable Object> body,
            boolean dryRun) {
        body.put(
                "reports",
                reports.stream().limit(PREVIEWED).map(StatusRoutes::members).toList());
        body.put("count", reports.size());
        body.put("problems", problems.stream().map(Problem::members).toList());
        if (!problems.isEmpty()) {
            body.put(
                    "error",
                    "nothing was reported: " + problems.getFirst().describe()
                            + (problems.size() == 1 ? "" : " (and " + (problems.size() - 1) + " more)"));
            body.put("published", false);
            Answer.json(request, 422, body);
            return;
        }
        try {
            if (!dryRun) {
                publisher.publish(reports);
                reported.increment(reports.size());
            }
        } catch (WriteFailedException e) {
            Answer.refuse(request, 503, String.valueOf(e.getMessage()));
            return;
        }
        body.put("published", !dryRun);
        Answer.json(request, 200, body);
    }

    private void latest(Context request) {
        String account = request.queryParam("account");
        Query query = account == null || account.isBlank()
                ? Query.of(all -> all.matchAll(any -> any))
                : Query.of(one -> one.term(term -> term.field("user.id").value(account.strip())));
        switch (archive.find(ArchiveIndex.ACCOUNT_STATUS, query, LATEST, null)) {
            case ArchiveAnswer.Found found -> {
                Map<String, @Nullable Object> body = Answer.body();
                body.put(
                        "reports",
                        found.documents().stream()
                                .map(document -> document.source())
                                .toList());
                body.put("total", found.total());
                Answer.json(request, 200, body);
            }
            case ArchiveAnswer.Refused refused -> Answer.refuse(request, 400, refused.reason());
            case ArchiveAnswer.Away away -> Answer.refuse(request, 503, away.reason());
        }
    }

    private Set<@Nullable String> accounts(JsonDocument body, List<Problem> problems)
            throws MalformedDocumentException {
        Set<@Nullable String> accounts = new LinkedHashSet<>(body.texts("accounts"));
        String account = given(body, "account");
        if (account != null) {
            accounts.add(account);
        }
        String person = given(body, "person");
        if (person != null) {
            switch (people.accountsOf(person)) {
                case PeopleDirectory.Accounts.Known known -> {
                    known.accounts().stream().map(AccountId::value).forEach(accounts::add);
                    if (known.accounts().isEmpty()) {
                        problems.add(Problem.ofField(
                                "person",
                                "the directory knows no account of “" + person
                                        + "”; import the directory, or report the accounts by name"));
                    }
                }
                case PeopleDirectory.Accounts.Away away -> problems.add(Problem.ofField("person", away.reason()));
            }
        } else if (accounts.isEmpty()) {
            // Checked like any other, so that what else is wrong is said with it.
            accounts.add(null);
        }
        return accounts;
    }

    private StatusDraft.Circumstances circumstances(
            Context request, @Nullable String writtenZone, List<Problem> problems) {
        ZoneId where = zone;
        try {
            where = writtenZone == null || writtenZone.isBlank() ? zone : ZoneId.of(writtenZone.strip());
        } catch (DateTimeException e) {
            problems.add(Problem.ofField("zone", "is “" + writtenZone + "”; it must be a zone such as Asia/Tokyo"));
        }
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

    private static @Nullable String given(JsonDocument body, String name) throws MalformedDocumentException {
        String value = body.text(name);
        return value == null || value.isBlank() ? null : value.strip();
    }

    private static @Nullable String either(@Nullable String one, @Nullable String other) {
        return one == null ? other : one;
    }
}
