package dev.metsuke.standalone.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.metsuke.console.approval.ApprovalsCsv;
import dev.metsuke.console.directory.DirectoryCsv;
import dev.metsuke.console.status.StatusCsv;
import dev.metsuke.console.status.StatusDraft;
import dev.metsuke.detect.calendar.NationalHolidays;
import dev.metsuke.detect.calendar.WorkingCalendar;
import dev.metsuke.detect.policy.Policy;
import dev.metsuke.events.access.AccessEvent;
import dev.metsuke.events.access.AccessEventJson;
import dev.metsuke.events.account.AccountId;
import dev.metsuke.events.account.DirectoryEntry;
import dev.metsuke.operations.settings.SettingsFile;
import dev.metsuke.simulation.company.CompanyDays;
import dev.metsuke.simulation.incident.Incident;
import dev.metsuke.standalone.CommandRun;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is simulated is read by the parts that it is for, and they see the labels as meant. */
class SimulateCommandTest {

    private static final ZoneId JAPAN = ZoneId.of("Asia/Tokyo");

    @TempDir
    private static Path folder = Path.of("");

    @BeforeAll
    static void simulate() {
        CommandRun run = CommandRun.of("simulate", "--accounts", "150", "--seed", "11", "--out", folder.toString());

        assertThat(run.err()).isEmpty();
        assertThat(run.exitCode()).isZero();
        assertThat(run.out()).contains(" events of 150 accounts in 60 days, ").contains(" innocents");
    }

