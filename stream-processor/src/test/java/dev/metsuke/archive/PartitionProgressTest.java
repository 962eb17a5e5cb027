package dev.metsuke.archive;

import static org.assertj.core.api.Assertions.assertThat;

import dev.metsuke.archive.ArchiveLoop.Room;
import dev.metsuke.archive.PartitionProgress.Tracked;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.Test;

class PartitionProgressTest {

    private static final Room ROOM = new Room(10, 3_000);

    private final PartitionProgress progress = new PartitionProgress(new TopicPartition("topic", 0), 0);
    private long offset;

    @Test
    void isNotHeldBackByWhatIsMerelyUnderWay() {
        take(100);

        assertThat(progress.isHeldBack(ROOM)).isFalse();
    }

    @Test
    void isHeldBackWhileTooMuchOfItWaits() {
        List<Tracked> records = take(3);
        progress.waits(records.getFirst());
        progress.waits(records.getFirst());
        progress.waits(records.get(1));
        assertThat(progress.isHeldBack(ROOM)).isFalse();

        progress.waits(records.getLast());
        assertThat(progress.isHeldBack(ROOM)).isTrue();

        progress.written(records.get(1));
        assertThat(progress.isHeldBack(ROOM)).isFalse();
        assertThat(progress.safe(offset)).isZero();
    }

    @Test
    void isHeldBackWhileTooMuchStandsBehindOneThatWaits() {
        List<Tracked> records = take(9);
        progress.waits(records.getFirst());
        records.subList(1, 9).forEach(progress::written);
        assertThat(progress.isHeldBack(ROOM)).isFalse();

        take(1).forEach(progress::written);
        assertThat(progress.isHeldBack(ROOM)).isTrue();

        progress.written(records.getFirst());
        assertThat(progress.isHeldBack(ROOM)).isFalse();
        assertThat(progress.safe(offset)).isEqualTo(10);
    }

    @Test
    void whatIsThroughWhenItIsSaidToWaitDoesNotWait() {
        Tracked record = take(1).getFirst();
        progress.written(record);
        progress.waits(record);

        assertThat(progress.isHeldBack(new Room(1, 1))).isFalse();
    }

    private List<Tracked> take(int count) {
        List<Tracked> taken = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Tracked tracked = progress.taken(new ConsumerRecord<>(
                    "topic",
                    0,
                    offset++,
                    0,
                    TimestampType.LOG_APPEND_TIME,
                    0,
                    1_000,
                    new byte[0],
                    new byte[1_000],
                    new RecordHeaders(),
                    Optional.empty()));
            progress.writing();
            taken.add(tracked);
        }
        return taken;
    }
}
