package dev.metsuke.operations.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.InvalidTxnStateException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.UnknownServerException;
import org.junit.jupiter.api.Test;

class FencingTest {

    @Test
    void isLikelyWhereKafkaSaysSo() {
        assertThat(Fencing.isLikely(new ProducerFencedException("later"))).isTrue();
        assertThat(Fencing.isLikely(new KafkaException(
                        "Cannot execute transactional method because we are in an error state",
                        new InvalidProducerEpochException("later"))))
                .isTrue();
    }

    /** In the words of the client. */
    @Test
    void isLikelyWhereTheCoordinatorWasCaughtWritingItDown() {
        assertThat(Fencing.isLikely(new KafkaException(
                        "Unhandled error in EndTxnResponse: " + new UnknownServerException().getMessage())))
                .isTrue();
        assertThat(Fencing.isLikely(new InvalidTxnStateException("of a transaction that is aborted already")))
                .isTrue();
    }

    @Test
    void isUnlikelyWhereTheCauseIsAnother() {
        assertThat(Fencing.isLikely(new TimeoutException("no coordinator"))).isFalse();
        assertThat(Fencing.isLikely(new KafkaException("failed", new RecordTooLargeException("long"))))
                .isFalse();
    }
}
