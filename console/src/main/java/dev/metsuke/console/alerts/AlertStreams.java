package dev.metsuke.console.alerts;

import dev.metsuke.console.access.Caller;
import dev.metsuke.console.http.Answer;
import dev.metsuke.console.language.AcceptLanguage;
import dev.metsuke.console.language.Text;
import dev.metsuke.events.language.Language;
import io.javalin.http.Context;
import io.javalin.http.sse.SseClient;
import io.javalin.http.sse.SseHandler;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Browsers that listen for alerts. Each has a bounded queue and a thread of its own: one that does not keep up is let
 * go, and reads the list anew when it comes back. A user has so many at most that others are not kept out.
 */
final class AlertStreams implements AutoCloseable {

    private static final int MOST_CLIENTS = 200;
    private static final int MOST_OF_USER = 20;
    private static final int QUEUE = 256;

    private final Set<Listener> listeners = ConcurrentHashMap.newKeySet();
    private final Duration heartbeat;
    private final Counter dropped;
    private final Function<Language, ? extends Map<String, ?>> status;
    private volatile boolean closed;

    /**
     * Nobody listens yet.
     *
     * @param status how the way here stands, as it is told in a language; asked when it is told
     */
    AlertStreams(Duration heartbeat, MeterRegistry meters, Function<Language, ? extends Map<String, ?>> status) {
        this.heartbeat = heartbeat;
        this.status = status;
        Gauge.builder("metsuke.console.streams", listeners, Set::size)
                .description("Browsers that listen for alerts")
                .register(meters);
        dropped = Counter.builder("metsuke.console.streams.dropped")
                .description("Listeners let go because they did not keep up")
                .register(meters);
    }

    /** What is sent; a null is the sign to end. */
    private record Frame(@Nullable String event, String data) {}

    /** Lets a browser listen, or says why it may not. */
    void open(Context request) {
        String user = Caller.of(request).name();
        if (listeners.size() >= MOST_CLIENTS) {
            Answer.refuse(request, 503, Text.of("alerts.too-many-listen"));
        } else if (isFull(user)) {
            Answer.refuse(request, 429, Text.of("alerts.listens-too-often", user, MOST_OF_USER));
        } else {
            new SseHandler(this::add).handle(request);
        }
    }

    private boolean isFull(String user) {
        return listeners.stream().filter(listener -> listener.user.equals(user)).count() >= MOST_OF_USER;
    }

    /** Takes a browser in; it first hears {@code hello} and how the way here stands, upon which it should read the list. */
    private synchronized void add(SseClient client) {
        Caller caller = Caller.of(client.ctx());
        if (closed || listeners.size() >= MOST_CLIENTS || isFull(caller.name())) {
            client.close();
            return;
        }
        client.keepAlive();
        Listener listener = new Listener(caller, language(client.ctx()), client);
        client.onClose(() -> listeners.remove(listener));
        listener.offer(standing("hello", listener.language));
        listeners.add(listener);
        Thread.ofVirtual().name("metsuke-console-stream").start(listener::run);
    }

    /**
     * Sends to all. What is sent later says what was known later: what a message says is asked for in the order of sending.
     *
     * @param event the message's name
     * @param body what it says
     */
    synchronized void publish(String event, Supplier<? extends Map<String, ?>> body) {
        if (!listeners.isEmpty()) {
            Frame frame = new Frame(event, Answer.text(body.get()));
            send(_ -> frame);
        }
    }

    /** Tells all to read the list anew. */
    synchronized void refresh() {
        send(language -> standing("hello", language));
    }

    /** Tells all how the way here stands now. */
    synchronized void tellStatus() {
        send(language -> standing("status", language));
    }

    @Override
    public void close() {
        closed = true;
        listeners.forEach(Listener::end);
    }

    private Frame standing(String event, Language language) {
        return new Frame(event, Answer.text(status.apply(language)));
    }

    /** The page's own: a browser that listens sends its own header, and none of a page's. */
    private static Language language(Context request) {
        String named = request.queryParam("language");
        return named == null ? Answer.language(request) : AcceptLanguage.wanted(named);
    }

    private void send(Function<Language, Frame> frame) {
        for (Listener listener : listeners) {
            if (!listener.offer(frame.apply(listener.language))) {
                dropped.increment();
                listener.end();
            }
        }
    }

    private final class Listener {

        private final String user;
        private final @Nullable Instant until;
        private final Language language;
        private final SseClient client;
        private final BlockingQueue<Frame> queue = new ArrayBlockingQueue<>(QUEUE);
        private volatile boolean ended;

        Listener(Caller caller, Language language, SseClient client) {
            user = caller.name();
            until = caller.until();
            this.language = language;
            this.client = client;
        }

        boolean offer(Frame frame) {
            return queue.offer(frame);
        }

        void end() {
            ended = true;
            listeners.remove(this);
            queue.clear();
            queue.add(new Frame(null, ""));
        }

        /** Whoever listens has to log in again. */
        private boolean isOver() {
            return until != null && !Instant.now().isBefore(until);
        }

        void run() {
            try {
                while (!ended && !client.terminated() && !isOver()) {
                    Frame frame = queue.poll(heartbeat.toMillis(), TimeUnit.MILLISECONDS);
                    if (frame == null) {
                        client.sendComment("heartbeat");
                    } else if (frame.event() != null) {
                        client.sendEvent(frame.event(), frame.data());
                    }
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } finally {
                listeners.remove(this);
                client.close();
            }
        }
    }
}
