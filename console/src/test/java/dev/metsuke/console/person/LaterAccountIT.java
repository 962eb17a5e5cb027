package dev.metsuke.console.person;

import static org.assertj.core.api.Assertions.assertThat;

import dev.metsuke.console.directory.DirectoryChange;
import dev.metsuke.console.directory.DirectoryCsv;
import dev.metsuke.console.directory.DirectoryEntries;
import dev.metsuke.console.publish.SerialWriter;
import dev.metsuke.console.publish.WriteFailedException;
import dev.metsuke.console.status.StatusDraft;
import dev.metsuke.console.status.StatusReports;
import dev.metsuke.events.account.AccountId;
import dev.metsuke.events.account.DirectoryEntry;
import dev.metsuke.events.account.Status;
import dev.metsuke.events.account.StatusReport;
import dev.metsuke.events.topic.Topic;
import dev.metsuke.operations.kafka.CreatedTopics;
import dev.metsuke.operations.kafka.KafkaSettings;
import dev.metsuke.servers.testing.NeedsServers;
import dev.metsuke.servers.testing.TestBroker;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Reports about persons meet the accounts that the directory learns of later, on a real broker. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@NeedsServers
class LaterAccountIT {

    private static final String EFFECTIVE = "2026-11-01T00:00:00Z";

    private TestBroker broker;
    private SerialWriter writer;
    private StatusReports reports;
    private DirectoryEntries directory;

    @BeforeAll
    void start(@TempDir Path folder) throws Exception {
        broker = TestBroker.start(folder);
        try (Admin admin = Admin.create(kafka().clientProperties("test-admin"))) {
            CreatedTopics.create(
                    admin,
                    List.of(Topic.DIRECTORY, Topic.ACCOUNT_STATUS).stream()
                            .map(topic -> new NewTopic(topic.title(), Optional.of(4), Optional.empty())
                                    .configs(topic.settings()))
                            .toList());
        }
        writer = new SerialWriter(kafka());
        reports = new StatusReports(writer);
        directory = new DirectoryEntries(writer, "hr");
    }

    @AfterAll
    void stop() throws IOException {
        broker.close();
    }

    @Test
    void everyReportAboutThePersonReachesTheLaterAccount() throws Exception {
        directory.publish(List.of(entry("sato", "1"), entry("other", "2")));
        report("1", "contract-ended", null, null, at(1));
        report("1", "reinstated", null, null, at(2));
        report("1", "transferred", "Logistics", null, at(3));
        report("1", "suspended", null, null, at(4));
        report("1", "retired", null, null, at(5));
        report("2", "retired", null, null, at(5));

        DirectoryChange written = directory.publish(List.of(entry("sato@example.jp", "1")));

        assertThat(written)
                .extracting(
                        change -> change.changes().size(),
                        change -> change.reports().size())
                .containsExactly(1, 5);
        assertThat(messages("sato@example.jp"))
                .usingRecursiveFieldByFieldElementComparatorIgnoringFields("account", "eventId")
                .containsExactlyInAnyOrderElementsOf(messages("sato"));
        assertThat(messages("sato@example.jp"))
                .allSatisfy(report -> assertThat(report.account().value()).isEqualTo("sato@example.jp"))
                .extracting(StatusReport::eventId)
                .doesNotContainAnyElementsOf(
                        messages("sato").stream().map(StatusReport::eventId).toList());
    }

    @Test
    void theSameAgainWritesNothing() throws Exception {
        directory.publish(List.of(entry("ito", "10")));
        report("10", "retired", null, null, at(1));
        List<DirectoryEntry> file = List.of(entry("ito", "10"), entry("ito2", "10"));

        DirectoryChange first = directory.publish(file);
        DirectoryChange second = directory.publish(file);
        report("10", "retired", null, null, at(9));

        assertThat(first)
                .extracting(
                        change -> change.changes().size(),
                        change -> change.reports().size())
                .containsExactly(1, 1);
        assertThat(second)
                .extracting(
                        change -> change.changes().size(),
                        change -> change.reports().size())
                .containsExactly(0, 0);
        assertThat(messages("ito")).hasSize(1);
        assertThat(messages("ito2")).hasSize(1);
    }

    @Test
    void aFileWithoutAColumnForItLeavesTheEndOfAContract() throws Exception {
        directory.publish(csv("account,person,contract_end\nabe,50,2026-11-30\n"));

        DirectoryChange same = directory.publish(csv("account,person\nabe,50\n"));
        directory.publish(csv("account,name\nabe,Abe\n"));

        assertThat(same)
                .extracting(
                        change -> change.changes().size(),
                        change -> change.reports().size())
                .containsExactly(0, 0);
        DirectoryEntry known =
                Objects.requireNonNull(PeopleDirectory.in(kafka()).entryOf(new AccountId("abe")));
        assertThat(known.contractEnd()).isEqualTo("2026-12-01T00:00:00Z");
        assertThat(known.name()).isEqualTo("Abe");
    }

    private static DirectoryCsv csv(String file) {
        return DirectoryCsv.read(file.getBytes(StandardCharsets.UTF_8), ZoneOffset.UTC);
    }

