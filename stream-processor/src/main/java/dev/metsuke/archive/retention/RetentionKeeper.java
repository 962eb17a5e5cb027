package dev.metsuke.archive.retention;

import co.elastic.clients.elasticsearch.ElasticsearchClient;
import co.elastic.clients.elasticsearch._types.query_dsl.Query;
import dev.metsuke.archive.read.PointInTime;
import dev.metsuke.archive.retention.Fate.Close;
import dev.metsuke.archive.retention.Fate.Delete;
import dev.metsuke.archive.retention.Fate.Hold;
import dev.metsuke.archive.retention.Fate.Keep;
import dev.metsuke.archive.retention.Retention.Clock;
import dev.metsuke.events.archive.ArchiveIndex;
import dev.metsuke.events.retention.IndexDeletion;
import dev.metsuke.events.retention.LegalHold;
import dev.metsuke.events.topic.Topic;
import dev.metsuke.operations.kafka.KafkaSettings;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Carries out, time and again, what {@link Retention} decides: closes past months, deletes what has expired. */
public final class RetentionKeeper implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(RetentionKeeper.class);

    /** The first look comes sooner than the interval: a process may never live that long. */
    private static final Duration FIRST = Duration.ofSeconds(30);

    private static final Query TELLS_OF_DELETIONS =
            Query.of(query -> query.term(term -> term.field("event.action").value(IndexDeletion.ACTION)));

    private final RetentionSettings settings;
    private final KafkaSettings kafka;
    private final ElasticsearchClient client;
    private final Lifecycle.Ability lifecycle;
    private final Retention retention;
    private final RetentionTopic topic;
    private final ArchivedUntil archivedUntil;
    private final InstantSource clock;
    private final Counter closed;
    private final Counter deleted;
    private final Counter failed;
    private final AtomicLong held = new AtomicLong();

    private final CountDownLatch stop = new CountDownLatch(1);
    private final Thread thread;

    /**
     * Looks at nothing yet.
     *
     * @param client of the cluster; it stays the caller's to close
     * @param lifecycle whether the cluster has index lifecycle management
     * @param topics what is archived
     * @param groupId under which Kafka keeps how far that is
     */
    public RetentionKeeper(
            RetentionSettings settings,
            KafkaSettings kafka,
            ElasticsearchClient client,
            Lifecycle.Ability lifecycle,
            Collection<Topic> topics,
            String groupId,
            InstantSource clock,
            MeterRegistry meters) {
        this.settings = settings;
        this.kafka = kafka;
        this.client = client;
        this.lifecycle = lifecycle;
        this.retention = new Retention(settings);
        this.topic = new RetentionTopic(kafka);
        this.archivedUntil = new ArchivedUntil(topics, groupId);
        this.clock = clock;
        closed = counter(meters, "metsuke.archive.indices.closed", "Indices of past months that were made read-only");
        deleted = counter(meters, "metsuke.archive.indices.deleted", "Indices whose time was over");
        failed = counter(meters, "metsuke.archive.retention.failures", "Looks at the indices that failed");
        Gauge.builder("metsuke.archive.indices.held", held, AtomicLong::get)
                .description("Indices past their time that legal holds keep")
                .register(meters);
        thread = Thread.ofPlatform().name("metsuke-retention").unstarted(this::run);
    }

    /** Begins to look; a second call changes nothing. */
    public void start() {
        if (thread.getState() == Thread.State.NEW) {
            thread.start();
        }
    }

    private void run() {
        Duration wait = settings.checkInterval().compareTo(FIRST) < 0 ? settings.checkInterval() : FIRST;
        try {
            while (!stop.await(wait.toMillis(), TimeUnit.MILLISECONDS)) {
                try {
                    look();
                } catch (IOException | ExecutionException | RuntimeException e) {
                    if (stop.getCount() == 0) {
                        return;
                    }
                    failed.increment();
                    LOG.warn("Past months are neither closed nor deleted now, and will be later: {}", e.toString());
                } catch (Error e) {
                    // A thread that ended here in silence would look as if nothing were past its time.
                    failed.increment();
                    LOG.error("Past months are neither closed nor deleted now, and will be later.", e);
                }
                wait = settings.checkInterval();
            }
        } catch (InterruptedException e) {
            LOG.debug("Told to stop.", e);
        }
    }

    private void look() throws IOException, ExecutionException, InterruptedException {
        Clock time;
        try (Admin brokers = Admin.create(kafka.clientProperties("metsuke-retention"))) {
            time = archivedUntil.look(brokers, clock.instant());
        } catch (KafkaException e) {
            throw new IOException("Kafka at " + kafka.bootstrapServers() + " does not answer: " + e, e);
        }
        ArchiveIndices indices = new ArchiveIndices(client, lifecycle.isPresent());
        // Events before the seals that prove them: what fails half-way leaves proof.
        List<StoredIndex> all = indices.all().stream()
                .sorted(Comparator.comparing(StoredIndex::kind).thenComparing(StoredIndex::month))
                .toList();
        List<LegalHold> holds = holdsInForce();
        Map<String, List<String>> holding = new HashMap<>();
        for (StoredIndex index : all) {
            if (retention.isExpired(index, time)) {
                holding.put(index.name(), holding(indices, index, holds));
            }
        }
        neededSeals(all, retention.fates(all, holding, time))
                .ifPresent(needed -> holding.put(needed.index(), List.of(needed.because())));
        Map<String, Fate> fates = retention.fates(all, holding, time);
        held.set(fates.values().stream().filter(Hold.class::isInstance).count());
        boolean areEventsLeft = false;
        for (StoredIndex index : all) {
            Fate fate = Objects.requireNonNull(fates.get(index.name()));
            if (fate instanceof Delete && !holdsInForce().equals(holds)) {
                LOG.info("{} stays for now: the legal holds changed while it was decided on.", index.name());
                return;
            }
            boolean provesWhatWaits = index.kind() == ArchiveIndex.SEALS && areEventsLeft && fate instanceof Delete;
            if (!provesWhatWaits && !carryOut(indices, index, fate, holds)) {
                areEventsLeft |= index.kind() == ArchiveIndex.ACCESS_EVENTS;
            }
        }
    }

    private List<LegalHold> holdsInForce() throws IOException {
        return topic.holds().stream().filter(LegalHold::isInForce).toList();
    }

    /** The oldest index of seals that would go, and must not; all younger ones stay with it. */
    private Optional<Needed> neededSeals(List<StoredIndex> byMonth, Map<String, Fate> fates) throws IOException {
        List<String> events = named(byMonth, ArchiveIndex.ACCESS_EVENTS, index -> !goes(index, fates));
        List<String> doubtful = named(byMonth, ArchiveIndex.SEALS, index -> goes(index, fates));
        if (events.isEmpty() || doubtful.isEmpty()) {
            return Optional.empty();
        }
        List<String> seals = named(byMonth, ArchiveIndex.SEALS, _ -> true);
        try (PointInTime archive = PointInTime.open(client, ArchiveIndex.ACCESS_EVENTS, ArchiveIndex.SEALS)) {
            NeededSeals needed = new NeededSeals(archive, events);
            for (String index : doubtful) {
                Optional<String> reason = needed.reason(index, seals.subList(seals.indexOf(index) + 1, seals.size()));
                if (reason.isPresent()) {
                    return Optional.of(new Needed(index, reason.get()));
                }
            }
        }
        return Optional.empty();
    }

    private static List<String> named(List<StoredIndex> indices, ArchiveIndex kind, Predicate<StoredIndex> which) {
        return indices.stream()
                .filter(index -> index.kind() == kind && which.test(index))
                .map(StoredIndex::name)
                .toList();
    }

    private static boolean goes(StoredIndex index, Map<String, Fate> fates) {
        return fates.get(index.name()) instanceof Delete;
    }

    private record Needed(String index, String because) {}

    private List<String> holding(ArchiveIndices indices, StoredIndex index, List<LegalHold> holds) throws IOException {
        List<String> holding = new ArrayList<>();
        for (LegalHold hold : holds) {
            Optional<Query> documents = HeldDocuments.query(hold, index.kind());
            if (HeldDocuments.holdsMonth(hold, index)
                    || (documents.isPresent() && indices.count(index.name(), documents.get()) > 0)) {
                holding.add("legal hold " + hold);
            }
        }
        if (index.kind() == ArchiveIndex.RETENTION && indices.count(index.name(), TELLS_OF_DELETIONS) > 0) {
            holding.add("what it tells of deletions, by which verification knows why lines are missing");
        }
        return holding;
    }

    /** Whether it is done, and what comes behind it may follow. */
    private boolean carryOut(ArchiveIndices indices, StoredIndex index, Fate fate, List<LegalHold> holds)
            throws IOException {
        if (index.isHandedOver() && !(fate instanceof Delete)) {
            indices.takeBack(index.name());
            LOG.warn("{} was to be deleted, and stays: {}", index.name(), fate);
        }
        switch (fate) {
            case Keep() -> {}
            case Close() -> {
                // Where the cluster's own management does it, nothing here needs the right to.
                if (!lifecycle.isPresent()) {
                    indices.close(index.name());
                    closed.increment();
                    LOG.info("{} is closed: its month is over, and all of it is archived.", index.name());
                }
            }
            case Hold(List<String> because) -> LOG.info("{} is past its time and stays: {}", index.name(), because);
            case Delete(Instant expiredAt) -> {
                if (!index.isHandedOver()) {
                    return delete(indices, index, expiredAt, holds);
                }
            }
        }
        return true;
    }

    /** Whether it could be: it is told first. */
    private boolean delete(ArchiveIndices indices, StoredIndex index, Instant expiredAt, List<LegalHold> others)
            throws IOException {
        IndexDeletion deletion = new IndexDeletion(
                index.name(),
                index.uuid(),
                indices.count(index.name(), Query.of(query -> query.matchAll(all -> all))),
                expiredAt,
                settings.years(index.kind()),
                others.stream().map(LegalHold::holdId).toList(),
                clock.instant());
        if (!topic.tellsOf(deletion)) {
            topic.write(deletion);
        }
        // Without it in the archive, whoever verifies would take the index for removed by somebody.
        if (!indices.isThere(ArchiveIndex.RETENTION, deletion.eventId())) {
            LOG.info("{} will be deleted when the archive tells of it.", index.name());
            return false;
        }
        indices.delete(index.name());
        deleted.increment();
        LOG.warn("{} is deleted with its {} documents: {}.", index.name(), deletion.documents(), deletion.because());
        return true;
    }

    private static Counter counter(MeterRegistry meters, String name, String description) {
        return Counter.builder(name).description(description).register(meters);
    }

    @Override
    public void close() {
        stop.countDown();
        thread.interrupt();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
