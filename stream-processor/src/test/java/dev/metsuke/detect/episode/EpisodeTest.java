package dev.metsuke.detect.episode;

import static org.assertj.core.api.Assertions.assertThat;

import dev.metsuke.detect.history.Access;
import dev.metsuke.detect.state.Codes;
import dev.metsuke.detect.state.CompactWriter;
import dev.metsuke.events.access.Action;
import dev.metsuke.events.access.Outcome;
import dev.metsuke.events.account.AccountId;
import dev.metsuke.events.alert.Evidence;
import dev.metsuke.events.alert.ReadOnDay;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class EpisodeTest {

    private static final Duration QUIET = Duration.ofHours(1);
    private static final Instant START = Instant.parse("2026-11-24T00:00:00Z");

    @Test
    void gapOfExactlyTheQuietTimeStillJoins() {
        List<Episode> episodes = Episode.join(List.of(at(0), at(3600), at(7201)), QUIET);

        assertThat(episodes).extracting(Episode::events).containsExactly(2L, 1L);
    }

    @Test
    void orderOfJoiningLeavesNoTrace() {
        long seed = System.nanoTime();
        List<Episode> findings = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            findings.add(at(60 * i));
        }
        Episode inOrder = findings.stream().reduce(Episode::with).orElseThrow();
        Collections.shuffle(findings, new Random(seed));

        Episode shuffled = findings.stream().reduce(Episode::with).orElseThrow();

        assertThat(shuffled).as("seed %d", seed).isEqualTo(inOrder);
        assertThat(shuffled.evidence()).hasSize(20).isSorted();
    }

    @Test
    void sumStaysAtTheLargestNumber() {
        assertThat(Episode.sum(Long.MAX_VALUE, 5)).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void comesBackFromItsStoreAsItWas() {
        Episode episode =
                at(0).with(at(5)).withEvidence(List.of(at(0).evidence().getFirst()));

        StoredEpisode stored = StoredEpisode.of(new StoredEpisode(episode, Telling.PERSON).bytes());

        assertThat(stored).isEqualTo(new StoredEpisode(episode, Telling.PERSON));
    }

    @Test
    void whatExplainsItComesBackFromItsStoreToo() {
        Episode episode = at(0).exceeding(Set.of("a1", "a2"))
                .withDays(List.of(
                        new ReadOnDay(LocalDate.EPOCH, 7, List.of()),
                        new ReadOnDay(LocalDate.EPOCH.plusDays(2), 9, List.of(new ReadOnDay.OfDataset(null, 9)))));

        StoredEpisode stored = StoredEpisode.of(new StoredEpisode(episode, Telling.PERSON).bytes());

        assertThat(stored).isEqualTo(new StoredEpisode(episode, Telling.PERSON));
    }

    /** Before anything else explained it, it was its numbers, its peak and its evidence. */
    @Test
    void episodeThatAnEarlierVersionStoredIsReadAndWrittenAsEver() {
        Evidence evidence = at(5).evidence().getFirst();
        byte[] stored = new CompactWriter()
                .number(1)
                .time(at(5).start())
                .time(at(5).end())
                .number(1)
                .number(0)
                .number(1)
                .number(0)
                .number(0)
                .number(1)
                .number(Codes.of(Action.EXPORT))
                .number(0)
                .number(0)
                .number(0)
                .number(0)
                .number(0)
                .number(0)
                .text(evidence.eventId())
                .time(evidence.timestamp())
                .number(Codes.of(evidence.action()))
                .optionalText(evidence.dataset())
                .optionalNumber(null)
                .bytes();

        assertThat(StoredEpisode.of(stored)).isEqualTo(new StoredEpisode(at(5), Telling.TOLD));
        assertThat(new StoredEpisode(at(5), Telling.TOLD).bytes()).isEqualTo(stored);
    }

    @Test
    void daysAreThoseOfTheLargestSum() {
        Episode small = withPeak(2)
                .withDays(List.of(new ReadOnDay(LocalDate.EPOCH, 2, List.of())))
                .exceeding(Set.of("a1"));
        Episode large = withPeak(3)
                .withDays(List.of(new ReadOnDay(LocalDate.EPOCH, 3, List.of())))
                .exceeding(Set.of("a2"));

        assertThat(small.with(large).grounds())
                .isEqualTo(new Grounds(Set.of("a1", "a2"), large.grounds().days()));
        assertThat(large.with(small).grounds()).isEqualTo(small.with(large).grounds());
    }

    private static Episode withPeak(long sum) {
        Episode episode = at(0);
        return new Episode(
                episode.start(),
                episode.end(),
                episode.events(),
                episode.records(),
                episode.unknownRecords(),
                episode.failures(),
                episode.late(),
                episode.actions(),
                Peak.aboveCeiling(sum, 1, 10),
                Grounds.NONE,
                episode.evidence());
    }

    private static Episode at(int second) {
        Access access = new Access(
                new AccountId("sato"),
                START.plusSeconds(second),
                "e" + second,
                second % 2 == 0 ? Action.READ : Action.EXPORT,
                second % 3 == 0 ? Outcome.FAILURE : Outcome.SUCCESS,
                "crm.customers",
                second % 5 == 0 ? null : (Long) 3L,
                null,
                List.of(),
                START.plusSeconds(second % 7 == 0 ? 7_200 : 0));
        return Episode.of(access, Duration.ofHours(1));
    }
}
