package dev.metsuke.benchmarks.archive;

import dev.metsuke.events.access.AccessEvent;
import dev.metsuke.events.access.Action;
import dev.metsuke.events.access.Outcome;
import dev.metsuke.events.integrity.Chain;
import dev.metsuke.events.integrity.ChainHead;
import dev.metsuke.events.integrity.StreamWriter;
import dev.metsuke.events.seal.Seal;
import dev.metsuke.events.seal.SealKeyPair;
import java.io.IOException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * A customer system's accesses as four shippers chain and seal them, the same at every run but for the seals: of a JSON line of
 * some 250 bytes each, its customers, addresses and sessions at random, since what repeats takes no room.
 */
final class SampleEvents {

    private static final long SEED = 20_261_126;
    private static final int ACCOUNTS = 5_000;
    private static final int EVENTS_A_SECOND = 500;
    private static final long LINE_BYTES = 250;
    private static final Instant START = Instant.parse("2026-11-02T00:00:00Z");
    private static final int STREAMS = 4;
    private static final int CUSTOMERS = 1_000_000;

    private SampleEvents() {}

    /** Takes an event's bytes and what it is filed under. */
    interface Sink {

        void event(String id, String account, byte[] json) throws IOException;
    }

    /** Takes a stream's seal. */
    interface Seals {

        void seal(Seal seal) throws IOException;
    }

    static String account(int number) {
        return "user%04d".formatted(number % ACCOUNTS);
    }

    /** A person's pseudonym. */
    static String customer(int number) {
        return "p%07d".formatted(number % CUSTOMERS);
    }

    /** With the line they were made of, or without. */
    static void write(long count, boolean withOriginal, Sink sink) throws IOException {
        write(count, withOriginal, SealKeyPair.generate(), Long.MAX_VALUE, sink, _ -> {});
    }

    /**
     * All of them up to the last line of each stream are sealed by the key, so many lines of a stream at a time.
     *
     * @return the number of seals
     */
    static long write(long count, boolean withOriginal, SealKeyPair key, long linesASeal, Sink sink, Seals seals)
            throws IOException {
        SplittableRandom random = new SplittableRandom(SEED);
        List<Stream> streams = IntStream.range(0, STREAMS).mapToObj(Stream::new).toList();
        for (long number = 0; number < count; number++) {
            AccessEvent event = event(number, withOriginal, random);
            Stream stream = streams.get(random.nextInt(STREAMS));
            sink.event(event.id(), event.account().value(), stream.chained(event));
            if (stream.unsealed() == linesASeal) {
                seals.seal(stream.seal(event, key));
            }
        }
        for (Stream stream : streams) {
            if (stream.unsealed() > 0) {
                seals.seal(stream.seal(event(count, withOriginal, random), key));
            }
        }
        return streams.stream().mapToLong(stream -> stream.seals).sum();
    }

    /** One shipper's source. */
    private static final class Stream {

        private final String name;
        private final StreamWriter writer;
        private final Chain chain = new Chain(ChainHead.GENESIS);
        private long seals;
        private long sealed;

        Stream(int number) {
            name = "crm" + number + "/audit";
            writer = new StreamWriter(name, ChainHead.GENESIS);
        }

        byte[] chained(AccessEvent event) {
            return chain.link(writer.write(event));
        }

        long unsealed() {
            return chain.head().sequence() - sealed;
        }

        Seal seal(AccessEvent last, SealKeyPair key) {
            sealed = chain.head().sequence();
            return Seal.sign(name, ++seals, chain.head(), last.timestamp(), key);
        }
    }

    private static AccessEvent event(long number, boolean withOriginal, SplittableRandom random) {
        Instant time = START.plusMillis(number * 1_000 / EVENTS_A_SECOND);
        String account = account(random.nextInt(ACCOUNTS));
        int customer = random.nextInt(CUSTOMERS);
        String address = "10.20." + random.nextInt(256) + "." + random.nextInt(256);
        int chance = random.nextInt(100);
        Action action = chance < 80 ? Action.READ : chance < 92 ? Action.SEARCH : Action.UPDATE;
        long records = action == Action.SEARCH ? 1 + random.nextInt(20) : 1;
        String line =
                ("{\"ts\":\"%s\",\"user\":\"EXAMPLE\\\\%s\",\"op\":\"%s\",\"object\":\"customer\",\"id\":\"C%08d\","
                                + "\"count\":%d,\"client\":{\"ip\":\"%s\",\"port\":%d},\"session\":\"%016x\"}")
                        .formatted(
                                time,
                                account,
                                action.label(),
                                customer,
                                records,
                                address,
                                1_024 + random.nextInt(60_000),
                                random.nextLong());
        return AccessEvent.builder()
                .timestamp(time)
                .id(HexFormat.of().toHexDigits(SEED) + HexFormat.of().toHexDigits(number))
                .action(action)
                .outcome(Outcome.SUCCESS)
                .created(time.plusMillis(40))
                .original(withOriginal ? line : null)
                .userId(account)
                .userName("EXAMPLE\\" + account)
                .sourceIp(address)
                .hostName("crm1")
                .serviceName("crm")
                .logFilePath("/var/log/crm/audit.json")
                .logOffset(number * LINE_BYTES)
                .dataset("crm.customers")
                .records(records)
                .subjects(action == Action.SEARCH ? List.of() : List.of(customer(customer)))
                .build();
    }
}
