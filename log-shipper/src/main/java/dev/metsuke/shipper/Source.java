package dev.metsuke.shipper;

import dev.metsuke.events.access.AccessEvent;
import dev.metsuke.events.access.AccessEventJson;
import dev.metsuke.events.integrity.Chain;
import dev.metsuke.events.integrity.ChainHead;
import dev.metsuke.shipper.position.PositionCodec;
import dev.metsuke.shipper.position.Positions;
import dev.metsuke.shipper.publish.Publisher;
import dev.metsuke.shipper.tail.RecordReader;
import dev.metsuke.shipper.tail.TailedFile;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.List;

/** One source at work: reads its files' records, chains its events, and hands all of it to the publisher. */
final class Source implements AutoCloseable {

    // Escapes and copied fields make an event longer than its line; only from here on can that be too long.
    private static final int SURELY_SHORT = 20_000;
    private static final int CHAIN_FIELDS = 1_000;

    private final String stream;
    private final byte[] streamBytes;
    private final RecordInterpreter interpreter;
    private final RecordReader reader;
    private final SourceFiles files;
    private final SourceMeters meters;
    private final Clock clock;
    private Chain chain;
    private ChainHead savedHead = ChainHead.GENESIS;

    Source(ShipperSettings shipper, SourceSettings settings, MeterRegistry registry, Clock clock) {
        this.stream = shipper.shipperId() + "/" + settings.name();
        this.streamBytes = stream.getBytes(StandardCharsets.UTF_8);
        this.interpreter = new RecordInterpreter(settings, stream);
        this.reader = new RecordReader(settings.format().framing(), shipper.maxLineBytes());
        this.meters = new SourceMeters(registry, settings.name());
        this.files = new SourceFiles(shipper, settings, stream, meters);
        this.chain = new Chain(stream, ChainHead.GENESIS);
        this.clock = clock;
    }

    SourceFiles files() {
        return files;
    }

    SourceMeters meters() {
        return meters;
    }

    /** Goes back to what is committed, whatever was read since. */
    void rewind(Positions positions) {
        savedHead = positions.head(stream);
        chain = new Chain(stream, savedHead);
        meters.rollBack();
        files.rewind(positions.files(stream));
    }

    /** Reads one buffer's worth of a file. */
    void read(TailedFile file, Publisher publisher, long nowNanos) throws IOException {
        long before = file.generation();
        reader.read(file, files.restNanos(), nowNanos, new Sending(publisher, clock.instant()));
        files.wasRead(file, before);
    }

    void savePositions(Publisher publisher) {
        files.save(publisher::position);
        if (!chain.head().equals(savedHead)) {
            publisher.position(PositionCodec.headKey(stream), PositionCodec.head(chain.head()));
        }
    }

    void committed() {
        files.saved();
        savedHead = chain.head();
        meters.commit();
        meters.unread(files.unreadBytes());
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
            meters.line(end - start);
            switch (interpreter.interpret(file, bytes, start, end, offset, now)) {
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
            // Before it is chained: an event that cannot be sent must leave no gap in the chain.
            byte[] account = event.account().value().getBytes(StandardCharsets.UTF_8);
            if (end - start > SURELY_SHORT
                    && !Publisher.fits(account, event.id(), AccessEventJson.encode(event).length + CHAIN_FIELDS)) {
                reject(file, bytes, start, end, "the event would be longer than Kafka takes", offset);
                return;
            }
            publisher.event(account, event.id(), chain.append(event));
            meters.event();
        }

        private void reject(TailedFile file, byte[] bytes, int start, int end, String reason, long offset) {
            publisher.rejected(streamBytes, bytes, start, end, reason, file.path() + ":" + offset);
            meters.rejected();
        }
    }

    static List<Source> all(ShipperSettings settings, MeterRegistry registry, Clock clock) {
        return settings.sources().stream()
                .map(source -> new Source(settings, source, registry, clock))
                .toList();
    }
}
