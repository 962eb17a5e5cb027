package dev.metsuke.shipper;

import dev.metsuke.events.access.AccessEvent;
import dev.metsuke.events.access.UnlinkedEvent;
import dev.metsuke.events.integrity.Chain;
import dev.metsuke.events.integrity.ChainHead;
import dev.metsuke.events.integrity.StreamWriter;
import dev.metsuke.events.seal.Seal;
import dev.metsuke.events.seal.SealKeys;
import dev.metsuke.shipper.position.PositionCodec;
import dev.metsuke.shipper.position.Positions;
import dev.metsuke.shipper.publish.Publisher;
import dev.metsuke.shipper.seal.StreamSeals;
import dev.metsuke.shipper.tail.RecordReader;
import dev.metsuke.shipper.tail.TailedFile;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** One source at work: reads its files' records, chains its events, and hands all of it to the publisher. */
final class Source implements AutoCloseable {

    private final SourceSettings settings;
    private final String stream;
    private final byte[] streamBytes;
    private final RecordInterpreter interpreter;
    private final RecordReader reader;
    private final SourceFiles files;
    private final SourceMeters meters;
    private final StreamSeals seals;
    private final Clock clock;
    private StreamWriter writer;
    // Links on the publisher's thread; a new one takes its place with every new publisher.
    private Chain chain;
    private boolean hasChained;

    private Source(
            ShipperSettings shipper, SourceSettings settings, MeterRegistry registry, Clock clock, Decoders decoders) {
        this.settings = settings;
        this.stream = shipper.streamOf(settings);
        this.streamBytes = stream.getBytes(StandardCharsets.UTF_8);
        this.meters = new SourceMeters(registry, settings.name());
        this.interpreter = new RecordInterpreter(settings, stream, shipper.clockAhead(), meters::clockAhead);
        this.reader = new RecordReader(settings.format().framing(settings.encoding()), shipper.maxLineBytes());
        this.files = new SourceFiles(shipper, settings, stream, meters, decoders);
        this.seals = new StreamSeals(stream, shipper.seal());
        this.writer = new StreamWriter(stream, ChainHead.GENESIS);
        this.chain = new Chain(ChainHead.GENESIS);
        this.clock = clock;
    }

    SourceSettings settings() {
        return settings;
    }

    String stream() {
        return stream;
    }

    SourceFiles files() {
        return files;
    }

    SourceMeters meters() {
        return meters;
    }

    /** Goes back to what is committed, whatever was read since. */
    void rewind(Positions positions) {
        writer = new StreamWriter(stream, positions.head(stream));
        chain = new Chain(positions.head(stream));
        hasChained = false;
        seals.rewind(positions.seal(stream));
        meters.rollBack();
        files.rewind(positions.files(stream));
    }

    /** Reads one buffer's worth of a file. */
    void read(TailedFile file, Publisher publisher, long nowNanos) throws IOException {
        reader.read(
                file,
                files.patience(),
                nowNanos,
                new Sending(publisher, clock.instant().truncatedTo(ChronoUnit.MILLIS)));
        files.wasRead(file, nowNanos);
    }

    void savePositions(Publisher publisher) {
        files.save(new SourceFiles.Saved() {
            @Override
            public void position(byte[] key, byte @Nullable [] value) {
                publisher.position(key, value);
            }

            @Override
            public void gap(Path path, long offset, long length) {
                report(path, offset, "gap: " + length + " bytes of " + path + " vanished unread");
            }

            @Override
            public void broken(Path path, long offset, long storedLength, String damage) {
                report(
                        path,
                        offset,
                        "broken: " + path + " (" + storedLength + " bytes) can be unpacked only up to byte " + offset
                                + ": " + damage);
            }

            private void report(Path path, long offset, String reason) {
                publisher.rejected(streamBytes, new byte[0], 0, 0, reason, path + ":" + offset);
            }
        });
        if (hasChained) {
            Chain chained = chain;
            publisher.position(PositionCodec.headKey(stream), () -> PositionCodec.head(chained.head()));
        }
    }

