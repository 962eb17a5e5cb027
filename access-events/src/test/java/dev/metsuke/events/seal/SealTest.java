package dev.metsuke.events.seal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.metsuke.events.integrity.ChainHead;
import dev.metsuke.events.json.MalformedDocumentException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class SealTest {

    private static final Instant AT = Instant.parse("2026-11-24T00:04:40.666Z");
    private static final ChainHead HEAD = new ChainHead(7, "ab".repeat(32));
    private static final SealKeyPair KEY = SealKeyPair.generate();

    @Test
    void saysWhatIsSigned() {
        Seal seal = Seal.sign("db1/crm", 3, HEAD, AT, KEY);

        assertThat(new String(seal.signedBytes(), StandardCharsets.UTF_8))
                .isEqualTo("{\"format\":\"metsuke-seal-1\",\"hash\":\"" + HEAD.hash() + "\",\"key\":\""
                        + KEY.publicKey().id() + "\",\"number\":3,\"sequence\":7,"
                        + "\"signed_at\":\"2026-11-24T00:04:40.666Z\",\"stream\":\"db1/crm\"}");
        assertThat(KEY.publicKey().hasSigned(seal)).isTrue();
    }

    @Test
    void isNoLongerSignedWhenAnythingInItChanges() {
        Seal seal = Seal.sign("db1/crm", 3, HEAD, AT, KEY);
        String signature = seal.signature();
        String key = seal.keyId();

        assertThat(KEY.publicKey().hasSigned(new Seal("db1/crx", 3, HEAD, AT, List.of(), key, signature)))
                .isFalse();
        assertThat(KEY.publicKey().hasSigned(new Seal("db1/crm", 4, HEAD, AT, List.of(), key, signature)))
                .isFalse();
        assertThat(KEY.publicKey()
                        .hasSigned(
                                new Seal("db1/crm", 3, new ChainHead(8, HEAD.hash()), AT, List.of(), key, signature)))
                .isFalse();
        assertThat(KEY.publicKey().hasSigned(new Seal("db1/crm", 3, HEAD, AT.plusMillis(1), List.of(), key, signature)))
                .isFalse();
        assertThat(KEY.publicKey().hasSigned(new Seal("db1/crm", 3, HEAD, AT, List.of(), key, "no signature")))
                .isFalse();
        assertThat(SealKeyPair.generate().publicKey().hasSigned(seal)).isFalse();
    }

    @Test
    void isReadAsItWasWritten() throws Exception {
        Seal seal = Seal.sign("db1/crm", 3, HEAD, AT, KEY);
        KeyAnnouncement announcement =
                KeyAnnouncement.sign("db1", SealKeyPair.generate().publicKey(), AT, KEY);

        assertThat(SealRecord.fromJson(seal.toJson())).isEqualTo(seal);
        assertThat(SealRecord.fromJson(announcement.toJson())).isEqualTo(announcement);
    }

    @Test
    void hasTheSameIdWhereverItIsRead() {
        Seal seal = Seal.sign("db1/crm", 3, HEAD, AT, KEY);

        assertThat(Seal.sign("db1/crm", 3, HEAD, AT, KEY).id()).isEqualTo(seal.id());
        assertThat(Seal.sign("db1/crm", 4, HEAD, AT, KEY).id()).isNotEqualTo(seal.id());
    }

    @Test
    void refusesWhatIsNoSeal() {
        assertThatThrownBy(
                        () -> SealRecord.fromJson("{\"event\":{\"action\":\"read\"}}".getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(MalformedDocumentException.class)
                .hasMessageContaining("event.action is read");
        String unknown = new String(Seal.sign("s", 1, HEAD, AT, KEY).toJson(), StandardCharsets.UTF_8)
                .replace("metsuke-seal-1", "metsuke-seal-9");
        assertThatThrownBy(() -> SealRecord.fromJson(unknown.getBytes(StandardCharsets.UTF_8)))
                .hasMessageContaining("metsuke-seal-9");
    }

    @Test
    void keepsItsKeyAsPem() throws Exception {
        String publicPem = KEY.publicKey().toPem();
        SealKeyPair read = SealKeyPair.ofPem(KEY.privatePem(), PublicSealKey.ofPem("a key\n" + publicPem));

        assertThat(publicPem).startsWith("-----BEGIN PUBLIC KEY-----\nMCowBQYDK2VwAyEA");
        assertThat(read.publicKey()).isEqualTo(KEY.publicKey());
        assertThat(KEY.publicKey().hasSigned(Seal.sign("s", 1, HEAD, AT, read))).isTrue();
        assertThat(KEY.publicKey().id()).matches("[0-9a-f]{16}");
    }

    @Test
    void refusesHalvesOfDifferentKeys() {
        assertThatThrownBy(() -> SealKeyPair.ofPem(
                        KEY.privatePem(), SealKeyPair.generate().publicKey()))
                .isInstanceOf(MalformedDocumentException.class)
                .hasMessageContaining("not that of the public key");
        assertThatThrownBy(() -> PublicSealKey.ofPem(KEY.privatePem())).hasMessageContaining("BEGIN PUBLIC KEY");
    }
}
