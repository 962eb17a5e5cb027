package dev.metsuke.benchmarks.latency;

import dev.metsuke.events.account.AccountId;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.concurrent.locks.LockSupport;

/** A log of JSON lines that grows at a steady rate, line by line. */
final class LiveLog implements AutoCloseable {

    /** The mapping of its fields, as a user would write it. */
    static final String FORMAT = """
              format:
                type: json-lines
                time: /ts
                user: /user
                address: /client/ip
                records: /count
                action: {pointer: /op, values: {view: read}, otherwise: read}
                dataset: crm.customers
              accounts: {letter-case: lower, strip-domain: true}
        """;

    private static final long SECOND = 1_000_000_000;
    private static final int STAFF = 5_000;

    private final FileChannel file;

    private LiveLog(FileChannel file) {
        this.file = file;
    }

    static LiveLog create(Path path) throws IOException {
        return new LiveLog(FileChannel.open(path, StandardOpenOption.CREATE_NEW, StandardOpenOption.APPEND));
    }

    /**
     * Writes lines at a rate; of every so many the last is an access by the next leaver.
     *
     * @param first the number of the first line
     * @param lines how many
     * @param rate how many a second
     * @param leaverEvery one leaver among so many lines
     * @param sightings is told when each leaver's line was written
     * @return by how many nanoseconds a line was written too late at most
     */
    long write(long first, long lines, long rate, long leaverEvery, Sightings sightings) throws IOException {
        long start = System.nanoTime();
        long latest = 0;
        for (long i = first; i < first + lines; i++) {
            long due = start + (i - first) * SECOND / rate;
            for (long ahead = due - System.nanoTime(); ahead > 0; ahead = due - System.nanoTime()) {
                LockSupport.parkNanos(ahead);
            }
            boolean isLeaver = i % leaverEvery == leaverEvery - 1;
            AccountId account = isLeaver ? Leavers.account(i / leaverEvery) : new AccountId("user" + i % STAFF);
            ByteBuffer line = ByteBuffer.wrap(line(account).getBytes(StandardCharsets.UTF_8));
            long now = System.nanoTime();
            latest = Math.max(latest, now - due);
            if (isLeaver) {
                sightings.written((int) (i / leaverEvery), now);
            }
            while (line.hasRemaining()) {
                file.write(line);
            }
        }
        return latest;
    }

    @Override
    public void close() throws IOException {
        file.close();
    }

    private static String line(AccountId account) {
        return "{\"ts\":\"" + Instant.now() + "\",\"user\":\"EXAMPLE\\\\" + account
                + "\",\"op\":\"view\",\"object\":\"customer\",\"count\":1,\"client\":{\"ip\":\"10.20.2.14\"}}\n";
    }
}
