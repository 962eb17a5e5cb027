package dev.metsuke.detect;

import dev.metsuke.detect.policy.Policy;
import dev.metsuke.detect.state.StateStores;
import dev.metsuke.operations.kafka.BrokerNames;
import dev.metsuke.operations.kafka.BrokerWatch;
import dev.metsuke.operations.kafka.Causes;
import dev.metsuke.operations.kafka.KafkaSettings;
import dev.metsuke.operations.kafka.OpenTransactions;
import dev.metsuke.operations.kafka.Question;
import dev.metsuke.operations.kafka.TopicWatch;
import dev.metsuke.operations.part.Condition;
import dev.metsuke.operations.part.Part;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.kafka.KafkaStreamsMetrics;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.streams.CloseOptions;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.errors.MissingSourceTopicException;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs detection until it is closed: waits for the brokers, checks the topics, then judges. */
public final class Detection implements Part {

    private static final Logger LOG = LoggerFactory.getLogger(Detection.class);
    private static final Duration LOOK_EVERY = Duration.ofSeconds(1);
    private static final int LOOKS_AT_TOPICS = 4;
    private static final int ANSWER_WITHIN_MILLIS = 5_000;

    private final KafkaSettings kafka;
    private final DetectSettings settings;
    private final Policy policy;
    private final MeterRegistry meters;
    private final BrokerWatch broker;
    private final TopicTrouble topics;
    private final OpenTransactions transactions;
    private final CountDownLatch closing = new CountDownLatch(1);
    private final AtomicBoolean isClosed = new AtomicBoolean();
    private final AtomicReference<Optional<Failure>> failure = new AtomicReference<>(Optional.empty());
    private volatile Condition condition = new Condition.Starting();
    private volatile @Nullable KafkaStreams streams;
    private volatile @Nullable Thread keeper;

    public Detection(KafkaSettings kafka, DetectSettings settings, Policy policy, MeterRegistry meters) {
        this.kafka = kafka;
        this.settings = settings;
        this.policy = policy;
        this.meters = meters;
        broker = new BrokerWatch(kafka, settings.applicationId());
        topics = new TopicTrouble(settings.applicationId());
        transactions = new OpenTransactions(TopicCheck.titles(), "metsuke.detect.open.transaction", meters);
    }

    @Override
    public String name() {
        return "detect";
    }

    @Override
    public void start() {
        broker.start();
        keeper = Thread.ofPlatform().name("detect-keeper").daemon().start(this::run);
    }

    @Override
    public Condition condition() {
        return condition.hinderedBy(broker.trouble().or(topics::problem));
    }

    /** How many accesses were judged since the start. */
    public long judged() {
        return total("metsuke.detect.events");
    }

    @Override
    public void close() {
        if (!isClosed.compareAndSet(false, true)) {
            return;
        }
        closing.countDown();
        broker.close();
        KafkaStreams running = streams;
        if (running != null) {
            // Leaves the group, so that the successor need not wait until the session ends.
            boolean isOrderly = running.close(
                    CloseOptions.groupMembershipOperation(CloseOptions.GroupMembershipOperation.LEAVE_GROUP)
                            .withTimeout(settings.closeTimeout()));
            if (!isOrderly) {
                LOG.warn(
                        "Detection did not stop within {} s (detect.close-timeout); its open transaction is taken back",
                        settings.closeTimeout().toSeconds());
            }
        }
        joinKeeper();
        if (!(condition instanceof Condition.Failed)) {
            condition = new Condition.Stopped();
        }
    }

