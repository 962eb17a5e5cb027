package dev.metsuke.detect.episode;

import static org.assertj.core.api.Assertions.assertThat;

import dev.metsuke.detect.episode.DueMinutes.Span;
import dev.metsuke.detect.state.AccountStore;
import dev.metsuke.detect.state.HeapBudget;
import dev.metsuke.detect.state.StateStores;
import dev.metsuke.events.account.AccountId;
import dev.metsuke.events.alert.Alert;
import dev.metsuke.events.alert.Rule;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.state.Stores;
import org.junit.jupiter.api.Test;

class DueMinutesTest {

    private static final Span NOON = Span.of(Instant.parse("2026-06-01T12:00:00Z"));
    private static final AccountId SATO = new AccountId("sato");
    private static final AccountId MORI = new AccountId("mori");
    private static final AccountId ITOH = new AccountId("itoh");
    private static final AccountId ABE = new AccountId("abe");

    private final List<AccountId> judged = new ArrayList<>();

    /** What a sweep judges before it forgets is judged in one transaction, however many accounts of long episodes it meets. */
    @Test
    void ofManyThatAreDueThoseThatWaitLongestAreJudgedUntilItIsEnough() {
        DueMinutes due = due(new MockProcessorContext<>());
        List.of(SATO, ABE, MORI, ITOH).forEach(account -> due.add(account, NOON));

        drain(due);

        assertThat(judged).containsExactly(SATO, MORI);
        assertThat(due.contains(ITOH)).isTrue();
        assertThat(due.contains(SATO)).isFalse();

        // When: those that stayed are due still.
        drain(due);

        // Then
        assertThat(judged).containsExactly(SATO, MORI, ITOH);
        assertThat(due.contains(ABE)).as("nobody asked for it").isTrue();
    }

    private void drain(DueMinutes due) {
        due.drain(4, 100, Set.of(ITOH, MORI, SATO)::contains, (account, span) -> {
            judged.add(account);
            return 60;
        });
    }

    private static DueMinutes due(MockProcessorContext<AccountId, Alert> context) {
        AccountStore.Builder builder =
                (AccountStore.Builder) DueMinutes.storeBuilder(StateStores.IN_MEMORY, Rule.BULK_READ);
        context.addStateStore(
                builder.over(Stores.inMemoryKeyValueStore(builder.name()).get(), new HeapBudget(1_000_000)));
        return new DueMinutes(context, Rule.BULK_READ);
    }
}
