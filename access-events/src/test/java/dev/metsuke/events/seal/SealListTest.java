package dev.metsuke.events.seal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.metsuke.events.integrity.ChainHead;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SealListTest {

    private static final long SEED = 20_261_129;

    private final Random random = new Random(SEED);

    @Test
    void givesBackWhateverWasPutIn() {
        List<Seal> seals = random(3_000);

        SealList list = SealList.copyOf(seals);

        assertThat(list).isEqualTo(seals).hasSameHashCodeAs(seals);
        assertThat(list.subList(1_000, 2_500)).isEqualTo(seals.subList(1_000, 2_500));
        assertThat(list.subList(1_000, 2_500).subList(30, 1_500).getLast()).isEqualTo(seals.get(2_499));
    }

    @Test
    void copiesNoListOfItsKind() {
        SealList list = SealList.copyOf(random(10));
        SealList part = list.subList(2, 5);

        assertThat(SealList.copyOf(list)).isSameAs(list);
        assertThat(SealList.copyOf(part)).isSameAs(part);
        assertThat(SealList.copyOf(List.of())).isEmpty();
    }

    @Test
    void isNotChangedWithWhatItWasCopiedFrom() {
        List<Seal> seals = new ArrayList<>(random(3));
        List<Seal> before = List.copyOf(seals);

        SealList list = SealList.copyOf(seals);
        seals.clear();

        assertThat(list).isEqualTo(before);
        assertThatThrownBy(() -> list.remove(0)).isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> list.subList(0, 2).get(2)).isInstanceOf(IndexOutOfBoundsException.class);
    }

    @Test
    void findsTheFirstSealOfALineOrBehindIt() {
        List<Seal> seals = new ArrayList<>();
        for (int number = 1; number <= 2_000; number++) {
            seals.add(seal(number, 3L * number, "0".repeat(64), Instant.EPOCH, ""));
        }
        SealList part = SealList.copyOf(seals).subList(500, 1_500);
        assertThat(part.line(0)).isEqualTo(1_503);
        assertThat(part.line(999)).isEqualTo(4_500);

        for (long line = 1_490; line < 4_520; line++) {
            long wanted = line;
            long behind = part.stream()
                    .filter(seal -> seal.head().sequence() < wanted)
                    .count();
            assertThat(part.firstAtOrBehind(line)).isEqualTo((int) behind);
            assertThat(part.first(seal -> seal.head().sequence() >= wanted)).isEqualTo((int) behind);
        }
    }

    /** One in eight is spelt as no shipper spells it. */
    private List<Seal> random(int count) {
        List<Seal> seals = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            byte[] hash = bytes(32);
            byte[] signature = bytes(64);
            String hex = HexFormat.of().formatHex(hash);
            String signed = Base64.getEncoder().encodeToString(signature);
            Instant at = Instant.ofEpochMilli(random.nextLong(4_000_000_000_000L));
            switch (random.nextInt(64)) {
                case 0 -> hex = hex.toUpperCase(Locale.ROOT);
                case 1 -> signed = "";
                case 2 -> signed = "no base64";
                case 3 -> signed = signed.substring(0, 85) + "B==";
                case 4 -> signed = Base64.getEncoder().withoutPadding().encodeToString(signature);
                case 5 -> signed = Base64.getEncoder().encodeToString(bytes(65));
                case 6 -> at = Instant.MIN;
                case 7 -> at = Instant.MAX;
                default -> {
                    // As a shipper writes it.
                }
            }
            seals.add(seal(1 + random.nextInt(1_000_000), random.nextLong(1L << 60), hex, at, signed));
        }
        return seals;
    }

    private Seal seal(long number, long line, String hash, Instant at, String signature) {
        return new Seal(
                random.nextBoolean() ? "edge/crm" : "edge/顧客",
                number,
                new ChainHead(line, hash),
                at,
                random.nextBoolean() ? List.of() : List.of("seal-" + random.nextInt(5)),
                "key-" + random.nextInt(3),
                signature);
    }

    private byte[] bytes(int count) {
        byte[] bytes = new byte[count];
        random.nextBytes(bytes);
        return bytes;
    }
}
