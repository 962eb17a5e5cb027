package dev.metsuke.standalone.backtest;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Reads in a thread of its own while the caller uses what was read, in the same order. */
public final class ReadAhead<T> {

    private static final int BATCH = 1_000;
    private static final int BATCHES_AHEAD = 16;

    private final BlockingQueue<List<T>> batches = new ArrayBlockingQueue<>(BATCHES_AHEAD);
    private List<T> filling = new ArrayList<>(BATCH);
    private volatile @Nullable Throwable failure;

    private ReadAhead() {}

    /** Everything that the reader gives; what it throws comes out here. */
    public static <T> void forEach(Reader<T> reader, Consumer<T> consumer) throws IOException {
        ReadAhead<T> ahead = new ReadAhead<>();
        Thread thread = Thread.ofPlatform().name("read-ahead").daemon().start(() -> ahead.read(reader));
        try {
            for (List<T> batch = ahead.batches.take(); !batch.isEmpty(); batch = ahead.batches.take()) {
                batch.forEach(consumer);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while reading");
        } finally {
            thread.interrupt();
        }
        switch (ahead.failure) {
            case null -> {}
            case IOException e -> throw e;
            case Throwable e -> throw new IllegalStateException(e);
        }
    }

    private void read(Reader<T> reader) {
        try {
            reader.read(this::add);
            if (!filling.isEmpty()) {
                batches.put(filling);
            }
        } catch (IOException | RuntimeException | Error e) {
            failure = e;
        } catch (InterruptedException e) {
            return; // Nobody waits for it any more.
        }
        end();
    }

    private void add(T next) {
        filling.add(next);
        if (filling.size() == BATCH) {
            try {
                batches.put(filling);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("nobody takes what is read any more", e);
            }
            filling = new ArrayList<>(BATCH);
        }
    }

    /** An empty batch is the last one. */
    private void end() {
        try {
            batches.put(List.of());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Gives what it reads, one after another. */
    public interface Reader<T> {

        void read(Consumer<T> to) throws IOException;
    }
}
