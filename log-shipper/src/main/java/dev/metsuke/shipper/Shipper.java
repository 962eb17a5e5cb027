package dev.metsuke.shipper;

import dev.metsuke.events.seal.KeyStatement;
import dev.metsuke.events.seal.SealKeys;
import dev.metsuke.events.seal.ToldKeys;
import dev.metsuke.events.topic.Topic;
import dev.metsuke.operations.kafka.Causes;
import dev.metsuke.operations.kafka.Fencing;
import dev.metsuke.operations.kafka.KafkaSettings;
import dev.metsuke.operations.kafka.OpenTransactions;
import dev.metsuke.operations.kafka.TopicWatch;
import dev.metsuke.operations.part.Condition;
import dev.metsuke.operations.part.Part;
import dev.metsuke.operations.settings.InvalidSettingsException;
import dev.metsuke.shipper.position.Owner;
import dev.metsuke.shipper.position.PositionCodec;
import dev.metsuke.shipper.position.PositionReader;
import dev.metsuke.shipper.position.Positions;
import dev.metsuke.shipper.publish.Publisher;
import dev.metsuke.shipper.seal.Sealing;
import dev.metsuke.shipper.tail.TailedFile;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ships log files to Kafka, every line exactly once. Lines and positions commit in one transaction; whatever goes wrong,
 * the shipper takes over anew from what is committed.
 */
public final class Shipper implements Part {

    private static final Logger LOG = LoggerFactory.getLogger(Shipper.class);
    private static final Duration POLL = Duration.ofMillis(20);
    /** Where nothing was written for a while, each look costs more than it finds. */
    private static final Duration POLL_AT_REST = Duration.ofMillis(50);

