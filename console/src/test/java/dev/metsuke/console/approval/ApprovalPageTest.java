package dev.metsuke.console.approval;

import static org.assertj.core.api.Assertions.assertThat;

import dev.metsuke.console.entry.AskedName;
import dev.metsuke.events.account.AccountId;
import dev.metsuke.events.approval.ExportApproval;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ApprovalPageTest {

    private static final Instant START = Instant.parse("2026-08-01T00:00:00Z");
    private static final Instant END = Instant.parse("2026-08-03T00:00:00Z");
    private static final Instant GIVEN = Instant.parse("2026-07-20T00:00:00Z");

    @Test
    void holdsFromItsFirstMomentUntilJustBeforeItsEnd() {
        KnownApproval approval = new KnownApproval(approval("tanaka", "A", GIVEN), null);

        assertThat(Stream.of(START.minusMillis(1), START, END.minusMillis(1), END)
                        .map(approval::stateAt))
                .containsExactly(
                        ApprovalState.UPCOMING, ApprovalState.CURRENT, ApprovalState.CURRENT, ApprovalState.PAST);
        assertThat(new KnownApproval(approval.given(), approval("tanaka", "A", GIVEN.plusSeconds(1))).stateAt(START))
                .isEqualTo(ApprovalState.TAKEN_BACK);
    }

    @Test
    void listsFirstWhatWasGivenOrTakenBackLast() {
        KnownApproval old = new KnownApproval(approval("a", "1", GIVEN), approval("a", "1", GIVEN.plusSeconds(60)));
        KnownApproval middle = new KnownApproval(approval("b", "2", GIVEN.plusSeconds(30)), null);
        KnownApproval sameTime = new KnownApproval(approval("a", "3", GIVEN.plusSeconds(30)), null);

        assertThat(page(List.of(middle, old, sameTime), ApprovalFilter.NONE, null)
                        .approvals())
                .containsExactly(old, sameTime, middle);
    }

    @Test
    void filtersByStateAndNames() {
        KnownApproval given = new KnownApproval(approval("tanaka", "A", GIVEN), null);
        KnownApproval takenBack =
                new KnownApproval(approval("tanaka", "B", GIVEN), approval("tanaka", "B", GIVEN.plusSeconds(1)));
        KnownApproval others = new KnownApproval(approval("suzuki", "A", GIVEN), null);
        List<KnownApproval> all = List.of(given, takenBack, others);
        AskedName tanaka = AskedName.exactly("tanaka");

        assertThat(page(all, new ApprovalFilter(null, tanaka, null, null), null).approvals())
                .containsExactly(takenBack, given);
        assertThat(page(all, new ApprovalFilter(ApprovalState.CURRENT, tanaka, null, null), null)
                        .approvals())
                .containsExactly(given);
        assertThat(page(all, new ApprovalFilter(null, null, AskedName.exactly("crm"), null), null)
                        .total())
                .as("a whole name")
                .isZero();
        assertThat(page(all, new ApprovalFilter(null, null, null, AskedName.exactly("EXP-A")), null)
                        .total())
                .isEqualTo(2);
    }

    @Test
    void pagesComeToAllOfThemWhateverTheirNames() {
        List<KnownApproval> all = IntStream.range(0, 9)
                .mapToObj(i -> new KnownApproval(approval("a~" + i % 3 + "~", "~" + i, GIVEN.plusSeconds(i / 4)), null))
                .toList();
        List<KnownApproval> paged = new ArrayList<>();
        @Nullable ApprovalPlace after = null;
        int pages = 0;
        do {
            ApprovalPage page = page(all, ApprovalFilter.NONE, after);
            assertThat(page.total()).isEqualTo(9);
            paged.addAll(page.approvals());
            after = page.next() == null
                    ? null
                    : ApprovalPlace.parse(page.next().toString()).orElseThrow();
            pages++;
        } while (after != null && pages < all.size());

        assertThat(paged).hasSize(9).containsExactlyInAnyOrderElementsOf(all);
        assertThat(pages).isEqualTo(3);
    }

    @Test
    void takesNothingElseForAPlace() {
        assertThat(Stream.of("", "x", "2026-08-01T00:00:00Z", "2026-08-01T00:00:00Z~9~a", "2026-08-01T00:00:00Z~-1~a")
                        .map(ApprovalPlace::parse))
                .allMatch(place -> place.isEmpty());
    }

    private static ApprovalPage page(List<KnownApproval> known, ApprovalFilter filter, @Nullable ApprovalPlace after) {
        return ApprovalPage.of(known, filter, START, after, 3);
    }

    private static ExportApproval approval(String account, String id, Instant given) {
        return new ExportApproval(
                account + id + given,
                id,
                new AccountId(account),
                "crm.customers",
                START,
                END,
                200,
                "EXP-" + id,
                given,
                "mori",
                null);
    }
}