    /** Whether lines wait for a seal, and at this moment must wait no longer. */
    boolean isSealDue(Instant now, boolean atOnce) {
        return atOnce ? seals.isOpen(writer.sequence()) : seals.isDue(writer.sequence(), now, System.nanoTime());
    }

    /** Seals what was chained up to now, in the transaction that brings it. */
    void seal(Publisher publisher, SealKeys.Current key, Instant now, List<String> revocations) {
        Chain chained = chain;
        Supplier<Seal> seal = seals.next(key, now, revocations, chained::head);
        publisher.seal(streamBytes, seal);
        publisher.position(PositionCodec.sealKey(stream), () -> PositionCodec.seal(seal.get()));
    }

    /** The seal that was committed with the last transaction, if there was one. */
    @Nullable
    Seal committedSeal() {
        Seal seal = seals.committed(System.nanoTime());
        if (seal != null) {
            meters.seal();
        }
        return seal;
    }

    /** All that was read is committed, and if there was anything at all, what is unread is counted anew, over all files. */
    void committed(boolean isAnything) {
        files.saved();
        hasChained = false;
        meters.commit();
        if (isAnything) {
            files.countUnread();
        }
    }

    @Override
    public void close() {
        files.close();
    }

    /** Sends each record of one reading. */
    private final class Sending implements RecordReader.Records {

        private final Publisher publisher;
        private final Instant now;

        Sending(Publisher publisher, Instant now) {
            this.publisher = publisher;
            this.now = now;
        }

        @Override
        public void record(TailedFile file, byte[] bytes, int start, int end, long offset) {
            take(interpreter.interpret(file, bytes, start, end, offset, now), file, bytes, start, end, offset);
        }

        @Override
        public void continuation(TailedFile file, byte[] bytes, int start, int end, long offset) {
            meters.continuedLine();
            take(interpreter.continuation(file, bytes, start, end, offset, now), file, bytes, start, end, offset);
        }

        private void take(
                RecordInterpreter.Outcome outcome, TailedFile file, byte[] bytes, int start, int end, long offset) {
            meters.line(end - start);
            switch (outcome) {
                case RecordInterpreter.Outcome.Event(AccessEvent event) -> send(file, event, bytes, start, end, offset);
                case RecordInterpreter.Outcome.Rejected(String reason) ->
                    reject(file, bytes, start, end, reason, offset);
                case RecordInterpreter.Outcome.Ignored(String reason) -> meters.ignored(reason);
            }
        }

        @Override
        public void tooLong(TailedFile file, byte[] beginning, long offset, long length) {
            meters.line(beginning.length);
            String reason = "the line has " + length + " bytes, more than max-line-bytes allows; its beginning is kept";
            reject(file, beginning, 0, beginning.length, reason, offset);
        }

        private void send(TailedFile file, AccessEvent event, byte[] bytes, int start, int end, long offset) {
            byte[] account = event.account().value().getBytes(StandardCharsets.UTF_8);
            UnlinkedEvent unlinked = writer.write(event);
            if (unlinked.length() > Publisher.longestEvent(account, event.id())) {
                writer.takeBack();
                reject(file, bytes, start, end, "the event would be longer than Kafka takes", offset);
                return;
            }
            Chain linking = chain;
            publisher.event(account, event.id(), unlinked.length(), () -> linking.link(unlinked));
            hasChained = true;
            meters.event();
        }

        private void reject(TailedFile file, byte[] bytes, int start, int end, String reason, long offset) {
            String origin = file.path() + ":" + offset;
            byte[] withheld = interpreter.withheld(bytes, start, end);
            if (withheld == null) {
                publisher.rejected(streamBytes, bytes, start, end, reason, origin);
            } else {
                publisher.rejected(streamBytes, withheld, 0, withheld.length, interpreter.withheldReason(), origin);
            }
            meters.rejected();
        }
    }

    static List<Source> all(ShipperSettings settings, MeterRegistry registry, Clock clock) {
        Decoders decoders = new Decoders();
        return settings.sources().stream()
                .map(source -> new Source(settings, source, registry, clock, decoders))
                .toList();
    }
}