    private static final Duration AT_REST_AFTER = Duration.ofSeconds(1);
    private static final Duration SHORTEST_PAUSE = Duration.ofMillis(200);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);
    private static final Duration PATIENCE_AT_CLOSE = Duration.ofSeconds(30);
    /** Within it, one who took this id over has said so. */
    private static final Duration OWNER_DECLARED = Duration.ofSeconds(3);

    private final ShipperSettings settings;
    private final KafkaSettings kafka;
    private final String id;
    private final Clock clock;
    private final List<Source> sources;
    private final Sealing sealing;
    private final Counter transactions;
    private final TopicWatch positionsWatch;
    private final AtomicLong lastCommitMillis;
    private final String incarnation = UUID.randomUUID().toString();
    private final CountDownLatch stopping = new CountDownLatch(1);
    private final Thread thread;

    private volatile Condition condition = new Condition.Starting();
    private volatile Optional<Instant> caughtUpAsOf = Optional.empty();

    private Instant started = Instant.EPOCH;
    private boolean hasOwned;
    private boolean isLikelyFenced;
    /** Since it was last at work. */
    private int failures;

    private long transactionSinceNanos;
    private long lastScanNanos;
    private long lastReadNanos;
    private Instant lastScan = Instant.EPOCH;

    public Shipper(ShipperSettings settings, KafkaSettings kafka, MeterRegistry registry) {
        this(settings, kafka, registry, Clock.systemUTC());
    }

    Shipper(ShipperSettings settings, KafkaSettings kafka, MeterRegistry registry, Clock clock) {
        this.settings = settings;
        this.kafka = kafka;
        this.id = settings.shipperId();
        this.clock = clock;
        this.sources = Source.all(settings, registry, clock);
        this.sealing = new Sealing(settings.seal(), id);
        this.transactions = Counter.builder("metsuke.ship.transactions")
                .description("Transactions committed")
                .register(registry);
        this.lastCommitMillis = new AtomicLong(clock.millis());
        Gauge.builder("metsuke.ship.last.commit.age", this, Shipper::secondsSinceCommit)
                .description(
                        "How long ago something of the files was committed last; it grows while there is nothing to"
                                + " ship")
                .baseUnit("seconds")
                .register(registry);
        // Of whatever shipper: none that starts comes behind it, and nothing behind it is compacted.
        this.positionsWatch = TopicWatch.of(
                new OpenTransactions(List.of(Topic.POSITIONS.title()), "metsuke.ship.open.transaction", registry),
                kafka,
                id);
        this.thread = Thread.ofPlatform().name("metsuke-ship").unstarted(this::run);
    }

    @Override
    public String name() {
        return "ship";
    }

    @Override
    public void start() {
        positionsWatch.start();
        thread.start();
    }

    @Override
    public Condition condition() {
        return condition;
    }

    public ShipperStats stats() {
        Map<String, ShipperStats.SourceStats> bySource = new TreeMap<>();
        for (int i = 0; i < sources.size(); i++) {
            bySource.put(
                    settings.sources().get(i).name(), sources.get(i).meters().stats());
        }
        return new ShipperStats(bySource, (long) transactions.count(), caughtUpAsOf);
    }

    /** Whether every file was read to its end but for unfinished bytes, which the stats tell, and all of it is committed. */
    public boolean caughtUp() {
        return caughtUpAsOf.isPresent();
    }

    @Override
    public void close() {
        stopping.countDown();
        positionsWatch.close();
        try {
            if (thread.isAlive() && !thread.join(PATIENCE_AT_CLOSE)) {
                thread.interrupt();
            }
        } catch (InterruptedException e) {
            thread.interrupt();
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        try {
            started = clock.instant();
            while (!isStopping()) {
                try (Publisher publisher = new Publisher(kafka, id)) {
                    // Before it takes over: that fences off whoever came since.
                    if (hasOwned && isTakenOverByAnother()) {
                        return;
                    }
                    takeOver(publisher);
                    ship(publisher);
                } catch (KafkaException e) {
                    if (Publisher.isTooLong(e)) {
                        failed(
                                "Kafka at " + kafka.bootstrapServers() + " does not take a record for its length ("
                                        + e.getMessage()
                                        + "); let "
                                        + String.join(", ", Publisher.topics())
                                        + " take 1048576 bytes (max.message.bytes), or lower"
                                        + " shipper.max-line-bytes, and start again; nothing is lost",
                                e);
                        return;
                    }
                    isLikelyFenced |= Fencing.isLikely(e);
                    failures++;
                    await(e);
                }
            }
            condition = new Condition.Stopped();
        } catch (InvalidSettingsException e) {
            String reason = String.join("; ", e.problems());
            condition = new Condition.Failed(reason);
            LOG.error("shipper {}: {}", id, reason);
        } catch (RuntimeException | Error e) {
            // An Error as well: a thread that ends in silence would look as if it ran.
            failed("the shipper failed: " + e + "; its log says where", e);
        } finally {
            caughtUpAsOf = condition instanceof Condition.Stopped ? caughtUpAsOf : Optional.empty();
            sources.forEach(Source::close);
        }
    }

    private void failed(String reason, Throwable cause) {
        condition = new Condition.Failed(reason);
        LOG.error("shipper {}: {}", id, reason, cause);
    }

    private void takeOver(Publisher publisher) {
        publisher.takeOver();
        isLikelyFenced = false;
        PositionReader reader = new PositionReader(kafka, id, this::isStopping);
        Positions positions = reader.read();
        SortedSet<String> left =
                positions.leftBehind(sources.stream().map(Source::stream).toList());
        refuseToShipAgain(reader, positions, left);
        sources.forEach(source -> source.rewind(positions));
        sealing.takeOver(
                now(),
                positions.toldKeys(),
                sources.stream()
                        .map(source -> positions.seal(source.stream()))
                        .filter(Objects::nonNull)
                        .toList());
        Owner owner = new Owner(incarnation, HostName.get(), started);
        publisher.position(PositionCodec.ownerKey(id), PositionCodec.owner(owner));
        publisher.commit();
        transactions.increment();
        hasOwned = true;
        LOG.info("shipper {} goes on from its committed positions", id);
        if (!left.isEmpty()) {
            LOG.warn(
                    "shipper {}: no source goes on with {}, and others begin anew; one that was renamed goes on with a"
                            + " setting stream, its former name",
                    id,
                    String.join(", ", left));
        }
    }

    /** What is archived twice stays so for years. */
    private void refuseToShipAgain(PositionReader reader, Positions positions, SortedSet<String> left) {
        List<String> problems = new ArrayList<>(RenamedSource.among(sources, positions, left).stream()
                .map(RenamedSource::describe)
                .toList());
        if (settings.id() == null && positions.isEmpty()) {
            RenamedHost.among(reader.readFiles(position -> RenamedHost.isLookedFor(position, sources)))
                    .ifPresent(renamed -> problems.add(renamed.describe(id)));
        }
        if (!problems.isEmpty()) {
            throw new InvalidSettingsException(problems);
        }
    }

    private void ship(Publisher publisher) {
        scan();
        commitNews(publisher);
        while (!isStopping()) {
            if (isScanDue()) {
                sources.forEach(source -> source.files().countUnreadable());
                // Comparing files may take longer than the broker lets a transaction be open.
                commit(publisher);
                scan();
                sealing.lookForNews();
                commitNews(publisher);
            }
            boolean read = readAll(publisher);
            if (read) {
                lastReadNanos = System.nanoTime();
            }
            if (!read && transactionSinceNanos != 0 && isHeldBack()) {
                commit(publisher);
            } else if (!read) {
                if (hasSealDue()) {
                    commit(publisher);
                }
                commitIfDue(publisher);
                if (transactionSinceNanos == 0) {
                    // All is committed, or there was nothing to ship.
                    atWork();
                }
                noteWhetherCaughtUp();
                pause(System.nanoTime() - lastReadNanos < AT_REST_AFTER.toNanos() ? POLL : POLL_AT_REST);
            }
        }
        commit(publisher, true);
    }

    /** Taking over alone does not tell that Kafka takes what is read. */
    private void atWork() {
        failures = 0;
        if (!(condition instanceof Condition.Running)) {
            condition = new Condition.Running();
        }
    }

    private boolean isScanDue() {
        return System.nanoTime() - lastScanNanos >= settings.scanInterval().toNanos();
    }

    private void scan() {
        lastScan = clock.instant();
        lastScanNanos = System.nanoTime();
        sources.forEach(source -> source.files().scan(lastScanNanos));
    }

    /** One buffer of each file that has news; whether there was any. */
    private boolean readAll(Publisher publisher) {
        boolean read = false;
        for (Source source : sources) {
            for (TailedFile file : source.files().withNews(System.nanoTime())) {
                read = true;
                if (file.isFarFromTheNext()) {
                    // Unpacking as well may take longer than the broker lets a transaction be open.
                    commit(publisher);
                }
                if (transactionSinceNanos == 0) {
                    transactionSinceNanos = System.nanoTime();
                    caughtUpAsOf = Optional.empty();
                }
                try {
                    source.read(file, publisher, System.nanoTime());
                } catch (IOException e) {
                    source.files().unreadable(file, e);
                }
                commitIfDue(publisher);
                if (isStopping()) {
                    return true;
                }
            }
        }
        return read;
    }

    /** What is to be told though nothing was read. */
    private void commitNews(Publisher publisher) {
        if (sealing.hasNews()
                || sources.stream().anyMatch(source -> source.files().hasUnsaved())) {
            commit(publisher);
        }
    }

    private void commitIfDue(Publisher publisher) {
        if (transactionSinceNanos != 0
                && System.nanoTime() - transactionSinceNanos
                        >= settings.commitInterval().toNanos()) {
            commit(publisher);
        }
    }

    private void commit(Publisher publisher) {
        commit(publisher, false);
    }

    private void commit(Publisher publisher, boolean sealsAll) {
        sources.forEach(source -> source.savePositions(publisher));
        boolean ships = publisher.isOpen();
        seal(publisher, sealsAll);
        boolean isAnything = publisher.isOpen();
        if (isAnything) {
            publisher.commit();
            transactions.increment();
        }
        if (ships) {
            lastCommitMillis.set(clock.millis());
            atWork();
        }
        sources.forEach(source -> source.committed(isAnything));
        sealing.committed(sources.stream()
                .map(Source::committedSeal)
                .filter(Objects::nonNull)
                .toList());
        transactionSinceNanos = 0;
    }

    /** Whoever stops seals all that is open, so that nothing waits for the next start. */
    private void seal(Publisher publisher, boolean all) {
        Instant now = now();
        List<Source> due =
                sources.stream().filter(source -> source.isSealDue(now, all)).toList();
        if (due.isEmpty() && !sealing.hasNews()) {
            return;
        }
        Optional<SealKeys.Current> key = sealing.key(now);
        List<KeyStatement> news = sealing.news();
        news.forEach(statement -> publisher.seal(id.getBytes(StandardCharsets.UTF_8), () -> statement));
        ToldKeys told = sealing.told(news);
        if (!news.isEmpty()) {
            publisher.position(PositionCodec.toldKeysKey(id), PositionCodec.toldKeys(told));
        }
        key.ifPresent(signer -> due.forEach(source -> source.seal(publisher, signer, now, told.revocations())));
    }

    private boolean hasSealDue() {
        Instant now = now();
        return sources.stream().anyMatch(source -> source.isSealDue(now, false));
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }

    private boolean isHeldBack() {
        return sources.stream().anyMatch(source -> source.files().isHeldBack());
    }

    private void noteWhetherCaughtUp() {
        long now = System.nanoTime();
        boolean done = transactionSinceNanos == 0
                && sources.stream().noneMatch(source -> source.files().awaitsMore(now));
        caughtUpAsOf = done ? Optional.of(lastScan) : Optional.empty();
    }

    private boolean isTakenOverByAnother() {
        PositionReader positions = new PositionReader(kafka, id, this::isStopping);
        // One that took over has ended this one's transaction, which else lies open before what is to be read.
        @Nullable Owner owner = isLikelyFenced ? positions.read().owner() : positions.owner(OWNER_DECLARED);
        if (owner == null || owner.incarnation().equals(incarnation)) {
            return false;
        }
        String reason = "another shipper with the id " + id + " took over (on host " + owner.host() + ", started "
                + owner.since() + "); stop one of them, or give each its own shipper.id; if that one runs no more,"
                + " start this one again";
        LOG.error("{}", reason);
        condition = new Condition.TakenOver(reason);
        return true;
    }

    private void await(KafkaException failure) {
        caughtUpAsOf = Optional.empty();
        transactionSinceNanos = 0;
        if (isStopping()) {
            return;
        }
        String reason = "Kafka at " + kafka.bootstrapServers() + " does not take what is read ("
                + Causes.describe(failure) + "); the files are the buffer, nothing is lost";
        Condition now = new Condition.Waiting(reason);
        if (!now.equals(condition)) {
            LOG.warn("shipper {}: {}", id, reason);
            condition = now;
        }
        LOG.debug("shipper {} takes over anew after", id, failure);
        if (hasOwned && isScanDue()) {
            // So that files that come and go meanwhile are known, and how much is unread.
            scan();
        }
        pause(isLikelyFenced && hasOwned ? OWNER_DECLARED : pauseAfter(failures));
    }

    private static Duration pauseAfter(int failures) {
        long most = Math.min(LONGEST_PAUSE.toMillis(), SHORTEST_PAUSE.toMillis() << Math.min(failures, 10));
        return Duration.ofMillis(ThreadLocalRandom.current().nextLong(most) + 1);
    }

    private boolean isStopping() {
        return stopping.getCount() == 0;
    }

    private void pause(Duration most) {
        try {
            var _ = stopping.await(most.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            stopping.countDown();
            Thread.currentThread().interrupt();
        }
    }

    private double secondsSinceCommit() {
        return (clock.millis() - lastCommitMillis.get()) / 1000.0;
    }
}
