package dev.metsuke.shipper.publish;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.junit.jupiter.api.Test;

class HandoverTest {

    @Test
    void namesTheTopicThatIsNotThere() {
        TimeoutException failure = new TimeoutException(
                "not present in metadata after 10000 ms.", new UnknownTopicOrPartitionException("no such topic"));

        try (Handover handover = new Handover(_ -> CompletableFuture.failedFuture(failure))) {
            handover.add(1, () -> new ProducerRecord<>("metsuke.access-events", new byte[1]));

            assertThatThrownBy(handover::await)
                    .isInstanceOf(UnknownTopicOrPartitionException.class)
                    .hasMessage("there is no topic metsuke.access-events; run metsuke setup");
        }
    }
}
