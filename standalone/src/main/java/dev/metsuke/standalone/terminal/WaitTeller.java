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
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Tells whoever waits for Elasticsearch that it has not answered: soon, then once a minute. Of several questions at once the answer
 * to any ends the wait, and another begins.
 */
public final class WaitTeller implements Instrumentation, AutoCloseable {

    private static final Duration SOON = Duration.ofSeconds(5);
    private static final Duration EVERY = Duration.ofMinutes(1);

    private final String addresses;
    private final InstantSource clock;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("metsuke-wait").daemon().factory());

    private final Set<Context> unanswered = new HashSet<>();
    /** Since when nothing has been answered, while something is asked. */
    private Instant silentSince = Instant.MAX;

    private Instant toldNext = Instant.MAX;

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
        Instant now = clock.instant();
        if (unanswered.isEmpty() || now.isBefore(toldNext)) {
            return Optional.empty();
        }
        toldNext = now.plus(EVERY);
        return Optional.of("still waiting for Elasticsearch at " + addresses + ", for "
                + roughly(Duration.between(silentSince, now)) + " now");
    }

    @Override
    public synchronized <RequestT> Context newContext(RequestT request, Endpoint<RequestT, ?, ?> endpoint) {
        if (unanswered.isEmpty()) {
            waitFromNow();
        }
        Question question = new Question();
        unanswered.add(question);
        return question;
    }

    private synchronized void end(Question question) {
        unanswered.remove(question);
        waitFromNow();
    }

    private void waitFromNow() {
        silentSince = clock.instant();
        toldNext = silentSince.plus(SOON);
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }

    /** Until it is answered, or given up. */
    private final class Question implements Context {

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
            end(this);
        }
    }
}