    @Test
    void replacesNobodysOwnFiles(@TempDir Path mine) throws IOException {
        Files.writeString(mine.resolve("policy.yml"), "policy: {version: mine}\n");

        CommandRun run = CommandRun.of("simulate", "--accounts", "150", "--days", "28", "--out", mine.toString());

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).contains("has policy.yml of another making");
        assertThat(mine.resolve("policy.yml")).hasContent("policy: {version: mine}");
    }

    @Test
    void leavesNothingThatWouldBeHeldAgainstOtherLabels(@TempDir Path again) throws IOException {
        // Given
        CommandRun.of("simulate", "--accounts", "100", "--days", "28", "--out", again.toString());
        Files.writeString(again.resolve("alerts.ndjson"), "of before\n");
        Path events = again.resolve("events.ndjson");
        Files.delete(events);
        Files.createDirectory(events);

        // When
        CommandRun interrupted =
                CommandRun.of("simulate", "--accounts", "150", "--days", "29", "--out", again.toString());

        // Then
        assertThat(interrupted.err()).contains(" cannot be written ");
        assertThat(again.resolve("alerts.ndjson")).doesNotExist();
        assertThat(CommandRun.of("evaluate", again.toString()).err()).contains("simulation.json cannot be read");
    }

    @Test
    void theSettingsReaderTakesThePolicy() {
        Policy policy = policy();

        assertThat(policy.versionName()).isEqualTo("simulated");
        assertThat(policy.bulkRead().size("crm.customers")).isEqualTo(60_000);
        assertThat(policy.bulkRead().size("files.sales-share")).isNull();
        assertThat(policy.revoked().isInScope("Sales", "crm.contracts")).isTrue();
        assertThat(policy.revoked().isInScope("Human Resources", "crm.contracts"))
                .isFalse();
    }

    @Test
    void theImportsTakeTheCsvFiles() throws Exception {
        StatusCsv statuses = StatusCsv.read(
                read("status.csv"), new StatusDraft.Circumstances("hr", Instant.parse("2026-09-01T00:00:00Z"), JAPAN));
        ApprovalsCsv approvals = ApprovalsCsv.read(read("approvals.csv"), "mori", JAPAN);
        DirectoryCsv directory = DirectoryCsv.read(read("directory.csv"), JAPAN);

        assertThat(statuses.problems()).isEmpty();
        assertThat(statuses.reports()).hasSizeGreaterThan(7);
        assertThat(approvals.problems()).isEmpty();
        assertThat(approvals.approvals()).hasSizeGreaterThan(3);
        assertThat(directory.problems()).isEmpty();
        assertThat(directory.entries()).hasSize(150);
        assertThat(PolicyNotice.lines(policy(), directory.entries(), Instant.MIN))
                .isEmpty();
    }

    @Test
    void bothKnowTheSameHolidays() {
        NationalHolidays japan = NationalHolidays.of("japan");

        assertThat(CompanyDays.FIRST.datesUntil(CompanyDays.LAST.plusDays(1)))
                .allSatisfy(date -> assertThat(CompanyDays.isNationalHoliday(date))
                        .as("%s", date)
                        .isEqualTo(japan.contains(date)));
    }

    @Test
    void byThePolicysCalendarsExactlyTheLabelledExportsAreOffHours() throws Exception {
        Policy policy = policy();
        Map<AccountId, DirectoryEntry> directory = DirectoryCsv.read(read("directory.csv"), JAPAN).entries().stream()
                .collect(Collectors.toMap(DirectoryEntry::account, Function.identity()));
        Map<AccountId, List<Incident>> labels = LabelledIncidents.read(read("incidents.csv")).incidents().stream()
                .collect(Collectors.groupingBy(Incident::account));
        Map<String, WorkingCalendar> calendars = new TreeMap<>();
        policy.offHours()
                .calendars()
                .forEach((name, calendar) -> calendars.put(name, calendar.calendar(name, policy.zone())));
        int offHours = 0;
        for (String line : Files.readAllLines(folder.resolve("events.ndjson"))) {
            AccessEvent event = AccessEventJson.decode(line.getBytes(StandardCharsets.UTF_8));
            DirectoryEntry entry = Objects.requireNonNull(directory.get(event.account()));
            WorkingCalendar calendar = Objects.requireNonNull(
                    calendars.get(policy.offHours().calendarFor(entry.calendar(), entry.department())));
            if (event.action().takesDataOut() && !calendar.isWorkingTime(event.timestamp())) {
                offHours++;
                assertThat(labels.getOrDefault(event.account(), List.of()))
                        .as("%s", line)
                        .anyMatch(label -> label.overlaps(event.timestamp(), event.timestamp())
                                && (!label.isInnocent() || label.kind().equals("approved-export")));
            }
        }
        assertThat(offHours).isGreaterThan(6);
    }

    @Test
    void withoutAlertsEverythingIsMissed() throws Exception {
        Path alerts = Files.createFile(folder.resolve("no-alerts.ndjson"));

        CommandRun table = CommandRun.of("evaluate", folder.toString(), "--alerts", alerts.toString(), "--mistakes");
        CommandRun json =
                CommandRun.of("evaluate", folder.toString(), "--alerts", alerts.toString(), "--format", "json");
        CommandRun check = CommandRun.of("evaluate", folder.toString(), "--alerts", alerts.toString(), "--check");

        assertThat(table.exitCode()).isZero();
        assertThat(table.out()).contains("slow-drip").contains("MISSED revoked-account: recall 1.0 (0.000)");
        assertThat(table.out()).containsPattern("(?m)^missed I\\d+ retired-reported-late: revoked-account ");
        assertThat(json.out()).startsWith("{\"accounts\":150,\"days\":60,\"false_alerts\":0,");
        assertThat(check.exitCode()).isEqualTo(1);
    }

    @Test
    void namesFileAndLineOfWhatCannotBeEvaluated(@TempDir Path bad) throws Exception {
        Files.writeString(bad.resolve("incidents.csv"), """
            id,kind,difficulty,label,rule,account,from,until
            1,x,easy,incident,bulk-read,ito,2026-07-01T00:00:00Z,2026-07-01T00:00:00Z
            1,x,simple,guilty,bulk,ito,soon,2026-07-01T00:00:00Z
            """);
        CommandRun labels = CommandRun.of("evaluate", bad.toString());
        Path alerts = Files.writeString(bad.resolve("alerts.ndjson"), "\n{\"rule\":\n");
        CommandRun lines = CommandRun.of("evaluate", folder.toString(), "--alerts", alerts.toString());
        CommandRun missing = CommandRun.of("evaluate", folder.toString());
        CommandRun days = CommandRun.of("simulate", "--days", "3", "--out", bad.toString());

        assertThat(labels.exitCode()).isEqualTo(1);
        assertThat(labels.err())
                .contains("incidents.csv: line 3: difficulty: is “simple”; it can be easy or hard")
                .contains("incidents.csv: line 3: label: is “guilty”; it can be incident or innocent")
                .contains("incidents.csv: line 3: rule: is “bulk”; it can be bulk-read, ")
                .contains("incidents.csv: line 3: from: is “soon”; write it as");
        assertThat(lines.exitCode()).isEqualTo(1);
        assertThat(lines.err()).contains(alerts + ":2: not an alert: ");
        assertThat(missing.err()).contains("alerts.ndjson cannot be read").contains("name an existing file");
        assertThat(days.exitCode()).isEqualTo(2);
        assertThat(days.err()).contains("--days is 3; it must be 28 or more");
        assertThat(CommandRun.of("simulate", "--from", "2026/7/1", "--out", bad.toString())
                        .err())
                .contains("'--from': it is 2026/7/1; write a day such as 2026-07-01");
    }

    private static Policy policy() {
        return SettingsFile.load(folder.resolve("policy.yml")).section("policy", Policy.class);
    }

    private static byte[] read(String file) throws Exception {
        return Files.readAllBytes(folder.resolve(file));
    }
}
