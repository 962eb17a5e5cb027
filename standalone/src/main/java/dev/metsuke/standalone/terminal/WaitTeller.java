package dev.metsuke.standalone.terminal;

import static dev.metsuke.standalone.terminal.Numbers.roughly;

import co.elastic.clients.transport.Endpoint;
import co.elastic.clients.transport.TransportOptions;
import co.elastic.clients.transport.http.TransportHttpClient;
import co.elastic.clients.transport.instrumentation.Instrumentation;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Tells whoever waits for Elasticsearch, which is asked one thing at a time, that it has not answered: soon, then once a minute. */
public final class WaitTeller implements Instrumentation, AutoCloseable {

    private static final Duration SOON = Duration.ofSeconds(5);
    private static final Duration EVERY = Duration.ofMinutes(1);

    private final String addresses;
    private final InstantSource clock;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("metsuke-wait").daemon().factory());

    private @Nullable Wait current;

    WaitTeller(String addresses, InstantSource clock) {
        this.addresses = addresses;
        this.clock = clock;
    }

    /** Tells of each request that the client makes to which it is given. */
    public static WaitTeller start(String addresses, PrintWriter out) {
        WaitTeller teller = new WaitTeller(addresses, InstantSource.system());
        var _ = teller.timer.scheduleAtFixedRate(
                () -> teller.describe().ifPresent(out::println), 1, 1, TimeUnit.SECONDS);
        return teller;
    }

    /** What is to be told now. */
    synchronized Optional<String> describe() {
        Wait wait = current;
        Instant now = clock.instant();
        if (wait == null || now.isBefore(wait.toldNext)) {
            return Optional.empty();
        }
        wait.toldNext = now.plus(EVERY);
        return Optional.of("still waiting for Elasticsearch at " + addresses + ", for "
                + roughly(Duration.between(wait.since, now)) + " now");
    }

    @Override
    public synchronized <RequestT> Context newContext(RequestT request, Endpoint<RequestT, ?, ?> endpoint) {
        Wait wait = new Wait(clock.instant());
        current = wait;
        return wait;
    }

    private synchronized void end() {
        current = null;
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }

    /** For one answer. */
    private final class Wait implements Context {

        private final Instant since;
        private Instant toldNext;

        Wait(Instant since) {
            this.since = since;
            toldNext = since.plus(SOON);
        }

        @Override
        public ThreadScope makeCurrent() {
            return () -> {};
        }

        @Override
        public void beforeSendingHttpRequest(TransportHttpClient.Request request, TransportOptions options) {}

        @Override
        public void afterReceivingHttpResponse(TransportHttpClient.Response response) {}

        @Override
        public <ResponseT> void afterDecodingApiResponse(ResponseT response) {}

        @Override
        public void recordException(Throwable failure) {}

        @Override
        public void close() {
            end();
        }
    }
}
