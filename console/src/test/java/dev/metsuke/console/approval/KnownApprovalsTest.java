package dev.metsuke.console.approval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.metsuke.events.approval.ExportApproval;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class KnownApprovalsTest {

    private static final Instant MORNING = Instant.parse("2026-08-01T00:00:00Z");

    private final KnownApprovals known = new KnownApprovals();

    @Test
    void takesTheSameRowForKnown() {
        assertThat(known.news(approved(200, 0))).hasSize(1);
        assertThat(known.news(approved(200, 1))).isEmpty();
    }

    @Test
    void takesBackOnceMoreWhatWasApprovedAnew() {
        known.news(approved(200, 0));
        List<ExportApproval> first = known.news(approved(0, 1));
        known.news(approved(300, 2));

        List<ExportApproval> second = known.news(approved(0, 3));

        assertThat(second).singleElement().satisfies(again -> {
            assertThat(again.maxRecords()).isZero();
            assertThat(again.approvedAt()).isEqualTo(MORNING.plusSeconds(180));
            // The archive keeps one document of each id.
            assertThat(again.eventId()).isNotEqualTo(first.getFirst().eventId());
        });
        assertThat(known.news(approved(0, 4))).isEmpty();
    }

    @Test
    void takesBackWhatAClockThatIsAheadApproved() {
        known.news(approved(200, 10));

        List<ExportApproval> taken = known.news(approved(0, 5), MORNING.plusSeconds(300));
        List<ExportApproval> anew = known.news(approved(300, 6), MORNING.plusSeconds(360));
        List<ExportApproval> takenAgain = known.news(approved(0, 7), MORNING.plusSeconds(420));

        assertThat(Stream.of(taken, anew, takenAgain).flatMap(List::stream))
                .extracting(ExportApproval::maxRecords, ExportApproval::approvedAt)
                .containsExactly(
                        tuple(0L, MORNING.plusMillis(600_001)),
                        tuple(300L, MORNING.plusMillis(600_002)),
                        tuple(0L, MORNING.plusMillis(600_003)));
    }

    /** Whoever sends last week's file again, with a row added, means the row. */
    @Test
    void approvesNothingAnewByARowThatWasSentBefore() {
        known.news(approved(200, 0));
        known.news(approved(0, 1));

        assertThat(known.replaced(approved(200, 2))).hasSize(1);
        assertThat(known.news(approved(200, 2))).isEmpty();
        assertThat(known.replaced(approved(300, 2))).isEmpty();
        assertThat(known.news(approved(300, 2))).hasSize(1);
    }

    @Test
    void approvesAnewByARowThatSaysWhen() {
        known.news(approved(200, 0));
        known.news(approved(0, 1));
        List<ExportApproval> later = ApprovalsCsv.read(
                        """
                        account,dataset,from,until,max_records,ticket,approval_id,approved_at
                        tanaka,crm.customers,2026-08-01,2026-08-02,200,EXP-1,A,2026-08-01 09:02:00
                        """.getBytes(StandardCharsets.UTF_8), "mori", MORNING.plusSeconds(180), ZoneId.of("Asia/Tokyo"))
                .approvals();

        assertThat(known.replaced(later)).isEmpty();
        assertThat(known.news(later)).hasSize(1);
    }

    @Test
    void takesWhatWasApprovedBeforeItsReplacementForKnown() {
        List<ExportApproval> first = approved(200, 0);
        known.news(first);
        known.news(approved(0, 1));

        assertThat(known.news(first)).isEmpty();
    }

    @Test
    void tellsWhatTakesBackNothing() {
        assertThat(known.idle(approved(0, 0))).hasSize(1);
        assertThat(known.idle(Stream.of(approved(200, 0), approved(0, 1))
                        .flatMap(List::stream)
                        .toList()))
                .isEmpty();
        known.news(approved(200, 0));
        assertThat(known.idle(approved(0, 1))).isEmpty();
        assertThat(known.idle(approved("Tanaka", 0, 1))).hasSize(1);
    }

    @Test
    void tellsEachTimeWhatTakesBackNothing() {
        known.news(approved(0, 0));

        assertThat(known.idle(approved(0, 1))).hasSize(1);
        known.news(approved(200, 2));
        known.news(approved(0, 3));
        assertThat(known.idle(approved(0, 4))).isEmpty();
    }

    @Test
    void listsWhatWasGivenWithWhoTookItBack() {
        known.news(approved(200, 0));
        known.news(approved(300, 1));
        known.news(approved(0, 2));
        known.news(approved("suzuki", 100, 3));
        known.news(approved("nobody", 0, 4));

        assertThat(known.all())
                .extracting(
                        approval -> approval.given().account().value(),
                        approval -> approval.given().maxRecords(),
                        approval -> approval.takenBack() == null
                                ? null
                                : approval.takenBack().approvedAt())
                .containsExactlyInAnyOrder(
                        tuple("tanaka", 300L, MORNING.plusSeconds(120)), tuple("suzuki", 100L, null));
    }

    @Test
    void tellsWhatIsChangedOrTakenBack() {
        Instant later = MORNING.plusSeconds(300);
        known.news(approved(200, 0));

        assertThat(known.superseded(approved("suzuki", 100, 5), later)).isEmpty();
        assertThat(known.superseded(approved(200, 5), later))
                .as("the same words")
                .isEmpty();
        for (int people : new int[] {300, 0}) {
            assertThat(known.superseded(approved(people, 5), later))
                    .extracting(ExportApproval::maxRecords)
                    .containsExactly(200L);
        }
        known.news(approved(0, 6));
        assertThat(known.superseded(approved(300, 7), later))
                .as("nothing holds any more")
                .isEmpty();
    }

    /** Also where the clock of who takes it back is behind. */
    @Test
    void tellsWhatAClockThatIsAheadApprovedAsTakenBack() {
        known.news(approved(200, 10));
        known.news(approved(0, 5), MORNING.plusSeconds(300));
        known.news(approved(300, 6), MORNING.plusSeconds(360));

        assertThat(known.superseded(approved(0, 7), MORNING.plusSeconds(420)))
                .extracting(ExportApproval::maxRecords)
                .containsExactly(300L);
    }

    /** The approval A of so many people, by a file that is sent so many minutes after the first. */
    private static List<ExportApproval> approved(int people, int minutes) {
        return approved("tanaka", people, minutes);
    }

    private static List<ExportApproval> approved(String account, int people, int minutes) {
        String file = """
            account,dataset,from,until,max_records,ticket,approval_id
            %s,crm.customers,2026-08-01,2026-08-02,%d,EXP-1,A
            """.formatted(account, people);
        return ApprovalsCsv.read(
                        file.getBytes(StandardCharsets.UTF_8),
                        "mori",
                        MORNING.plusSeconds(60L * minutes),
                        ZoneId.of("Asia/Tokyo"))
                .approvals();
    }
}
