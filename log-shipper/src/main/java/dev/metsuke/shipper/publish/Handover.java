package dev.metsuke.shipper.publish;

import dev.metsuke.operations.kafka.Causes;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.jspecify.annotations.Nullable;

/**
 * Gives records to the producer, in their order, on a thread of its own: while they are chained and compressed there, the
 * next lines are read and parsed. How much is under way is bounded. After a failure nothing more is done.
 */
final class Handover implements AutoCloseable {

    /** Few, so that what one thread wrote is still in the cache when the other reads it. */
    private static final int BATCH_RECORDS = 128;

    private static final int BATCH_BYTES = 128 * 1024;

    /** Enough for some milliseconds, in which either thread may wait for a core. */
    private static final long MOST_BYTES = 1024 * 1024;

    private final Function<ProducerRecord<byte[], byte[]>, Future<?>> producer;
    private final ExecutorService thread = Executors.newSingleThreadExecutor(
            Thread.ofPlatform().name("metsuke-ship-send").daemon().factory());
    private final Deque<Step> underWay = new ArrayDeque<>();
    private List<Supplier<ProducerRecord<byte[], byte[]>>> batch = new ArrayList<>(BATCH_RECORDS);
    private int batchBytes;
    private long bytesUnderWay;
    // The thread alone reads and writes it.
    private boolean hasFailed;

    private record Step(Future<?> done, long bytes) {}

    Handover(Function<ProducerRecord<byte[], byte[]>, Future<?>> producer) {
        this.producer = producer;
    }

    /**
     * Takes a record; waits where too many are under way.
     *
     * @param length about how many bytes it has
     * @throws KafkaException where the producer refused an earlier one
     */
    void add(int length, Supplier<ProducerRecord<byte[], byte[]>> message) {
        batch.add(message);
        batchBytes += length;
        if (batch.size() >= BATCH_RECORDS || batchBytes >= BATCH_BYTES) {
            submitBatch();
            while (bytesUnderWay >= MOST_BYTES) {
                awaitFirst();
            }
        }
    }

    /**
     * Waits until the producer has taken every record.
     *
     * @throws KafkaException where it refused one
     */
    void await() {
        submitBatch();
        while (!underWay.isEmpty()) {
            awaitFirst();
        }
    }

    private void submitBatch() {
        if (!batch.isEmpty()) {
            List<Supplier<ProducerRecord<byte[], byte[]>>> full = batch;
            submit(() -> full.forEach(message -> give(message.get())), batchBytes);
            batch = new ArrayList<>(BATCH_RECORDS);
            batchBytes = 0;
        }
    }

    private void submit(Runnable work, long bytes) {
        underWay.add(new Step(thread.submit(() -> doUnlessFailed(work)), bytes));
        bytesUnderWay += bytes;
    }

    private void doUnlessFailed(Runnable work) {
        if (hasFailed) {
            throw new KafkaException("what came before failed");
        }
        hasFailed = true;
        work.run();
        hasFailed = false;
    }

    /**
     * A send that fails later shows in the commit. One that fails at once has mostly waited for as long as it may, as for a
     * topic nobody can ask about; the records behind it would each wait as long again.
     */
    private void give(ProducerRecord<byte[], byte[]> message) {
        Future<?> sent = producer.apply(message);
        if (sent.state() == Future.State.FAILED) {
            throw refused(message.topic(), sent.exceptionNow());
        }
    }

    private void awaitFirst() {
        Step first = underWay.remove();
        bytesUnderWay -= first.bytes;
        try {
            first.done.get();
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        } catch (ExecutionException e) {
            throw refused(e.getCause());
        }
    }

    private static KafkaException refused(String topic, Throwable cause) {
        boolean isMissing = Causes.of(cause).stream().anyMatch(UnknownTopicOrPartitionException.class::isInstance);
        return isMissing
                ? new UnknownTopicOrPartitionException("there is no topic " + topic + "; run metsuke setup")
                : refused(cause);
    }

    private static KafkaException refused(@Nullable Throwable cause) {
        return cause instanceof KafkaException refused
                ? refused
                : new KafkaException("a record could not be given to the producer", cause);
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
