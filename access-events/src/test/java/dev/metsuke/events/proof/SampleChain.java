package dev.metsuke.events.proof;

import dev.metsuke.events.access.AccessEvent;
import dev.metsuke.events.access.SampleEvents;
import dev.metsuke.events.integrity.Chain;
import dev.metsuke.events.integrity.ChainHead;
import dev.metsuke.events.integrity.Sha256;
import dev.metsuke.events.integrity.StreamWriter;
import dev.metsuke.events.seal.Seal;
import dev.metsuke.events.seal.SealKeyPair;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;

/** A stream's events as a shipper chains them, and what somebody may do to them. */
final class SampleChain {

    static final String STREAM = "db1/crm";
    static final SealKeyPair KEY = SealKeyPair.generate();

    private final StreamWriter writer = new StreamWriter(STREAM, ChainHead.GENESIS);
    private final Chain chain = new Chain(ChainHead.GENESIS);
    final List<byte[]> events = new ArrayList<>();
    final List<Seal> seals = new ArrayList<>();

    /** So many events; a seal behind every tenth. */
    static SampleChain of(int count) {
        SampleChain sample = new SampleChain();
        for (int i = 1; i <= count; i++) {
            sample.events.add(sample.chain.link(sample.writer.write(event(i))));
            if (i % 10 == 0) {
                sample.seals.add(
                        Seal.sign(STREAM, sample.seals.size() + 1, sample.chain.head(), Instant.ofEpochSecond(i), KEY));
            }
        }
        return sample;
    }

    private static AccessEvent event(int number) {
        return SampleEvents.complete().toBuilder()
                .id("event-" + number)
                .original("{\"n\":" + number + ",\"integrity\":{\"hash\":\"" + "0".repeat(64) + "\",\"sequence\":1}}")
                .logOffset(number * 100L)
                .build();
    }

    /** Changes the text of the event of this number. */
    void alter(int number, String from, String to) {
        String text = text(number);
        String altered = text.replace(from, to);
        if (altered.equals(text)) {
            throw new IllegalArgumentException(from + " is not in " + text);
        }
        events.set(number - 1, altered.getBytes(StandardCharsets.UTF_8));
    }

    String text(int number) {
        return new String(events.get(number - 1), StandardCharsets.UTF_8);
    }

    /** Makes the hash of an event anew, so that it follows from the one before it. */
    void relink(int number) {
        FoundLine before = line(number - 1);
        FoundLine line = line(number);
        byte[] hash = Chain.next(Objects.requireNonNull(before.hash()), line.leaf(Sha256.digest()));
        String text = text(number);
        int at = text.lastIndexOf("integrity\":{\"hash\":\"") + "integrity\":{\"hash\":\"".length();
        events.set(
                number - 1,
                (text.substring(0, at) + HexFormat.of().formatHex(hash) + text.substring(at + 64))
                        .getBytes(StandardCharsets.UTF_8));
    }

    FoundLine line(int number) {
        return Objects.requireNonNull(FoundLine.of(events.get(number - 1), () -> "document " + number));
    }

    /** What a verifier says of the lines in the order of their numbers, as an archive gives them. */
    StreamVerdict verify() {
        ChainVerifier verifier = new ChainVerifier(STREAM, ChainHead.GENESIS, null, seals);
        List<FoundLine> lines = new ArrayList<>();
        for (int i = 1; i <= events.size(); i++) {
            lines.add(line(i));
        }
        lines.sort(Comparator.comparingLong(FoundLine::sequence));
        lines.forEach(verifier::next);
        return verifier.end();
    }
}
