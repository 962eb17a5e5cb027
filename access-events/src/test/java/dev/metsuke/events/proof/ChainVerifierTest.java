package dev.metsuke.events.proof;

import static org.assertj.core.api.Assertions.assertThat;

import dev.metsuke.events.integrity.ChainHead;
import dev.metsuke.events.integrity.Sha256;
import dev.metsuke.events.seal.Seal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ChainVerifierTest {

    @Test
    void findsAnUntouchedStreamWhole() {
        StreamVerdict verdict = SampleChain.of(45).verify();

        assertThat(verdict.finding()).isNull();
        assertThat(verdict.last()).isEqualTo(45);
        assertThat(verdict.listed()).isEqualTo(45);
        assertThat(verdict.seals()).isEqualTo(4);
        assertThat(verdict.unsealed()).isEqualTo(5);
    }

    @Test
    void namesALineOfWhichAByteWasChanged() {
        SampleChain sample = SampleChain.of(45);
        sample.alter(17, "\\\"n\\\":17", "\\\"n\\\":71");

        StreamVerdict verdict = sample.verify();

        assertThat(verdict.finding())
                .asInstanceOf(InstanceOfAssertFactories.type(Finding.Changed.class))
                .satisfies(changed -> assertThat(changed.line().sequence()).isEqualTo(17));
        assertThat(describe(verdict))
                .contains("line 17", "/var/log/postgresql/postgresql.csv at byte 1700", "document 17");
        assertThat(numberOf(verdict.before())).isEqualTo(1);
        assertThat(numberOf(verdict.after())).isEqualTo(2);
    }

    @Test
    void namesALineOfWhichAFieldWasChanged() {
        SampleChain sample = SampleChain.of(45);
        sample.alter(31, "\"id\":\"tanaka\"", "\"id\":\"sato\"");

        assertThat(describe(sample.verify())).startsWith("changed: line 31,");
    }

    @Test
    void namesTheLineThatDoesNotFollowFromOneWhoseHashWasMadeAnew() {
        SampleChain sample = SampleChain.of(45);
        sample.alter(31, "\"id\":\"tanaka\"", "\"id\":\"sato\"");
        sample.relink(31);

        assertThat(describe(sample.verify()))
                .startsWith("changed: line 32,")
                .contains("from line 31; if that one's hash");
    }

    @Test
    void noticesThatAllHashesUpToTheSealWereMadeAnew() {
        SampleChain sample = SampleChain.of(45);
        sample.alter(17, "\"id\":\"tanaka\"", "\"id\":\"sato\"");
        for (int i = 17; i <= 45; i++) {
            sample.relink(i);
        }

        StreamVerdict verdict = sample.verify();

        assertThat(verdict.finding())
                .asInstanceOf(InstanceOfAssertFactories.type(Finding.Rewritten.class))
                .satisfies(rewritten -> {
                    assertThat(rewritten.first()).isEqualTo(11);
                    assertThat(rewritten.last()).isEqualTo(20);
                });
    }

    @Test
    void namesLinesThatWereTakenOut() {
        SampleChain sample = SampleChain.of(45);
        sample.events.remove(20);
        sample.events.remove(20);

        StreamVerdict verdict = sample.verify();

        assertThat(describe(verdict))
                .startsWith("lines 21 to 22 are missing; before stands line 20,")
                .contains("line 23");
    }

    @Test
    void namesALineThatWasTakenOutThoughTheRestWasNumberedAnew() {
        SampleChain sample = SampleChain.of(45);
        sample.events.remove(20);
        for (int i = 21; i <= 44; i++) {
            sample.alter(i, "\"sequence\":" + (i + 1) + ",\"stream\"", "\"sequence\":" + i + ",\"stream\"");
        }

        assertThat(describe(sample.verify())).startsWith("changed: line 21,");
    }

    @Test
    void namesWhatIsMissingAtTheEndUpToTheLastSeal() {
        SampleChain sample = SampleChain.of(45);
        sample.events.subList(37, 45).clear();

        assertThat(describe(sample.verify())).startsWith("lines 38 to 40 are missing");
    }

    @Test
    void cannotNoticeThatTheTailSinceTheLastSealWasCutOff() {
        SampleChain sample = SampleChain.of(45);
        sample.events.subList(40, 45).clear();

        StreamVerdict verdict = sample.verify();

        assertThat(verdict.finding()).isNull();
        assertThat(verdict.unsealed()).isZero();
    }

    @Test
    void namesWhatIsMissingAtTheBeginning() {
        SampleChain sample = SampleChain.of(45);
        sample.events.removeFirst();

        assertThat(describe(sample.verify())).startsWith("line 1 is missing");
    }

    @Test
    void namesTwoLinesThatWereSwappedWithTheirHashes() {
        SampleChain sample = SampleChain.of(45);
        renumber(sample, 17, 18);
        renumber(sample, 18, 17);

        assertThat(sample.verify().finding())
                .asInstanceOf(InstanceOfAssertFactories.type(Finding.Reordered.class))
                .satisfies(reordered -> {
                    assertThat(reordered.standing().json()).isEqualTo(sample.events.get(17));
                    assertThat(reordered.belonging().json()).isEqualTo(sample.events.get(16));
                });
    }

    @Test
    void namesTwoLinesFarApartWhoseContentWasSwapped() {
        SampleChain sample = SampleChain.of(45);
        String one = sample.text(17);
        String other = sample.text(38);
        sample.alter(17, contentOf(one), contentOf(other));
        sample.alter(38, contentOf(other), contentOf(one));

        assertThat(sample.verify().finding())
                .asInstanceOf(InstanceOfAssertFactories.type(Finding.Reordered.class))
                .satisfies(reordered -> {
                    assertThat(reordered.standing().sequence()).isEqualTo(17);
                    assertThat(reordered.belonging().sequence()).isEqualTo(38);
                });
    }

    @Test
    void namesALineThatWasAddedWithABadHash() {
        SampleChain sample = SampleChain.of(45);
        sample.events.add(sample.events.get(16).clone());
        sample.alter(46, "tanaka", "sato");

        assertThat(describe(sample.verify()))
                .startsWith("added: line 17,")
                .contains("document 46; the line of this number is document 17");
    }

    @Test
    void namesALineThatWasAddedWithAGoodLookingHash() {
        for (int number : List.of(17, 20)) {
            for (boolean first : List.of(true, false)) {
                SampleChain sample = SampleChain.of(45);
                sample.events.add(
                        first ? number : number - 1,
                        sample.events.get(number - 1).clone());
                int added = first ? number : number + 1;
                sample.alter(added, "tanaka", "sato");
                relinkBehind(sample, added, number - 1);

                StreamVerdict verdict = sample.verify();

                assertThat(verdict.finding())
                        .asInstanceOf(InstanceOfAssertFactories.type(Finding.Added.class))
                        .satisfies(
                                finding -> assertThat(finding.line().json()).isEqualTo(sample.events.get(added - 1)));
            }
        }
    }

    @Test
    void namesBothWhereNothingTellsWhichWasAdded() {
        SampleChain sample = SampleChain.of(45);
        sample.events.add(sample.events.get(44).clone());
        sample.alter(46, "tanaka", "sato");
        relinkBehind(sample, 46, 44);

        assertThat(describe(sample.verify())).contains("none is sealed yet, so which cannot be told");
    }

    @Test
    void cannotNoticeWhatIsPutBehindTheLastSealWithAGoodHash() {
        SampleChain sample = SampleChain.of(45);
        sample.alter(45, "tanaka", "sato");
        sample.relink(45);

        assertThat(sample.verify().finding()).isNull();
        assertThat(sample.verify().unsealed()).isEqualTo(5);
    }

    @Test
    void beginsAtASeal() {
        SampleChain sample = SampleChain.of(45);
        Seal second = sample.seals.get(1);
        ChainVerifier verifier =
                new ChainVerifier(SampleChain.STREAM, second.head(), second, sample.seals.subList(2, 4));
        for (int i = 21; i <= 40; i++) {
            verifier.next(sample.line(i));
        }

        StreamVerdict verdict = verifier.end();

        assertThat(verdict.finding()).isNull();
        assertThat(verdict.first()).isEqualTo(21);
        assertThat(verdict.sealed()).isEqualTo(40);
    }

    @Test
    void needsOnlyTheLeavesOfLinesThatAreNotShown() {
        SampleChain sample = SampleChain.of(20);
        ChainVerifier verifier = new ChainVerifier(SampleChain.STREAM, ChainHead.GENESIS, null, sample.seals);
        for (int i = 1; i <= 20; i++) {
            if (i == 7) {
                verifier.next(sample.line(7));
            } else {
                verifier.omitted(sample.line(i).leaf(Sha256.digest()));
            }
        }

        StreamVerdict verdict = verifier.end();

        assertThat(verdict.finding()).isNull();
        assertThat(verdict.listed()).isEqualTo(1);
        assertThat(verdict.sealed()).isEqualTo(20);
    }

    @Test
    void looksAtTheDocumentsHashWhateverTheOriginalLineSays() {
        assertThat(SampleChain.of(3).line(3).sequence()).isEqualTo(3);
        assertThat(SampleChain.of(3).line(3).stream()).isEqualTo(SampleChain.STREAM);
        assertThat(FoundLine.of("{\"user\":{\"id\":\"sato\"}}".getBytes(StandardCharsets.UTF_8), () -> "x"))
                .isNull();
    }

    private static void renumber(SampleChain sample, int index, int number) {
        String text = sample.text(index);
        String before = text.substring(text.lastIndexOf("\"sequence\":"), text.lastIndexOf(",\"stream\""));
        sample.alter(index, before + ",\"stream\"", "\"sequence\":" + number + ",\"stream\"");
    }

    /** All that differs between two samples. */
    private static String contentOf(String text) {
        return text.substring(0, text.indexOf("\"hash\":\"", text.lastIndexOf("integrity")));
    }

    private static void relinkBehind(SampleChain sample, int index, int before) {
        byte[] kept = sample.events.get(index - 2);
        sample.events.set(index - 2, sample.events.get(before - 1));
        sample.relink(index);
        sample.events.set(index - 2, kept);
    }

    private static long numberOf(@Nullable Seal seal) {
        return seal == null ? 0 : seal.number();
    }

    private static String describe(StreamVerdict verdict) {
        Finding finding = verdict.finding();
        return finding == null ? "whole" : finding.describe();
    }
}
