package dev.metsuke.archive.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.metsuke.archive.compare.RecordReport.Difference;
import dev.metsuke.archive.compare.RecordReport.Kind;
import dev.metsuke.events.topic.Topic;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.Test;

class RecordComparisonTest {

    private static final RecordReport WHOLE = new RecordReport(Topic.TRIAGE, 2, List.of(), 0, 0);
    private static final RecordReport TAMPERED = new RecordReport(
            Topic.TRIAGE,
            1,
            List.of(new Difference(Kind.MISSING, "metsuke-triage-2026.11/t1", "metsuke.triage-0@7")),
            0,
            0);

    @Test
    void accusesNobodyOfWhatSearchesFindAMomentLater() throws IOException {
        assertThat(afterLooks(TAMPERED, WHOLE)).isEqualTo(WHOLE);
        assertThat(afterLooks(TAMPERED, TAMPERED)).isEqualTo(TAMPERED);
    }

    @Test
    void looksOnceWhereNothingIsMissed() throws IOException {
        assertThat(afterLooks(WHOLE)).isEqualTo(WHOLE);
    }

    /** A topic that is not read is passed over; one that was found to differ must not be. */
    @Test
    void isSilentOfNothingThatItCannotLookAtAgain() {
        Deque<RecordReport> looks = new ArrayDeque<>(List.of(TAMPERED));
        RecordComparison.Look kafkaGoes = () -> {
            if (looks.isEmpty()) {
                throw new KafkaUnreadException(Topic.TRIAGE, new IOException("Kafka does not answer"));
            }
            return looks.remove();
        };

        assertThatThrownBy(() -> RecordComparison.lookTwice(kafkaGoes, Duration.ZERO))
                .isExactlyInstanceOf(IOException.class)
                .hasMessage("metsuke.triage is not as Kafka has it at first sight, and cannot be looked at again:"
                        + " metsuke.triage is not compared: Kafka does not answer");
    }

    private static RecordReport afterLooks(RecordReport... found) throws IOException {
        Deque<RecordReport> looks = new ArrayDeque<>(List.of(found));
        RecordReport report = RecordComparison.lookTwice(looks::remove, Duration.ZERO);
        assertThat(looks).isEmpty();
        return report;
    }
}
