package dev.metsuke.operations.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import dev.metsuke.events.topic.Topic;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TopicChangesTest {

    private static final Map<String, String> WANTED = Topic.ACCESS_EVENTS.settings();

    @Test
    void changesNothingOfATopicThatIsAsWanted() {
        assertThat(TopicChanges.between(WANTED, WANTED)).isEqualTo(new TopicChanges(Map.of(), null));
    }

    @Test
    void leavesALongerRetentionSoThatNothingIsDeleted() {
        for (String longer : new String[] {"2592000000", "-1"}) {
            TopicChanges changes = TopicChanges.between(WANTED, with(WANTED, longer));

            assertThat(changes.toSet()).isEmpty();
            assertThat(changes.because())
                    .isEqualTo("retention.ms is " + longer + ", which is longer than 604800000 and stays");
        }
    }

    @Test
    void mendsARetentionThatIsTooShort() {
        assertThat(TopicChanges.between(WANTED, with(WANTED, "1000000")))
                .isEqualTo(new TopicChanges(
                        Map.of("retention.ms", "604800000"), "retention.ms was 1000000, is 604800000"));

        Map<String, String> forEver = Topic.SEALS.settings();
        assertThat(TopicChanges.between(forEver, with(forEver, "9000000000000")).toSet())
                .isEqualTo(Map.of("retention.ms", "-1"));
    }

    @Test
    void leavesWritesThatWaitForMoreCopies() {
        assertThat(TopicChanges.between(Map.of("min.insync.replicas", "2"), Map.of("min.insync.replicas", "3")))
                .isEqualTo(new TopicChanges(Map.of(), "min.insync.replicas is 3, which is stricter than 2 and stays"));
        assertThat(TopicChanges.between(Map.of("min.insync.replicas", "2"), Map.of("min.insync.replicas", "1")))
                .isEqualTo(new TopicChanges(Map.of("min.insync.replicas", "2"), "min.insync.replicas was 1, is 2"));
    }

    @Test
    void setsWhatATopicLacks() {
        assertThat(TopicChanges.between(WANTED, Map.of("cleanup.policy", "delete", "retention.ms", "604800000")))
                .isEqualTo(new TopicChanges(
                        Map.of("message.timestamp.type", "LogAppendTime"),
                        "message.timestamp.type was null, is LogAppendTime"));
    }

    private static Map<String, String> with(Map<String, String> settings, String retention) {
        Map<String, String> other = new HashMap<>(settings);
        other.put("retention.ms", retention);
        return other;
    }
}
