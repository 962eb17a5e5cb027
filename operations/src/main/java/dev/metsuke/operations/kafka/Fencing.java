package dev.metsuke.operations.kafka;

import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.InvalidTxnStateException;
import org.apache.kafka.common.errors.ProducerFencedException;

/** Tells whether another producer took over a transactional id. */
public final class Fencing {

    private Fencing() {}

    /**
     * Whether a failed transaction may be for another producer that came later, or for a coordinator that gave this one up. A commit
     * that arrives while the coordinator is writing down that the producer is fenced is answered with UNKNOWN_SERVER_ERROR, which the
     * client passes on as an exception of no kind and without a cause; one that arrives behind that, of a transaction that is
     * aborted already, with INVALID_TXN_STATE. Nothing was committed then.
     */
    public static boolean isLikely(KafkaException failure) {
        boolean isWithoutKindOrCause = failure.getClass() == KafkaException.class && failure.getCause() == null;
        return isWithoutKindOrCause
                || Causes.of(failure).stream()
                        .anyMatch(cause -> cause instanceof ProducerFencedException
                                || cause instanceof InvalidProducerEpochException
                                || cause instanceof InvalidTxnStateException);
    }
}
