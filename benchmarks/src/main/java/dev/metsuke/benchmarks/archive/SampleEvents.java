package dev.metsuke.benchmarks.archive;

import dev.metsuke.events.access.AccessEvent;
import dev.metsuke.events.access.Action;
import dev.metsuke.events.access.Outcome;
import dev.metsuke.events.integrity.Chain;
import dev.metsuke.events.integrity.ChainHead;
import dev.metsuke.events.integrity.StreamWriter;
import java.io.IOException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.SplittableRandom;

/**
 * A customer system's accesses as a shipper chains them, the same at every run: of a JSON line of some 250 bytes each, its
 * customers, addresses and sessions at random, since what repeats takes no room.
 */
final class SampleEvents {

    private static final long SEED = 20_261_126;
    private static final int ACCOUNTS = 5_000;
    private static final int EVENTS_A_SECOND = 500;
    private static final long LINE_BYTES = 250;
    private static final Instant START = Instant.parse("2026-11-02T00:00:00Z");

    private SampleEvents() {}

    /** Takes an event's bytes and what it is filed under. */
    interface Sink {

        void event(String id, String account, byte[] json) throws IOException;
    }

    /** With the line they were made of, or without. */
    static void write(long count, boolean withOriginal, Sink sink) throws IOException {
        SplittableRandom random = new SplittableRandom(SEED);
        StreamWriter writer = new StreamWriter("bench/crm", ChainHead.GENESIS);
        Chain chain = new Chain(ChainHead.GENESIS);
        for (long number = 0; number < count; number++) {
            AccessEvent event = event(number, withOriginal, random);
            sink.event(event.id(), event.account().value(), chain.link(writer.write(event)));
        }
    }

    private static AccessEvent event(long number, boolean withOriginal, SplittableRandom random) {
        Instant time = START.plusMillis(number * 1_000 / EVENTS_A_SECOND);
        String account = "user%04d".formatted(random.nextInt(ACCOUNTS));
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
                                random.nextInt(100_000_000),
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
                .build();
    }
}