    @Test
    void aCorrectionReachesTheLaterAccountUnderTheSameReport() throws Exception {
        directory.publish(List.of(entry("kato", "20")));
        report("20", "retired", null, "leaving", at(1));
        report("20", "suspended", null, "leaving", at(2));

        directory.publish(List.of(entry("kato2", "20")));
        report("20", "reinstated", null, "leaving", at(3));

        assertThat(messages("kato2"))
                .extracting(StatusReport::status)
                .containsExactly(Status.SUSPENDED, Status.REINSTATED);
        assertThat(messages("kato2")).extracting(StatusReport::reportId).containsOnly("leaving");
        assertThat(messages("kato2").getFirst().reportedAt()).isEqualTo(at(2));
    }

    @Test
    void anAccountThatChangesHandsGetsTheReportsAboutItsNewHolder() throws Exception {
        directory.publish(List.of(entry("mori", "30"), entry("shared", "31")));
        report("30", "suspended", null, null, at(1));

        directory.publish(List.of(entry("shared", "30")));

        assertThat(messages("shared")).extracting(StatusReport::status).containsExactly(Status.SUSPENDED);
    }

    @Test
    void aReportAboutOneAccountStaysThere() throws Exception {
        directory.publish(List.of(entry("admin-abe", "40")));
        reports.publish(
                StatusReports.Checked.of(
                                List.of(draft("admin-abe", "suspended", null, null, null)),
                                circumstances(at(1)),
                                List.of())
                        .reports(),
                at(1));

        directory.publish(List.of(entry("abe", "40")));

        assertThat(messages("admin-abe")).hasSize(1);
        assertThat(messages("abe")).isEmpty();
    }

    /** Each writer has its own connection, as two processes have. */
    @Test
    void noReportAndNoAccountMissEachOtherInARace() throws Exception {
        int rounds = 8;
        for (int round = 0; round < rounds; round++) {
            directory.publish(List.of(entry("race-" + round, "race-" + round)));
        }
        try (ExecutorService pool = Executors.newFixedThreadPool(2)) {
            for (int i = 0; i < rounds; i++) {
                String person = "race-" + i;
                Callable<?> reporting = () ->
                        publish(new StatusReports(new SerialWriter(kafka())), person, "retired", null, null, at(1));
                Callable<?> importing = () -> new DirectoryEntries(new SerialWriter(kafka()), "hr")
                        .publish(List.of(entry(person + "-later", person)));
                for (Future<?> done : pool.invokeAll(List.<Callable<?>>of(reporting, importing).stream()
                        .<Callable<Object>>map(task -> task::call)
                        .toList())) {
                    done.get();
                }
            }
        }

        for (int i = 0; i < rounds; i++) {
            assertThat(messages("race-" + i)).hasSize(1);
            assertThat(messages("race-" + i + "-later")).hasSize(1);
        }
    }

    private void report(
            String person, String status, @Nullable String department, @Nullable String reportId, Instant now)
            throws WriteFailedException {
        publish(reports, person, status, department, reportId, now);
    }

    private static StatusReports.Checked publish(
            StatusReports publisher,
            String person,
            String status,
            @Nullable String department,
            @Nullable String reportId,
            Instant now)
            throws WriteFailedException {
        StatusDraft words = draft(null, status, department, reportId, person);
        StatusReports.Checked checked = publisher
                .publish(
                        words,
                        now,
                        accounts -> StatusReports.Checked.of(
                                accounts.stream().map(words::with).toList(), circumstances(now), List.of()))
                .checked();
        assertThat(checked.problems()).isEmpty();
        return checked;
    }

    private static StatusDraft draft(
            @Nullable String account,
            String status,
            @Nullable String department,
            @Nullable String reportId,
            @Nullable String person) {
        return new StatusDraft(account, status, EFFECTIVE, null, department, "note", reportId, person);
    }

    private static StatusDraft.Circumstances circumstances(Instant now) {
        return new StatusDraft.Circumstances("hr-1", now, ZoneOffset.UTC);
    }

    private static Instant at(int minute) {
        return Instant.parse("2026-11-20T00:00:00Z").plusSeconds(60L * minute);
    }

    /** An account's messages in the order of the topic. */
    private List<StatusReport> messages(String account) throws WriteFailedException {
        List<StatusReport> messages = new ArrayList<>();
        writer.write(contents -> {
            contents.read(Topic.ACCOUNT_STATUS, record -> {
                if (record.key().equals(account)) {
                    messages.add(parsed(record.value()));
                }
            });
            return new SerialWriter.Decided<>(List.of(), "");
        });
        return messages;
    }

    private static StatusReport parsed(byte[] json) {
        try {
            return StatusReport.fromJson(json);
        } catch (dev.metsuke.events.json.MalformedDocumentException e) {
            throw new AssertionError(e);
        }
    }

    private static DirectoryEntry entry(String account, String person) {
        return new DirectoryEntry(new AccountId(account), person, null, null, null, null, null, null);
    }

    private KafkaSettings kafka() {
        return KafkaSettings.of(broker.bootstrapServers());
    }
}
