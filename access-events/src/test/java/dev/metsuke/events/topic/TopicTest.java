package dev.metsuke.events.topic;

import static org.assertj.core.api.Assertions.assertThat;

import dev.metsuke.events.archive.ArchiveIndex;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TopicTest {

    @Test
    void keepsEachTopicAsLongAsItsReadersNeed() {
        assertThat(Topic.ACCESS_EVENTS.settings())
                .containsEntry("cleanup.policy", "delete")
                .containsEntry("retention.ms", "604800000");
        assertThat(Topic.ACCOUNT_STATUS.settings()).containsEntry("retention.ms", "-1");
        assertThat(Topic.POSITIONS.settings())
                .containsEntry("cleanup.policy", "compact")
                .doesNotContainKey("retention.ms");
        for (Topic topic : Topic.values()) {
            assertThat(topic.settings()).containsEntry("message.timestamp.type", "LogAppendTime");
            assertThat(Topic.ofTitle(topic.title())).contains(topic);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"POSITIONS", "READING_HEADS", "BASELINES"})
    void keepsLittleMoreThanTheLatestOfWhatIsReadWholeAtEachStart(Topic topic) {
        assertThat(topic.settings())
                .containsEntry("cleanup.policy", "compact")
                .containsEntry("segment.bytes", "52428800")
                .containsEntry("max.compaction.lag.ms", "21600000");
    }

    @ParameterizedTest
    @EnumSource(names = {"DIRECTORY", "POLICY"})
    void leavesTheArchiveTimeForWhatItKeepsEachVersionOf(Topic topic) {
        assertThat(topic.settings()).containsEntry("cleanup.policy", "compact").doesNotContainKey("segment.bytes");
    }

    @Test
    void namesTheIndexOfAMonthInUtc() {
        Instant newYearInTokyo = Instant.parse("2026-12-31T15:00:00Z");

        assertThat(ArchiveIndex.ACCESS_EVENTS.at(newYearInTokyo)).isEqualTo("metsuke-access-events-2026.12");
        assertThat(ArchiveIndex.ALERTS.pattern()).isEqualTo("metsuke-alerts-*");
    }
}
