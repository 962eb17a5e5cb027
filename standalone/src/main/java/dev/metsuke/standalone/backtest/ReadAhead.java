package dev.metsuke.standalone.backtest;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Reads in a thread of its own while the caller uses what was read, in the same order. */
public final class ReadAhead<T> implements AutoCloseable {

    private static final int BATCH = 1_000;

    /** Enough that neither side waits for the other's next batch; what lies between them, each young collection copies. */
    private static final int BATCHES_AHEAD = 4;

    private final int batch;
    private final BlockingQueue<List<T>> batches = new ArrayBlockingQueue<>(BATCHES_AHEAD);
    private final Thread thread;
    private List<T> filling = new ArrayList<>();
    private Iterator<T> using = List.<T>of().iterator();
    private volatile @Nullable Throwable failure;

    private ReadAhead(Reader<T> reader, int batch) {
        this.batch = batch;
        thread = Thread.ofPlatform().name("read-ahead").daemon().unstarted(() -> read(reader));
    }

    /** Begins to read; closed, it reads no more. */
    static <T> ReadAhead<T> start(Reader<T> reader) {
        return start(reader, BATCH);
    }

    /** The same for who wants to see no more than the first few. */
    static <T> ReadAhead<T> peek(Reader<T> reader) {
        return start(reader, 1);
    }

    private static <T> ReadAhead<T> start(Reader<T> reader, int batch) {
        ReadAhead<T> ahead = new ReadAhead<>(reader, batch);
        ahead.thread.start();
        return ahead;
    }

    /** Everything that the reader gives; what it throws comes out here. */
    public static <T> void forEach(Reader<T> reader, Consumer<T> consumer) throws IOException {
        try (ReadAhead<T> ahead = start(reader)) {
            for (T next = ahead.next(); next != null; next = ahead.next()) {
                consumer.accept(next);
            }
        }
    }

    /** The next, waited for; null where there is none. What the reader throws comes out here. */
    @Nullable
    T next() throws IOException {
        if (!using.hasNext()) {
            using = take().iterator();
            if (!using.hasNext()) {
                end();
                fail();
                return null;
            }
        }
        return using.next();
    }

    private List<T> take() throws IOException {
        try {
            return batches.take();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while reading");
        }
    }

    private void fail() throws IOException {
        switch (failure) {
            case null -> {}
            case IOException e -> throw e;
            case Throwable e -> throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        thread.interrupt();
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
        if (filling.size() == batch) {
            try {
                batches.put(filling);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("nobody takes what is read any more", e);
            }
            filling = new ArrayList<>(batch);
        }
    }

    /** An empty batch is the last one, for everybody who asks again, too. */
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
