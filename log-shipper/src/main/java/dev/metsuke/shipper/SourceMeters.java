package dev.metsuke.shipper;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;

/** Counts a source's records; they are published only once they are committed, so that what is read twice counts once. */
final class SourceMeters {

    private static final String SOURCE = "source";

    private final MeterRegistry registry;
    private final String source;
    private final Counter lines;
    private final Counter events;
    private final Counter rejected;
    private final Counter bytes;
    private final Counter clockAhead;
    private final Counter continuedLines;
    private final Counter seals;
    private final Counter gapBytes;
    private final Counter overwritten;
    private final AtomicLong unreadBytes = new AtomicLong();
    private final AtomicLong unfinishedBytes = new AtomicLong();
    private final AtomicLong unreadableFiles = new AtomicLong();

    private Pending pending = new Pending();
    private ShipperStats.SourceStats committed = new ShipperStats.SourceStats(0, 0, 0, Map.of(), 0, 0, 0);

    SourceMeters(MeterRegistry registry, String source) {
        this.registry = registry;
        this.source = source;
        lines = counter("lines", "Records read");
        events = counter("events", "Records sent as accesses");
        rejected = counter("rejected", "Records sent to the rejected topic");
        bytes = counter("bytes", "Bytes of the records read");
        clockAhead = counter("clock.ahead", "Events whose time lies ahead of the shipper's clock");
        continuedLines = counter("continued.lines", "Records written behind a line that was taken without its end");
        seals = counter("seals", "Seals of the stream's head");
        gapBytes = counter("gap.bytes", "Bytes that vanished unread");
        overwritten = counter("overwritten", "How often a file was found overwritten where it had been read");
        Gauge.builder("metsuke.ship.lag.bytes", unreadBytes, AtomicLong::get)
                .description("Bytes that lie unread in the source's files")
                .tag(SOURCE, source)
                .register(registry);
        Gauge.builder("metsuke.ship.unfinished.bytes", unfinishedBytes, AtomicLong::get)
                .description("Bytes of these that wait for the end of their line or record")
                .tag(SOURCE, source)
                .register(registry);
        Gauge.builder("metsuke.ship.unreadable.files", unreadableFiles, AtomicLong::get)
                .description("Files, and folders of the paths, that could not be read when they were last tried")
                .tag(SOURCE, source)
                .register(registry);
    }

    void line(int length) {
        pending.lines++;
        pending.bytes += length;
    }

    void event() {
        pending.events++;
    }

    /** An event that is tagged so. */
    void clockAhead() {
        pending.clockAhead++;
    }

    /** A record that was written behind a line that was taken without its end. */
    void continuedLine() {
        pending.continuedLines++;
    }

    /** One that is committed. */
    void seal() {
        seals.increment();
    }

    void rejected() {
        pending.rejected++;
    }

    void ignored(String reason) {
        pending.ignored.merge(reason, 1L, Long::sum);
    }

    /** How many bytes lie unread in the files, and how many of them are no whole record yet. */
    void unread(long all, long unfinished) {
        unreadBytes.set(all);
        unfinishedBytes.set(unfinished);
    }

    /** How many files, and folders of the paths, cannot be read. */
    void unreadable(int files) {
        unreadableFiles.set(files);
    }

    /** A number of bytes that vanished before they were read. */
    void gap(long length) {
        gapBytes.increment((double) length);
    }

    /** A file no longer holds what was read of it, or what was found there last. */
    void overwritten() {
        overwritten.increment();
    }

    void rollBack() {
        pending = new Pending();
    }

    synchronized void commit() {
        lines.increment((double) pending.lines);
        events.increment((double) pending.events);
        rejected.increment((double) pending.rejected);
        bytes.increment((double) pending.bytes);
        clockAhead.increment((double) pending.clockAhead);
        continuedLines.increment((double) pending.continuedLines);
        Map<String, Long> ignored = new TreeMap<>(committed.ignoredByReason());
        pending.ignored.forEach((reason, count) -> {
            ignored.merge(reason, count, Long::sum);
            Counter.builder("metsuke.ship.ignored")
                    .description("Well-formed records that are no accesses")
                    .tag(SOURCE, source)
                    .tag("reason", reason)
                    .register(registry)
                    .increment((double) count);
        });
        committed = new ShipperStats.SourceStats(
                committed.lines() + pending.lines,
                committed.events() + pending.events,
                committed.rejected() + pending.rejected,
                ignored,
                committed.bytes() + pending.bytes,
                0,
                0);
        pending = new Pending();
    }

    synchronized ShipperStats.SourceStats stats() {
        return new ShipperStats.SourceStats(
                committed.lines(),
                committed.events(),
                committed.rejected(),
                committed.ignoredByReason(),
                committed.bytes(),
                unreadBytes.get(),
                unfinishedBytes.get());
    }

    private Counter counter(String name, String description) {
        return Counter.builder("metsuke.ship." + name)
                .description(description)
                .tag(SOURCE, source)
                .register(registry);
    }

    private static final class Pending {
        private long lines;
        private long events;
        private long rejected;
        private long bytes;
        private long clockAhead;
        private long continuedLines;
        private final Map<String, Long> ignored = new HashMap<>();
    }
}
