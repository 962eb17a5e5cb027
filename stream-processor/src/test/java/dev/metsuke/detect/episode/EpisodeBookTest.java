package dev.metsuke.detect.episode;

import static org.assertj.core.api.Assertions.assertThat;

import dev.metsuke.detect.directory.Directory;
import dev.metsuke.detect.history.Access;
import dev.metsuke.detect.state.StateKey;
import dev.metsuke.events.access.Action;
import dev.metsuke.events.access.Outcome;
import dev.metsuke.events.account.AccountId;
import dev.metsuke.events.account.DirectoryEntry;
import dev.metsuke.events.alert.Alert;
import dev.metsuke.events.alert.AlertState;
import dev.metsuke.events.alert.Rule;
import dev.metsuke.events.alert.Severity;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.processor.api.MockProcessorContext.CapturedForward;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class EpisodeBookTest {

    private static final Duration QUIET = Duration.ofHours(1);
    private static final Instant START = Instant.parse("2026-11-24T00:00:00Z");
    private static final AccountId SATO = new AccountId("sato");

    private final MockProcessorContext<AccountId, Alert> context = new MockProcessorContext<>();

    @BeforeEach
    void storeEpisodes() {
        List.of("bulk-read-episodes", "bulk-read-alerts", Directory.STORE).forEach(this::addStore);
    }

    @Test
    void closesAnAlertInTheWordsOfThePolicyThatItWasJudgedBy() {
        // Given
        EpisodeBook before = book("before");
        before.add(SATO, "a", at(0));
        before.tell(START);

        // When
        book("after").tell(START.plus(QUIET));

        // Then
        assertThat(sent())
                .extracting(alert -> alert.state() + " " + alert.policyVersion() + " " + alert.headline())
                .containsExactly("OPEN before sato: 1", "CLOSED before sato: 1");
    }

    @Test
    void tellsOfTheNewPersonInTheWordsOfThePolicyThatItWasJudgedBy() {
        // Given
        EpisodeBook before = book("before");
        before.add(SATO, "a", at(0));
        before.tell(START);

        // When
        DirectoryEntry entry = new DirectoryEntry(SATO, null, "Sato Ken", null, "Sales", null, null, null);
        KeyValueStore<Bytes, byte[]> directory = context.getStateStore(Directory.STORE);
        directory.put(StateKey.of(SATO).first(), entry.toJson());
        EpisodeBook after = book("after");
        after.touch(SATO);
        after.tell(START);

        // Then
        assertThat(sent().getLast()).satisfies(alert -> {
            assertThat(alert.policyVersion()).isEqualTo("before");
            assertThat(alert.headline()).isEqualTo("sato (Sato Ken, Sales): 1");
            assertThat(alert.personName()).isEqualTo("Sato Ken");
            assertThat(alert.department()).isEqualTo("Sales");
        });
    }

    @Test
    void whatGrowsIsJudgedByThePolicyThatHolds() {
        // Given
        EpisodeBook before = book("before");
        before.add(SATO, "a", at(0));
        before.tell(START);

        // When
        EpisodeBook after = book("after");
        after.add(SATO, "a", at(5));
        after.touch(SATO);
        after.tell(START);

        // Then
        assertThat(sent())
                .extracting(alert -> alert.policyVersion() + " " + alert.headline())
                .containsExactly("before sato: 1", "after sato: 2");
    }

    private EpisodeBook book(String policyVersion) {
        return new EpisodeBook(context, Rule.BULK_READ, QUIET, new Plain(policyVersion), new SimpleMeterRegistry());
    }

    private List<Alert> sent() {
        return context.forwarded().stream()
                .map(CapturedForward::record)
                .map(record -> (Alert) record.value())
                .toList();
    }

    private void addStore(String name) {
        KeyValueStore<Bytes, byte[]> store = Stores.keyValueStoreBuilder(
                        Stores.inMemoryKeyValueStore(name), Serdes.Bytes(), Serdes.ByteArray())
                .withLoggingDisabled()
                .build();
        store.init(context.getStateStoreContext(), store);
        context.addStateStore(store);
    }

    private static Episode at(int second) {
        return Episode.of(new Access(
                SATO, START.plusSeconds(second), "e" + second, Action.READ, Outcome.SUCCESS, "a", 3L, START));
    }

    /** Says how many accesses there are. */
    private record Plain(String policyVersion) implements AlertWriter {

        @Override
        public Alert write(AccountId account, String scope, Episode episode, AlertState state) {
            return new Alert(
                    Alert.idOf(Rule.BULK_READ, account, scope, episode.start()),
                    Rule.BULK_READ,
                    account,
                    scope,
                    state,
                    Severity.MEDIUM,
                    episode.start(),
                    episode.end(),
                    Wording.who(account, null) + ": " + episode.events(),
                    "seen",
                    "expected",
                    episode.events(),
                    episode.records(),
                    episode.unknownRecords(),
                    episode.evidence(),
                    Map.of(),
                    policyVersion,
                    null,
                    null,
                    null);
        }

        @Override
        public String whyWithdrawn(Alert alert) {
            return "gone";
        }
    }
}
