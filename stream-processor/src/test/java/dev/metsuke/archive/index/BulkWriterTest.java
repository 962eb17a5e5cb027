package dev.metsuke.archive.index;

import static org.assertj.core.api.Assertions.assertThat;

import dev.metsuke.archive.index.BulkOutcome.Extent;
import dev.metsuke.archive.index.BulkOutcome.Indexed;
import dev.metsuke.archive.index.BulkOutcome.Poison;
import dev.metsuke.archive.index.BulkOutcome.Retry;
import dev.metsuke.archive.index.Prepared.Document;
import dev.metsuke.archive.index.Prepared.Write;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class BulkWriterTest {

    private static final List<Extent> EXTENTS = List.of(Extent.values());
    private static final Duration WAIT = Duration.ofSeconds(10);

    @Test
    void sendsAgainOnlyWhatIsNotSettled() throws InterruptedException {
        // Given
        List<Integer> sizes = Collections.synchronizedList(new ArrayList<>());
        BulkSender sender = documents -> {
            sizes.add(documents.size());
            return documents.stream()
                    .map(document -> firstTry(document, sizes.size()))
                    .toList();
        };
        try (BulkWriter<Integer> writer = writer(sender, 3, 1)) {
            // When
            writer.offer(0, document("good"));
            writer.offer(1, document("later"));
            writer.offer(2, document("bad"));

            // Then
            Map<Integer, BulkOutcome> settled = take(writer, 3);
            assertThat(settled)
                    .containsEntry(0, new Indexed(true))
                    .containsEntry(1, new Indexed(true))
                    .containsEntry(2, new Poison("no"));
            assertThat(sizes).containsExactly(3, 1);
        }
    }

    @Test
    void takesNothingMoreWhileAllSlotsAreBusyAndOneBulkIsFull() throws InterruptedException {
        CountDownLatch release = new CountDownLatch(1);
        BulkSender sender = documents -> {
            release.await();
            return Collections.nCopies(documents.size(), new Indexed(true));
        };
        try (BulkWriter<Integer> writer = writer(sender, 2, 3)) {
            int taken = 0;
            while (writer.offer(taken, document("d"))) {
                taken++;
            }
            assertThat(taken).isEqualTo(2 * 3 + 2);
            release.countDown();
            take(writer, 6);
            while (!writer.flush()) {
                Thread.onSpinWait();
            }
            take(writer, 2);
        }
    }

    @Test
    void whatWaitsForItsIndexMakesRoomForTheOthers() throws InterruptedException {
        // Given
        AtomicBoolean blocked = new AtomicBoolean(true);
        BulkSender sender = documents -> documents.stream()
                .<BulkOutcome>map(document -> document.id().equals("waits") && blocked.get()
                        ? new Retry("blocked", Extent.DOCUMENT)
                        : new Indexed(true))
                .toList();
        try (BulkWriter<Integer> writer = writer(sender, 2, 1)) {
            // When
            Set<Integer> settled = new HashSet<>();
            int offered = 0;
            while (settled.size() < 500) {
                while (offered < 520 && writer.offer(offered, document(offered % 26 == 0 ? "waits" : "goes"))) {
                    offered++;
                }
                writer.flushIfDue();
                writer.poll(Duration.ofMillis(5)).ifPresent(done -> settled.add(done.item()));
            }

            // Then
            List<Integer> waiting = new ArrayList<>();
            writer.drainWaiting(waiting::add);
            assertThat(waiting).hasSize(20).allMatch(item -> item % 26 == 0).doesNotContainAnyElementsOf(settled);
            while (writer.trouble().isEmpty()) {
                Thread.sleep(1);
            }
            assertThat(writer.trouble()).hasValue("index: blocked");
            blocked.set(false);
            assertThat(take(writer, 20)).containsOnlyKeys(waiting);
        }
    }

    @Test
    void tellsTroubleUntilItIsOver() throws InterruptedException {
        AtomicBoolean up = new AtomicBoolean();
        BulkSender sender = documents -> Collections.nCopies(
                documents.size(), up.get() ? new Indexed(true) : new Retry("away", Extent.EVERYTHING));
        try (BulkWriter<Integer> writer = writer(sender, 1, 1)) {
            writer.offer(0, document("d"));
            while (writer.trouble().isEmpty()) {
                Thread.sleep(1);
            }
            assertThat(writer.trouble()).hasValue("away");
            up.set(true);
            take(writer, 1);
            while (writer.trouble().isPresent()) {
                Thread.sleep(1);
            }
        }
    }

    @Test
    void tellsSoonOfAnIndexThatAnswersLateThoughNoBulkIsTriedOften() throws InterruptedException {
        // Given
        AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-12-01T12:00:00Z"));
        AtomicInteger tries = new AtomicInteger();
        CountDownLatch end = new CountDownLatch(1);
        BulkSender sender = documents -> {
            if (tries.incrementAndGet() > 2) {
                end.await();
            }
            now.updateAndGet(time -> time.plusSeconds(3));
            return Collections.nCopies(documents.size(), new Retry("no shard", Extent.DOCUMENT));
        };
        try (BulkWriter<Integer> writer = writer(sender, 1, 1, now::get)) {
            // When
            writer.offer(0, document("d"));
            while (tries.get() < 3) {
                Thread.sleep(1);
            }

            // Then
            assertThat(writer.trouble()).hasValue("index: no shard");
        }
    }

    @Test
    void isInNoTroubleWhereItGetsIn() throws InterruptedException {
        // Given
        AtomicInteger tries = new AtomicInteger();
        AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-12-01T12:00:00Z"));
        BulkSender sender = documents -> {
            if (tries.incrementAndGet() != 4) {
                return Collections.nCopies(documents.size(), new Retry("blocked", Extent.DOCUMENT));
            }
            now.updateAndGet(time -> time.plusSeconds(4));
            return List.of(new Indexed(true), new Retry("one more", Extent.DOCUMENT));
        };
        try (BulkWriter<Integer> writer = writer(sender, 2, 1, now::get)) {
            // When
            writer.offer(0, document("d"));
            writer.offer(1, document("e"));
            take(writer, 1);

            // Then
            assertThat(writer.trouble()).isEmpty();
        }
    }

    @Test
    void unforeseenFailureIsTriedAgain() throws InterruptedException {
        AtomicInteger tries = new AtomicInteger();
        BulkSender sender = documents -> {
            if (tries.incrementAndGet() == 1) {
                throw new IllegalStateException("surprise");
            }
            return Collections.nCopies(documents.size(), new Indexed(true));
        };
        try (BulkWriter<Integer> writer = writer(sender, 1, 1)) {
            writer.offer(0, document("d"));
            assertThat(take(writer, 1)).containsEntry(0, new Indexed(true));
        }
    }

    @Test
    void bulkForWhichTheMemoryDidNotSufficeIsTriedAgain() throws InterruptedException {
        AtomicInteger tries = new AtomicInteger();
        BulkSender sender = documents -> {
            if (tries.incrementAndGet() == 1) {
                throw new OutOfMemoryError("surprise");
            }
            return Collections.nCopies(documents.size(), new Indexed(true));
        };
        try (BulkWriter<Integer> writer = writer(sender, 1, 1)) {
            writer.offer(0, document("d"));
            assertThat(take(writer, 1)).containsEntry(0, new Indexed(true));
        }
    }

    @Test
    void settlesEveryDocumentOfManyWhateverFails() throws InterruptedException {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        BulkSender sender =
                documents -> documents.stream().map(document -> draw(random)).toList();
        try (BulkWriter<Integer> writer = writer(sender, 7, 4)) {
            int offered = 0;
            Set<Integer> settled = new HashSet<>();
            while (settled.size() < 1_000) {
                while (offered < 1_000 && writer.offer(offered, document("d"))) {
                    offered++;
                }
                writer.flushIfDue();
                writer.poll(Duration.ofMillis(5))
                        .ifPresent(done -> assertThat(settled.add(done.item()))
                                .as("settled once, seed %d", seed)
                                .isTrue());
            }
            assertThat(writer.poll(Duration.ofMillis(50))).as("seed %d", seed).isEmpty();
        }
    }

    @Test
    void holdsNoDocumentBackWhereTheClockIsSetBack() throws InterruptedException {
        AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-12-01T12:00:00Z"));
        BulkSender sender = documents -> Collections.nCopies(documents.size(), new Indexed(true));
        try (BulkWriter<Integer> writer = writer(sender, 2, 1, now::get)) {
            writer.offer(0, document("d"));
            assertThat(writer.untilDue()).isEqualTo(Duration.ofMillis(10));

            now.set(Instant.parse("2026-12-01T11:00:00Z"));
            writer.flushIfDue();

            assertThat(take(writer, 1)).containsEntry(0, new Indexed(true));
        }
    }

    private static BulkOutcome firstTry(Document document, int tries) {
        return switch (document.id()) {
            case "later" -> tries == 1 ? new Retry("not now", Extent.OVERLOAD) : new Indexed(true);
            case "bad" -> new Poison("no");
            default -> new Indexed(true);
        };
    }

    private static BulkOutcome draw(Random random) {
        synchronized (random) {
            return switch (random.nextInt(4)) {
                case 0 -> new Retry("drawn", EXTENTS.get(random.nextInt(EXTENTS.size())));
                case 1 -> new Poison("drawn");
                default -> new Indexed(true);
            };
        }
    }

    private static Map<Integer, BulkOutcome> take(BulkWriter<Integer> writer, int count) throws InterruptedException {
        Map<Integer, BulkOutcome> settled = new HashMap<>();
        while (settled.size() < count) {
            BulkWriter.Done<Integer> done = writer.poll(WAIT).orElseThrow();
            settled.put(done.item(), done.outcome());
        }
        return settled;
    }

    private static Document document(String id) {
        return new Document("index", id, new byte[] {'{', '}'}, new Write.Once());
    }

    private static BulkWriter<Integer> writer(BulkSender sender, int documents, int inFlight) {
        return writer(sender, documents, inFlight, InstantSource.system());
    }

    private static BulkWriter<Integer> writer(BulkSender sender, int documents, int inFlight, InstantSource clock) {
        BulkSettings settings = new BulkSettings(
                1 << 20, documents, Duration.ofMillis(10), inFlight, Backoff.FIRST, Duration.ofSeconds(1));
        return new BulkWriter<>(sender, settings, clock, new Random(1), new SimpleMeterRegistry());
    }
}
