package dev.metsuke.archive.index;

import dev.metsuke.archive.index.BulkOutcome.Extent;
import dev.metsuke.archive.index.BulkOutcome.Retry;
import dev.metsuke.archive.index.BulkOutcome.Settled;
import dev.metsuke.archive.index.Prepared.Document;
import dev.metsuke.archive.index.SendGate.Verdict;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gathers documents into bulks and writes several at once, each tried again until every document of it is settled. It takes
 * nothing more while {@link BulkSettings#inFlight} bulks are under way and one is full.
 *
 * <p>Documents that have to wait while others may go in, since their index is blocked or lacks a shard, make room for these:
 * they are tried again beside the bulks, one after the other. How many may wait so is the caller's to bound.
 *
 * <p>One thread offers and polls; the bulks run in threads of their own.
 *
 * @param <T> what the caller recognises a document by
 */
public final class BulkWriter<T> implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(BulkWriter.class);

    private final BulkSender sender;
    private final BulkSettings settings;
    private final InstantSource clock;
    private final Backoff backoff;
    private final SendGate gate;
    private final Semaphore slots;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final BlockingQueue<Done<T>> done = new LinkedBlockingQueue<>();
    private final Queue<T> waiting = new ConcurrentLinkedQueue<>();
    private final Semaphore besideBulks = new Semaphore(1);
    private final Troubles troubles;
    private final Timer bulks;
    private final Counter retries;

    private List<Entry<T>> open = new ArrayList<>();
    private int openBytes;
    private Instant openSince = Instant.MAX;

    public BulkWriter(
            BulkSender sender,
            BulkSettings settings,
            InstantSource clock,
            RandomGenerator random,
            MeterRegistry meters) {
        this.sender = sender;
        this.settings = settings;
        this.clock = clock;
        this.backoff = new Backoff(settings.retryMaxBackoff(), random);
        this.gate = new SendGate(settings.inFlight());
        this.troubles = new Troubles(clock);
        this.slots = new Semaphore(settings.inFlight());
        this.bulks = Timer.builder("metsuke.archive.bulk")
                .description("Bulk requests to Elasticsearch")
                .register(meters);
        this.retries = Counter.builder("metsuke.archive.retries")
                .description("Documents that had to be sent again")
                .register(meters);
    }

    /**
     * Takes a document, unless there is no room.
     *
     * @return false when nothing was taken
     */
    public boolean offer(T item, Document document) {
        if (isFull() && !dispatch()) {
            return false;
        }
        if (open.isEmpty()) {
            openSince = clock.instant();
        }
        open.add(new Entry<>(item, document));
        openBytes += document.bytes();
        if (isFull()) {
            dispatch();
        }
        return true;
    }

    /** Sends the open bulk if it has waited long enough and there is room. */
    public void flushIfDue() {
        if (!open.isEmpty() && untilDue().isZero()) {
            dispatch();
        }
    }

    /** Sends the open bulk if there is room; true when none is left open. */
    public boolean flush() {
        return open.isEmpty() || dispatch();
    }

    /** How long the open bulk may still wait; {@link BulkSettings#linger} where none is open. */
    public Duration untilDue() {
        if (open.isEmpty()) {
            return settings.linger();
        }
        Duration waited = Duration.between(openSince, clock.instant());
        // Less than nothing where the clock was set back: then nobody knows how long.
        return waited.isNegative() || waited.compareTo(settings.linger()) >= 0
                ? Duration.ZERO
                : settings.linger().minus(waited);
    }

    /** The next settled document, if one comes in time. */
    public Optional<Done<T>> poll(Duration wait) throws InterruptedException {
        return Optional.ofNullable(done.poll(wait.toNanos(), TimeUnit.NANOSECONDS));
    }

    /** Those that were found since the last call to have to wait while others go in; some may be settled by now. */
    public void drainWaiting(Consumer<T> found) {
        for (T item = waiting.poll(); item != null; item = waiting.poll()) {
            found.accept(item);
        }
    }

    /** Why documents are tried again and again just now. */
    public Optional<String> trouble() {
        return troubles.lasting();
    }

    /** Gives up what is under way; it will not be settled. */
    @Override
    public void close() {
        threads.shutdownNow();
        threads.close();
    }

    private boolean isFull() {
        return openBytes >= settings.bytes() || open.size() >= settings.documents();
    }

    private boolean dispatch() {
        if (!slots.tryAcquire()) {
            return false;
        }
        List<Entry<T>> bulk = open;
        open = new ArrayList<>();
        openBytes = 0;
        threads.execute(() -> {
            try {
                write(bulk);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } finally {
                troubles.over();
            }
        });
        return true;
    }

    private void write(List<Entry<T>> bulk) throws InterruptedException {
        List<Entry<T>> left;
        try {
            left = writeTogether(bulk);
        } finally {
            slots.release();
        }
        if (!left.isEmpty()) {
            left.forEach(entry -> waiting.add(entry.item()));
            writeBeside(left);
        }
    }

    /** Returns those that have to wait while others may go in. */
    private List<Entry<T>> writeTogether(List<Entry<T>> bulk) throws InterruptedException {
        List<Entry<T>> left = bulk;
        int failures = 0;
        while (!left.isEmpty()) {
            Try<T> tried = send(left);
            if (tried.outcomes().stream().noneMatch(BulkWriter::concernsOthers)) {
                return tried.again();
            }
            failures = tried.again().size() < left.size() ? 1 : failures + 1;
            left = tried.again();
            Thread.sleep(backoff.after(failures));
        }
        return left;
    }

    private void writeBeside(List<Entry<T>> bulk) throws InterruptedException {
        List<Entry<T>> left = bulk;
        for (int failures = 1; !left.isEmpty(); failures++) {
            Thread.sleep(backoff.after(failures));
            besideBulks.acquire();
            try {
                left = send(left).again();
            } finally {
                besideBulks.release();
            }
        }
    }

    private Try<T> send(List<Entry<T>> bulk) throws InterruptedException {
        Instant began = clock.instant();
        List<BulkOutcome> outcomes = sendThroughGate(bulk);
        List<Entry<T>> again = settle(bulk, outcomes);
        retries.increment(again.size());
        if (again.size() < bulk.size()) {
            troubles.over();
        }
        if (!again.isEmpty()) {
            troubles.note(began, reason(bulk, outcomes));
        }
        return new Try<>(outcomes, again);
    }

    private static boolean concernsOthers(BulkOutcome outcome) {
        return outcome instanceof Retry(var _, Extent extent) && extent != Extent.DOCUMENT;
    }

    private List<BulkOutcome> sendThroughGate(List<Entry<T>> bulk) throws InterruptedException {
        List<Document> documents = bulk.stream().map(Entry::document).toList();
        gate.enter();
        Verdict verdict = Verdict.FAILED;
        Timer.Sample sample = Timer.start();
        try {
            List<BulkOutcome> outcomes = sender.send(documents);
            verdict = verdict(outcomes);
            return outcomes;
        } catch (RuntimeException | Error e) {
            // A thread that died here would hold back its partitions in silence.
            LOG.error("A bulk failed in an unforeseen way and is tried again.", e);
            return Collections.nCopies(bulk.size(), new Retry("unforeseen: " + e, Extent.EVERYTHING));
        } finally {
            sample.stop(bulks);
            gate.leave(verdict);
        }
    }

    private List<Entry<T>> settle(List<Entry<T>> bulk, List<BulkOutcome> outcomes) {
        List<Entry<T>> again = new ArrayList<>();
        for (int i = 0; i < bulk.size(); i++) {
            switch (outcomes.get(i)) {
                case Retry _ -> again.add(bulk.get(i));
                case Settled settled -> done.add(new Done<>(bulk.get(i).item(), settled));
            }
        }
        return again;
    }

    /** The first reason for a retry; with the index, where others may go in. */
    private static <T> String reason(List<Entry<T>> bulk, List<BulkOutcome> outcomes) {
        for (int i = 0; i < outcomes.size(); i++) {
            if (outcomes.get(i) instanceof Retry(String reason, Extent extent)) {
                return extent == Extent.DOCUMENT ? bulk.get(i).document().index() + ": " + reason : reason;
            }
        }
        throw new IllegalArgumentException("all are settled");
    }

    private static Verdict verdict(List<BulkOutcome> outcomes) {
        boolean overloaded = outcomes.stream()
                .anyMatch(outcome -> outcome instanceof Retry(var _, Extent extent) && extent == Extent.OVERLOAD);
        if (overloaded) {
            return Verdict.OVERLOADED;
        }
        return outcomes.stream().anyMatch(Retry.class::isInstance) ? Verdict.FAILED : Verdict.GOOD;
    }

    private record Entry<T>(T item, Document document) {}

    /** What came of sending a bulk, and which of it are to be sent again. */
    private record Try<T>(List<BulkOutcome> outcomes, List<Entry<T>> again) {}

    /**
     * A document that needs no further try.
     *
     * @param item what it was offered with
     * @param outcome what became of it
     */
    public record Done<T>(T item, Settled outcome) {}
}
