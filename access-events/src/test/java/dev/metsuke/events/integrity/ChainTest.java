package dev.metsuke.events.integrity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.metsuke.events.access.AccessEvent;
import dev.metsuke.events.access.AccessEventJson;
import dev.metsuke.events.access.Integrity;
import dev.metsuke.events.access.SampleEvents;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class ChainTest {

    @Test
    void anyoneCanRecomputeTheChain() throws Exception {
        Stream chain = new Stream("db1/crm", ChainHead.GENESIS);
        byte[] previous = new byte[32];
        for (long sequence = 1; sequence <= 3; sequence++) {
            String linked = new String(chain.append(SampleEvents.complete()), StandardCharsets.UTF_8);

            String unlinked = linked.replaceFirst("\"hash\":\"[0-9a-f]{64}\",", "");
            byte[] leaf = sha256(unlinked.getBytes(StandardCharsets.UTF_8));
            byte[] both = new byte[64];
            System.arraycopy(previous, 0, both, 0, 32);
            System.arraycopy(leaf, 0, both, 32, 32);
            previous = sha256(both);
            AccessEvent event = AccessEventJson.decode(linked.getBytes(StandardCharsets.UTF_8));
            assertThat(event.integrity())
                    .isEqualTo(new Integrity("db1/crm", sequence, HexFormat.of().formatHex(previous)));
        }
        assertThat(chain.head()).isEqualTo(new ChainHead(3, HexFormat.of().formatHex(previous)));
    }

    @Test
    void writesALinkedEventCanonically() throws Exception {
        byte[] linked = new Stream("db1/crm", ChainHead.GENESIS).append(SampleEvents.complete());

        byte[] written = AccessEventJson.encode(AccessEventJson.decode(linked));

        assertThat(new String(written, StandardCharsets.UTF_8)).isEqualTo(new String(linked, StandardCharsets.UTF_8));
    }

    @Test
    void goesOnFromACommittedHead() {
        Stream whole = new Stream("s", ChainHead.GENESIS);
        whole.append(SampleEvents.complete());
        Stream resumed = new Stream("s", whole.head());

        assertThat(resumed.append(SampleEvents.complete())).isEqualTo(whole.append(SampleEvents.complete()));
        assertThat(resumed.head()).isEqualTo(whole.head());
    }

    @Test
    void aChangedFieldChangesEveryLaterHash() {
        Stream honest = new Stream("s", ChainHead.GENESIS);
        Stream altered = new Stream("s", ChainHead.GENESIS);
        honest.append(SampleEvents.complete());
        altered.append(SampleEvents.complete().toBuilder().userId("sato").build());

        honest.append(SampleEvents.complete());
        altered.append(SampleEvents.complete());

        assertThat(altered.head().sequence()).isEqualTo(honest.head().sequence());
        assertThat(altered.head().hash()).isNotEqualTo(honest.head().hash());
    }

    @Test
    void nextFollowsTheSameRule() throws Exception {
        byte[] leaf = sha256("x".getBytes(StandardCharsets.UTF_8));
        byte[] both = Objects.requireNonNull(
                HexFormat.of().parseHex("00".repeat(32) + HexFormat.of().formatHex(leaf)));

        assertThat(Chain.next(new byte[32], leaf)).isEqualTo(sha256(both));
    }

    @Test
    void refusesAHeadThatCannotBe() {
        assertThatThrownBy(() -> new ChainHead(-1, "0".repeat(64))).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new ChainHead(1, "abc")).isInstanceOf(IllegalArgumentException.class);
    }

    /** A stream's writer and chain on one thread. */
    private static final class Stream {

        private final StreamWriter writer;
        private final Chain chain;

        Stream(String name, ChainHead head) {
            writer = new StreamWriter(name, head);
            chain = new Chain(head);
        }

        byte[] append(AccessEvent event) {
            return chain.link(writer.write(event));
        }

        ChainHead head() {
            return chain.head();
        }
    }

    private static byte[] sha256(byte[] bytes) throws Exception {
        return MessageDigest.getInstance("SHA-256").digest(bytes);
    }
}
