package dev.metsuke.detect.episode;

import static org.assertj.core.api.Assertions.assertThat;

import dev.metsuke.detect.history.Fact;
import dev.metsuke.events.account.AccountId;
import dev.metsuke.events.alert.Alert;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.processor.api.MockProcessorContext.CapturedPunctuator;
import org.junit.jupiter.api.Test;

class DetectorTest {

    private final MockProcessorContext<AccountId, Alert> context = new MockProcessorContext<>();
    private final List<Counting> made = new ArrayList<>();
    private final Detector.AtWork atWork = new Detector.AtWork(
            (given, meters) -> {
                made.add(new Counting());
                return made.getLast();
            },
            new SimpleMeterRegistry());

    @Test
    void revivedTaskWorksWithANewDetectorAlone() {
        // Given
        atWork.init(context);
        atWork.close();

        // When
        atWork.init(context);
        punctuate();

        // Then
        assertThat(made).extracting(counting -> counting.calls).containsExactly(0, 2);
    }

    @Test
    void taskThatIsInitializedWithoutBeingClosedDoesNotWorkTwice() {
        // Given
        atWork.init(context);

        // When
        atWork.init(context);
        punctuate();

        // Then
        assertThat(made).extracting(counting -> counting.calls).containsExactly(0, 2);
    }

    @Test
    void nothingIsScheduledOnceClosed() {
        // Given
        atWork.init(context);

        // When
        atWork.close();

        // Then
        assertThat(context.scheduledPunctuators()).hasSize(2).allMatch(CapturedPunctuator::cancelled);
    }

    private void punctuate() {
        context.scheduledPunctuators().stream()
                .filter(punctuator -> !punctuator.cancelled())
                .forEach(punctuator -> punctuator.getPunctuator().punctuate(0));
    }

    private static final class Counting implements Detector {

        private int calls;

        @Override
        public void hear(AccountId account, Fact fact) {
            calls++;
        }

        @Override
        public void tell(Instant now) {
            calls++;
        }

        @Override
        public void sweep(Instant now) {
            calls++;
        }
    }
}
