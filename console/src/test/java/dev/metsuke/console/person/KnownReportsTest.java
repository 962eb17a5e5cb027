package dev.metsuke.console.person;

import static org.assertj.core.api.Assertions.assertThat;

import dev.metsuke.events.account.AccountId;
import dev.metsuke.events.account.DirectoryEntry;
import dev.metsuke.events.account.Status;
import dev.metsuke.events.account.StatusReport;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class KnownReportsTest {

    private static final Instant FROM = Instant.parse("2026-11-01T00:00:00Z");

    private final KnownReports known = new KnownReports();

    @Test
    void takesWhatHoldsAlreadyForKnown() {
        StatusReport suspended = report(Status.SUSPENDED, 0);

        assertThat(known.news(List.of(suspended))).containsExactly(suspended);
        assertThat(known.news(List.of(report(Status.SUSPENDED, 1)))).isEmpty();
    }

    @Test
    void takesAnewWhatAnotherReportHasReplaced() {
        known.news(List.of(report(Status.SUSPENDED, 0)));
        known.news(List.of(report(Status.REINSTATED, 1)));
        StatusReport again = report(Status.SUSPENDED, 2);

        assertThat(known.news(List.of(again))).singleElement().satisfies(news -> {
            assertThat(news)
                    .usingRecursiveComparison()
                    .ignoringFields("eventId")
                    .isEqualTo(again);
            // The archive keeps one document of each id.
            assertThat(news.eventId()).isNotEqualTo(again.eventId());
        });
        assertThat(known.news(List.of(report(Status.SUSPENDED, 3)))).isEmpty();
        known.news(List.of(report(Status.REINSTATED, 4)));
        assertThat(known.news(List.of(report(Status.SUSPENDED, 5)))).hasSize(1);
    }

    @Test
    void takesAnewWhatAnotherReportOfTheSameMomentHasReplaced() {
        known.news(List.of(report(Status.SUSPENDED, 0), report(Status.REINSTATED, 0)));

        assertThat(known.news(List.of(report(Status.REINSTATED, 1)))).isEmpty();
        assertThat(known.news(List.of(report(Status.SUSPENDED, 1)))).hasSize(1);
    }

    @Test
    void givesAReportThatIsCorrectedBackAMessageOfItsOwn() {
        StatusReport first = named("r1", Status.RETIRED, 0);
        known.news(List.of(first));
        known.news(List.of(named("r1", Status.SUSPENDED, 1)));

        List<StatusReport> back = known.news(List.of(named("r1", Status.RETIRED, 2)));

        assertThat(back).singleElement().satisfies(news -> {
            assertThat(news.status()).isEqualTo(Status.RETIRED);
            assertThat(news.reportedAt()).isEqualTo(FROM.plusSeconds(120));
            // The archive keeps one document of each id.
            assertThat(news.eventId()).isNotEqualTo(first.eventId());
        });
        assertThat(known.news(List.of(named("r1", Status.RETIRED, 3)))).isEmpty();
    }

    @Test
    void whatIsTakenBackReplacesNothingAndCanBeSaidAnew() {
        known.news(List.of(report(Status.SUSPENDED, 0), named("r1", Status.RETIRED, 0)));

        assertThat(known.news(List.of(named("r1", Status.TAKEN_BACK, 1)))).hasSize(1);
        assertThat(known.news(List.of(named("r1", Status.TAKEN_BACK, 2)))).isEmpty();
        assertThat(known.news(List.of(report(Status.SUSPENDED, 3)))).isEmpty();
        assertThat(known.news(List.of(named("r1", Status.RETIRED, 4)))).hasSize(1);
    }

    @Test
    void knowsWhichAccountsAReportWasAboutWhoeverHasThemNow() {
        AccountId sato = new AccountId("sato");
        AccountId desk = new AccountId("desk-1");
        PersonReport retired = new PersonReport("r1", "1003", Status.RETIRED, FROM, FROM, null, null, "hr-1");
        known.news(List.of(retired.of(sato), retired.of(desk)));
        known.news(List.of(about("1004", of(desk, named("r2", Status.SUSPENDED, 1)))));

        assertThat(known.accountsOf("1003", "r1")).containsExactly(desk, sato);
        assertThat(known.accountsOf("1003", "r2")).isEmpty();
        assertThat(known.accountsOf("1004", "r2")).containsExactly(desk);
    }

    @Test
    void namesWhatTakesBackNothing() {
        known.news(List.of(named("r1", Status.RETIRED, 0)));

        assertThat(known.takingBackNothing(List.of(
                        named("r1", Status.TAKEN_BACK, 1),
                        of(new AccountId("sato-admin"), named("r1", Status.TAKEN_BACK, 1)),
                        named("r2", Status.RETIRED, 1),
                        named("r2", Status.TAKEN_BACK, 2),
                        named("r3", Status.TAKEN_BACK, 1),
                        named("r4", Status.REINSTATED, 1))))
                .containsExactly("r3");
    }

    @Test
    void takesWhatIsSaidHereForLaterThanWhatItCorrectsWhateverTheClock() {
        known.news(List.of(named("r1", Status.RETIRED, 10)));

        List<StatusReport> correction = saidAt(5, named("r1", Status.SUSPENDED, 5));
        List<StatusReport> back = saidAt(6, named("r1", Status.RETIRED, 6));

        assertThat(correction)
                .extracting(StatusReport::reportedAt)
                .containsExactly(FROM.plusSeconds(600).plusMillis(1));
        assertThat(back).singleElement().satisfies(news -> {
            assertThat(news.status()).isEqualTo(Status.RETIRED);
            assertThat(news.reportedAt()).isEqualTo(FROM.plusSeconds(600).plusMillis(2));
        });
        assertThat(saidAt(7, named("r1", Status.RETIRED, 7))).isEmpty();
    }

    @Test
    void takesWhatIsSaidHereForLaterThanAnotherReportOfTheSameMoment() {
        known.news(List.of(report(Status.SUSPENDED, 10)));

        assertThat(saidAt(5, report(Status.REINSTATED, 5)))
                .extracting(StatusReport::reportedAt)
                .containsExactly(FROM.plusSeconds(600).plusMillis(1));
    }

    @Test
    void carriesNoReportOverALaterCorrectionOfOneOfThePersonsAccounts() {
        AccountId sato = new AccountId("sato");
        AccountId admin = new AccountId("sato-admin");
        PersonReport retired =
                new PersonReport("r1", "1003", Status.RETIRED, FROM, FROM.plusSeconds(300), null, null, "hr-1");
        known.news(List.of(named("r0", Status.SUSPENDED, 10)));
        List<StatusReport> said = known.news(List.of(retired.of(sato), retired.of(admin)), FROM.plusSeconds(300));
        List<StatusReport> correction = saidAt(6, of(admin, named("r3", Status.REINSTATED, 6)));

        List<StatusReport> carried = known.news(
                known.about("1003").stream().map(report -> report.of(admin)).toList());

        assertThat(carried).isEmpty();
        assertThat(said)
                .extracting(StatusReport::reportedAt)
                .containsOnly(FROM.plusSeconds(600).plusMillis(1));
        assertThat(correction)
                .extracting(StatusReport::reportedAt)
                .containsExactly(FROM.plusSeconds(600).plusMillis(2));
    }

    @Test
    void tellsAtWhichTimeWhatIsSaidHereCounts() {
        known.news(List.of(named("r1", Status.RETIRED, 10)));
        StatusReport correction = named("r1", Status.SUSPENDED, 5);
        saidAt(5, correction);
        saidAt(6, named("r1", Status.SUSPENDED, 6));

        assertThat(known.timed(List.of(correction, named("r1", Status.SUSPENDED, 6), named("r1", Status.RETIRED, 7))))
                .extracting(StatusReport::reportedAt)
                .containsExactly(
                        FROM.plusSeconds(600).plusMillis(1),
                        FROM.plusSeconds(600).plusMillis(1),
                        FROM.plusSeconds(420));
    }

    @Test
    void leavesATimeThatSomebodyWrote() {
        known.news(List.of(named("r1", Status.RETIRED, 10)));

        assertThat(saidAt(20, named("r1", Status.SUSPENDED, 5)))
                .extracting(StatusReport::reportedAt)
                .containsExactly(FROM.plusSeconds(300));
    }

    @Test
    void tellsTheTransferThatTookEffectLast() {
        DirectoryEntry sato = entry("1003");
        known.remember(move("t1", Status.TRANSFERRED, "HR", 0, 0, null));
        known.remember(move("t2", Status.TRANSFERRED, "Sales", 5, 5, "1003"));
        known.remember(move("t3", Status.TRANSFERRED, "Support", 5, 5, "1003"));
        known.remember(move("t4", Status.TRANSFERRED, "Legal", 6, 1, "2000"));
        known.remember(move("t5", Status.TRANSFERRED, "Marketing", 60, 2, null));

        assertThat(movedTo(sato, 4)).isEqualTo("HR");
        assertThat(movedTo(sato, 10)).as("of one moment the later one").isEqualTo("Support");
        assertThat(movedTo(entry(null), 10)).as("of whoever it is").isEqualTo("Legal");
        assertThat(movedTo(sato, 60)).isEqualTo("Marketing");

        known.remember(move("t5", Status.TAKEN_BACK, null, 60, 61, null));
        assertThat(movedTo(sato, 70)).isEqualTo("Support");
        assertThat(known.lastMove(sato, FROM.minusSeconds(1))).isEmpty();
    }

    private @Nullable String movedTo(DirectoryEntry entry, int minutes) {
        return known.lastMove(entry, FROM.plusSeconds(60L * minutes))
                .map(StatusReport::department)
                .orElse(null);
    }

    private static DirectoryEntry entry(@Nullable String person) {
        return new DirectoryEntry(new AccountId("sato"), person, null, null, "IT", null, null, null);
    }

    private static StatusReport move(
            String reportId,
            Status status,
            @Nullable String department,
            int effective,
            int reported,
            @Nullable String person) {
        return new StatusReport(
                reportId + " " + status.label(),
                reportId,
                new AccountId("sato"),
                status,
                FROM.plusSeconds(60L * effective),
                FROM.plusSeconds(60L * reported),
                department,
                null,
                "hr-1",
                person);
    }

    private List<StatusReport> saidAt(int minutes, StatusReport report) {
        return known.news(List.of(report), FROM.plusSeconds(60L * minutes));
    }

    @Test
    void passesOverRecordsThatNameNoAccount() {
        KnownReports some = new KnownReports(Set.of(new AccountId("sato")));
        StatusReport report = report(Status.SUSPENDED, 0);
        for (String key : Arrays.asList(null, " ", "mori", "sato")) {
            some.read(new ConsumerRecord<>("metsuke.account-status", 0, 0, key, report.toJson()));
        }

        assertThat(some.news(List.of(report))).isEmpty();
    }

    @Test
    void tellsWhatWasReportedAboutAPersonInTheOrderInWhichItCame() {
        for (Status status : List.of(Status.SUSPENDED, Status.REINSTATED, Status.RETIRED)) {
            known.remember(about("1003", report(status, 0)));
        }
        known.remember(about("1003", report(Status.REINSTATED, 0)));

        assertThat(known.about("1003"))
                .extracting(PersonReport::status)
                .containsExactly(Status.SUSPENDED, Status.RETIRED, Status.REINSTATED);
    }

    @Test
    void takesAFileThatTellsBothForKnown() {
        known.news(List.of(report(Status.SUSPENDED, 0)));
        known.news(List.of(report(Status.REINSTATED, 1)));

        assertThat(known.news(List.of(report(Status.SUSPENDED, 2), report(Status.REINSTATED, 2))))
                .isEmpty();
    }

    @Test
    void takesWhatWasSaidBeforeItsReplacementForKnown() {
        known.news(List.of(report(Status.SUSPENDED, 0)));
        known.news(List.of(report(Status.REINSTATED, 1)));

        assertThat(known.news(List.of(report(Status.SUSPENDED, 0)))).isEmpty();
    }

    private static StatusReport of(AccountId account, StatusReport report) {
        return new StatusReport(
                report.eventId(),
                report.reportId(),
                account,
                report.status(),
                report.effectiveAt(),
                report.reportedAt(),
                null,
                null,
                "hr-1");
    }

    private static StatusReport about(String person, StatusReport report) {
        return new StatusReport(
                report.eventId(),
                report.reportId(),
                report.account(),
                report.status(),
                report.effectiveAt(),
                report.reportedAt(),
                null,
                null,
                "hr-1",
                person);
    }

    private static StatusReport report(Status status, int minutes) {
        return named(status.label(), status, minutes);
    }

    private static StatusReport named(String reportId, Status status, int minutes) {
        return new StatusReport(
                reportId + " " + status.label(),
                reportId,
                new AccountId("sato"),
                status,
                FROM,
                FROM.plusSeconds(60L * minutes),
                null,
                null,
                "hr-1");
    }
}
