package dev.metsuke.events.proof;

import static org.assertj.core.api.Assertions.assertThat;

import dev.metsuke.events.integrity.ChainHead;
import dev.metsuke.events.integrity.Sha256;
import dev.metsuke.events.seal.Seal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Lines in any order, beside the verifier that takes them in their own. */
class ChainFragmentsTest {

    private static final int SEEDS = 40;

    @Test
    void saysOfAnyOrderWhatTheVerifierSaysOfTheRightOne() {
        SampleChain sample = SampleChain.of(57);
        for (int seed = 0; seed < SEEDS; seed++) {
            List<FoundLine> lines = lines(sample);
            Collections.shuffle(lines, new Random(seed));

            assertThat(whole(ChainHead.GENESIS, null, sample.seals, lines))
                    .as("seed %d", seed)
                    .isEqualTo(sample.verify());
        }
    }

    @Test
    void beginsBehindASeal() {
        SampleChain sample = SampleChain.of(57);
        Seal second = sample.seals.get(1);
        List<FoundLine> lines = lines(sample);
        lines.removeIf(line -> line.sequence() <= 20);
        Collections.reverse(lines);

        StreamVerdict verdict = Objects.requireNonNull(whole(second.head(), second, sample.seals.subList(2, 5), lines));

        assertThat(verdict.first()).isEqualTo(21);
        assertThat(verdict.last()).isEqualTo(57);
        assertThat(verdict.sealed()).isEqualTo(50);
        assertThat(verdict.seals()).isEqualTo(3);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "changed",
                "relinked",
                "relinked to the end",
                "removed",
                "tail removed",
                "doubled",
                "upper case",
                "swapped"
            })
    void isNotDeceivedByWhatTheVerifierFinds(String how) {
        for (int seed = 0; seed < SEEDS; seed++) {
            Random random = new Random(seed);
            SampleChain sample = SampleChain.of(40);
            int at = 2 + random.nextInt(38);
            tamper(sample, how, at);
            List<FoundLine> lines = lines(sample);
            Collections.shuffle(lines, random);

            assertThat(sample.verify().finding()).as("%s, seed %d", how, seed).isNotNull();
            assertThat(whole(ChainHead.GENESIS, null, sample.seals, lines))
                    .as("%s, seed %d", how, seed)
                    .isNull();
        }
    }

    private static void tamper(SampleChain sample, String how, int at) {
        switch (how) {
            case "changed" -> sample.alter(at, "\"id\":\"tanaka\"", "\"id\":\"sato\"");
            case "relinked" -> {
                sample.alter(at, "\"id\":\"tanaka\"", "\"id\":\"sato\"");
                sample.relink(at);
            }
            case "relinked to the end" -> {
                sample.alter(at, "\"id\":\"tanaka\"", "\"id\":\"sato\"");
                for (int i = at; i <= 40; i++) {
                    sample.relink(i);
                }
            }
            case "removed" -> sample.events.remove(at - 1);
            case "tail removed" -> sample.events.subList(at - 1, 40).clear();
            case "doubled" -> sample.events.add(sample.events.get(at - 1));
            case "upper case" -> {
                String text = sample.text(at);
                String hash = text.substring(text.lastIndexOf("integrity\":{\"hash\":\"") + 20)
                        .substring(0, 64);
                sample.alter(at, hash, hash.toUpperCase(Locale.ROOT));
            }
            case "swapped" -> {
                sample.alter(at, "\"sequence\":" + at + ",\"stream\"", "\"sequence\":" + (at - 1) + ",\"stream\"");
                sample.alter(at - 1, "\"sequence\":" + (at - 1) + ",\"stream\"", "\"sequence\":" + at + ",\"stream\"");
            }
            default -> throw new IllegalArgumentException(how);
        }
    }

    private static List<FoundLine> lines(SampleChain sample) {
        List<FoundLine> lines = new ArrayList<>();
        for (int i = 1; i <= sample.events.size(); i++) {
            lines.add(sample.line(i));
        }
        return lines;
    }

    @Test
    void leavesSealsThatDoNotAscendToWhoReadsInOrder() {
        SampleChain sample = SampleChain.of(57);
        Seal first = sample.seals.getFirst();
        List<FoundLine> lines = lines(sample);
        List<FoundLine> behind = new ArrayList<>(lines);
        behind.removeIf(line -> line.sequence() <= first.head().sequence());
        List<Seal> twice = new ArrayList<>(sample.seals);
        twice.add(1, first);

        assertThat(whole(ChainHead.GENESIS, null, sample.seals, lines)).isNotNull();
        assertThat(whole(ChainHead.GENESIS, null, twice, lines)).isNull();
        assertThat(whole(ChainHead.GENESIS, null, sample.seals.reversed(), lines))
                .isNull();
        assertThat(whole(first.head(), first, sample.seals, behind)).isNull();
    }

    private static @Nullable StreamVerdict whole(
            ChainHead start, @Nullable Seal sealedStart, List<Seal> seals, List<FoundLine> lines) {
        ChainFragments fragments = new ChainFragments(SampleChain.STREAM, start, sealedStart, seals);
        lines.forEach(line -> fragments.take(line, line.leaf(Sha256.digest())));
        return fragments.whole();
    }
}
