package dev.metsuke.detect.episode;

import static org.assertj.core.api.Assertions.assertThat;

import dev.metsuke.events.account.AccountId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ClosingsTest {

    private static final Instant START = Instant.parse("2026-11-24T00:00:00Z");
    private static final EpisodeKey KEY = new EpisodeKey(new AccountId("sato"), "account", START);

    private final Closings closings = new Closings();
    private final List<EpisodeKey> due = new ArrayList<>();

    @Test
    void episodeThatGrowsIsScheduledOnce() {
        for (int i = 0; i < 1_000; i++) {
            closings.schedule(KEY, START.plusSeconds(i));
        }

        assertThat(closings.size()).isEqualTo(1);
        closings.drain(START, due::add);
        assertThat(due).containsExactly(KEY);
    }

    @Test
    void episodeThatEndsEarlierThanThoughtIsDueEarlier() {
        closings.schedule(KEY, START.plusSeconds(10));
        closings.schedule(KEY, START.plusSeconds(5));

        closings.drain(START.plusSeconds(5), due::add);
        closings.drain(START.plusSeconds(10), due::add);

        assertThat(due).containsExactly(KEY);
    }

    @Test
    void isScheduledAgainOnceItWasDue() {
        closings.schedule(KEY, START);
        closings.drain(START, due::add);

        closings.schedule(KEY, START.plusSeconds(5));
        closings.drain(START.plusSeconds(4), due::add);
        assertThat(due).hasSize(1);
        closings.drain(START.plusSeconds(5), due::add);

        assertThat(due).containsExactly(KEY, KEY);
    }
}