    private void joinKeeper() {
        Thread thread = keeper;
        try {
            if (thread != null && thread != Thread.currentThread()) {
                thread.join(settings.closeTimeout());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        try {
            DeletedUnjudged lost = new DeletedUnjudged(settings.applicationId(), meters);
            // Looked up anew before Kafka Streams makes its clients, as the brokers may have let wait for long.
            if (areBrokersKnown() && isReady(lost) && areBrokersKnown()) {
                startStreams();
                watch(lost);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException | Error e) {
            // An Error as well: a thread that ends in silence would look as if it ran.
            fail(e);
        }
    }

    /** False where detection is closed before that. */
    private boolean areBrokersKnown() throws InterruptedException {
        return BrokerNames.await(kafka, closing, unknown -> condition = new Condition.Waiting(unknown));
    }

    private boolean isReady(DeletedUnjudged lost) throws InterruptedException {
        try (Admin admin = keepersClient()) {
            return isReady(admin, lost);
        }
    }

    private Admin keepersClient() {
        Map<String, Object> client = kafka.clientProperties(settings.applicationId() + "-keeper");
        client.put("request.timeout.ms", ANSWER_WITHIN_MILLIS);
        client.put("default.api.timeout.ms", ANSWER_WITHIN_MILLIS);
        return Admin.create(client);
    }

    /** False where detection is closed before the brokers answer, or where the topics will not do. */
    private boolean isReady(Admin admin, DeletedUnjudged lost) throws InterruptedException {
        int looks = 0;
        do {
            try {
                Optional<String> problem = TopicCheck.problem(admin, settings.applicationId());
                if (problem.isEmpty()) {
                    lost.look(admin);
                    return true;
                }
                // What setup has just created, not every broker knows at once.
                condition = new Condition.Waiting(problem.get());
                looks++;
                if (looks == LOOKS_AT_TOPICS) {
                    LOG.error("Detection cannot start: {}", problem.get());
                    condition = new Condition.Failed(problem.get());
                    return false;
                }
            } catch (ExecutionException e) {
                if (!(e.getCause() instanceof RetriableException)) {
                    fail(Objects.requireNonNullElse(e.getCause(), e));
                    return false;
                }
                condition = new Condition.Waiting("Kafka does not answer what is asked first (" + e.getCause() + ")");
            }
        } while (!closing.await(LOOK_EVERY.toMillis(), TimeUnit.MILLISECONDS));
        return false;
    }

    private synchronized void startStreams() {
        if (isClosed.get()) {
            return;
        }
        Properties config = DetectConfig.properties(kafka, settings, meters);
        DetectTopology topology = new DetectTopology(policy, meters, StateStores.ON_DISK, settings.consoleUrl());
        KafkaStreams made = new KafkaStreams(topology.build(new StreamsConfig(config)), config);
        made.setStateListener((now, before) -> changed(now));
        made.setUncaughtExceptionHandler(this::recover);
        new KafkaStreamsMetrics(made).bindTo(meters);
        streams = made;
        LOG.info("Detection starts by policy {}", policy.versionName());
        made.start();
        if (isClosed.get()) {
            made.close(settings.closeTimeout());
        }
    }

    /** Until detection is closed. */
    private void watch(DeletedUnjudged lost) throws InterruptedException {
        Question question = admin -> {
            topics.look(admin);
            if (topics.problem().isEmpty()) {
                lost.look(admin);
                transactions.look(admin);
            }
        };
        try (TopicWatch watch = new TopicWatch(
                kafka,
                settings.applicationId(),
                question,
                "whether Kafka deletes accesses before they are judged, or holds them back,")) {
            watch.start();
            closing.await();
        }
    }

    private void changed(KafkaStreams.State state) {
        if (condition instanceof Condition.Failed) {
            return;
        }
        condition = switch (state) {
            case CREATED -> new Condition.Starting();
            case REBALANCING -> new Condition.Waiting("its partitions are being assigned and their state restored");
            case RUNNING -> new Condition.Running();
            // Until close() is through, which may take its time.
            case PENDING_SHUTDOWN, NOT_RUNNING ->
                new Condition.Waiting("it was told to stop, and ends what is under way");
            case PENDING_ERROR, ERROR ->
                isClosed.get()
                        ? new Condition.Stopped()
                        : new Condition.Failed("Kafka Streams stopped by itself; the log says why");
        };
    }

    /** What is to become of detection where a thread of it failed; asked by that thread, which may wait. */
    StreamThreadExceptionResponse recover(Throwable thrown) {
        if (Causes.of(thrown).stream().noneMatch(RetriableException.class::isInstance)) {
            if (Causes.of(thrown).stream().anyMatch(MissingSourceTopicException.class::isInstance)) {
                lookForMissingTopics();
            }
            fail(thrown);
            return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
        }
        LOG.warn("Detection goes on with a new thread", thrown);
        // While DNS is away a new thread's clients cannot be made, which Kafka Streams would tell nobody.
        return areBrokersKnownAgain()
                ? StreamThreadExceptionResponse.REPLACE_THREAD
                : StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
    }

    /** False where detection is closed before that. */
    private boolean areBrokersKnownAgain() {
        try {
            return areBrokersKnown();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** Kafka Streams does not say which they are. */
    private void lookForMissingTopics() {
        try (Admin admin = keepersClient()) {
            topics.look(admin);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | KafkaException e) {
            LOG.warn("Which topics are missing is not seen now: {}", e.toString());
        }
    }

    private void fail(Throwable thrown) {
        LOG.error("Detection stopped; what was not committed is judged again at the next start", thrown);
        Failure now = Failure.of(thrown, topics.problem(), settings.stateDir());
        Failure told = failure.updateAndGet(
                        before -> Optional.of(before.map(first -> first.or(now)).orElse(now)))
                .orElseThrow();
        condition = new Condition.Failed(told.reason()
                + "; what was not committed is judged again at the next start, see the log for where it stopped");
    }

    private long total(String counter) {
        return (long) meters.find(counter).counters().stream()
                .mapToDouble(found -> found.count())
                .sum();
    }
}
