package dev.metsuke.detect.directory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.metsuke.detect.state.CompactWriter;
import dev.metsuke.events.account.AccountId;
import dev.metsuke.events.account.DirectoryEntry;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ListingTest {

    private static final AccountId ACCOUNT = new AccountId("desk-3");
    private static final Instant DAY_1 = Instant.parse("2026-11-01T00:00:00Z");
    private static final Instant DAY_2 = Instant.parse("2026-11-02T00:00:00Z");
    private static final Instant DAY_3 = Instant.parse("2026-11-03T00:00:00Z");

    @Test
    void isReadAsItWasWritten() {
        Listing moved = Listing.first(entry("p-7", "Sales", DAY_3)).replacedBy(entry("p-7", "HR", DAY_3), DAY_1);
        Listing changed = moved.replacedBy(entry("p-8", "HR", null), DAY_2);

        assertThat(Listing.of(moved.bytes())).isEqualTo(moved);
        assertThat(Listing.of(changed.bytes())).isEqualTo(changed);
        assertThat(changed.holdings())
                .containsExactly(
                        new Holding(Instant.MIN, DAY_2, new Holder("p-7", "p-7's", DAY_3)),
                        new Holding(DAY_2, Instant.MAX, new Holder("p-8", "p-8's", null)));
    }

    @Test
    void isReadAsItWasWrittenBeforeThereWereHolders() {
        byte[] written = new CompactWriter()
                .text("desk-3")
                .optionalText("p-7")
                .optionalText("p-7's")
                .optionalText(null)
                .optionalText("HR")
                .optionalText(null)
                .optionalText(null)
                .optionalTime(null)
                .time(DAY_1)
                .optionalText("Sales")
                .optionalText(null)
                .bytes();

        assertThat(Listing.of(written))
                .isEqualTo(Listing.first(entry("p-7", "Sales", null)).replacedBy(entry("p-7", "HR", null), DAY_1));
    }

    @Test
    void tellsWhoseItWas() {
        Listing listing = Listing.first(entry("p-7", "Sales", null))
                .replacedBy(entry("p-7", "HR", null), DAY_1)
                .replacedBy(entry("p-8", "Support", null), DAY_2)
                .replacedBy(entry("p-8", "Sales", null), DAY_3);

        assertThat(listing.ofHolderAt(Instant.EPOCH)).isEqualTo(entry("p-7", "HR", null));
        assertThat(listing.ofHolderAt(DAY_2.minusNanos(1))).isEqualTo(entry("p-7", "HR", null));
        assertThat(listing.ofHolderAt(DAY_2)).isEqualTo(entry("p-8", "Sales", null));
        assertThat(listing.workplaces().apply(DAY_3).formersOfPerson())
                .containsExactly(new Former(DAY_3, "Support", null));
    }

    /** A file may be imported twice in a moment, the first time by mistake. */
    @Test
    void whoeverNeverHeldItIsForgotten() {
        Listing first = Listing.first(entry("p-7", "Sales", null));
        Listing other = first.replacedBy(entry("p-8", "HR", null), DAY_1);

        assertThat(other.replacedBy(entry("p-9", "HR", null), DAY_1).holdings())
                .extracting(holding -> holding.holder().person())
                .containsExactly("p-7", "p-9");
        assertThat(other.replacedBy(entry("p-7", "HR", null), DAY_1).holdings())
                .extracting(holding -> holding.holder().person())
                .containsExactly("p-7");
    }

    /** Without the numbers in HR's books nobody can tell. */
    @Test
    void anotherNameIsNoOtherPerson() {
        Listing listing = Listing.first(new DirectoryEntry(ACCOUNT, null, "Sato", null, "HR", null, null, null))
                .replacedBy(new DirectoryEntry(ACCOUNT, null, "Mori", null, "HR", null, null, null), DAY_1)
                .replacedBy(entry("p-7", "HR", null), DAY_2);

        assertThat(listing.formers()).isEmpty();
    }

    /** As of a desk that is free for some days. */
    @Test
    void whoHadItIsKnownUntilAnotherNumberIsSaid() {
        Listing free = Listing.first(entry("p-7", "HR", null))
                .replacedBy(new DirectoryEntry(ACCOUNT, null, null, null, "HR", null, null, null), DAY_1);

        assertThat(Listing.of(free.bytes())).isEqualTo(free);
        assertThat(free.changesHands(entry("p-7", "HR", null))).isFalse();
        assertThat(free.replacedBy(entry("p-7", "HR", null), DAY_2)).isEqualTo(Listing.first(entry("p-7", "HR", null)));
        assertThat(free.changesHands(entry("p-8", "HR", null))).isTrue();
        assertThat(free.replacedBy(entry("p-8", "HR", null), DAY_2).holdings())
                .containsExactly(
                        new Holding(Instant.MIN, DAY_2, new Holder("p-7", "p-7's", null)),
                        new Holding(DAY_2, Instant.MAX, new Holder("p-8", "p-8's", null)));
    }

    private static DirectoryEntry entry(String person, String department, @Nullable Instant contractEnd) {
        return new DirectoryEntry(ACCOUNT, person, person + "'s", null, department, null, null, contractEnd);
    }
}
