package dev.metsuke.events.seal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.metsuke.events.json.MalformedDocumentException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Random;
import org.bouncycastle.crypto.params.Ed25519PublicKeyParameters;
import org.bouncycastle.math.ec.rfc8032.Ed25519;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PublicSealKeyTest {

    private static final HexFormat HEX = HexFormat.of();

    /** What stands before the key's own bytes in a SubjectPublicKeyInfo (RFC 8410). */
    private static final String PREFIX = "302a300506032b6570032100";

    /** The order of the group (RFC 8032, 5.1). */
    private static final BigInteger ORDER =
            BigInteger.TWO.pow(252).add(new BigInteger("27742317777372353535851937790883648493"));

    private static final SealKeyPair KEY = SealKeyPair.generate();
    private static final byte[] WORD = {1, 2, 3};

    @ParameterizedTest
    @CsvSource({
        "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a, '', "
                + "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555f"
                + "b8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b",
        "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c, 72, "
                + "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da08"
                + "5ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00",
        "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025, af82, "
                + "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18"
                + "ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a",
    })
    void knowsTheSignaturesOfTheStandard(String key, String message, String signature) throws Exception {
        PublicSealKey read = key(key);
        byte[] bytes = HEX.parseHex(message);

        assertThat(read.hasSigned(bytes, base64(HEX.parseHex(signature)))).isTrue();
        assertThat(read.hasSigned(new byte[] {1}, base64(HEX.parseHex(signature))))
                .isFalse();
    }

    @Test
    void refusesASignatureOfWhichAnyBitChanged() {
        Random random = new Random(8032);
        for (int i = 0; i < 200; i++) {
            byte[] word = new byte[random.nextInt(400)];
            random.nextBytes(word);
            byte[] signature = Base64.getDecoder().decode(KEY.sign(word));
            assertThat(KEY.publicKey().hasSigned(word, base64(signature))).isTrue();
            int bit = random.nextInt(signature.length * Byte.SIZE);
            signature[bit / Byte.SIZE] ^= (byte) (1 << bit % Byte.SIZE);
            assertThat(KEY.publicKey().hasSigned(word, base64(signature)))
                    .as("bit %d of a signature of %d bytes", bit, word.length)
                    .isFalse();
        }
    }

    /** R = rB + T, T of order 8: the equation times eight holds, which some verifiers ask for, the equation alone does not. */
    @Test
    void believesNoSignatureAboutWhichVerifiersDisagree() throws Exception {
        byte[] key = HEX.parseHex("a11f1e3d4aa1c45345c6d93dfe6a1596a1fb3aecdb81de72f4342e6b0691df28");
        byte[] signature = HEX.parseHex("6a84d583f06569edb3f5ed77df65544b27d6948b4f0b2cb76f33dd8413b20719"
                + "6e6c5747efb901011926ba91562f3647b52b465ba24f143b2fae87dc29b70e0e");

        assertThat(new Ed25519PublicKeyParameters(key)
                        .verify(Ed25519.Algorithm.Ed25519, null, WORD, 0, WORD.length, signature, 0))
                .isTrue();
        assertThat(platformAccepts(key(HEX.formatHex(key)), WORD, signature)).isFalse();
        assertThat(key(HEX.formatHex(key)).hasSigned(WORD, base64(signature))).isFalse();
    }

    @Test
    void refusesWhatIsNoneThoughItResemblesOne() {
        byte[] signature = Base64.getDecoder().decode(KEY.sign(WORD));

        assertThat(KEY.publicKey().hasSigned(WORD, base64(Arrays.copyOf(signature, 63))))
                .isFalse();
        assertThat(KEY.publicKey().hasSigned(WORD, base64(Arrays.copyOf(signature, 65))))
                .isFalse();
        assertThat(KEY.publicKey().hasSigned(WORD, base64(withOrderAdded(signature))))
                .isFalse();
        assertThat(KEY.publicKey().hasSigned(WORD, "")).isFalse();
        assertThat(KEY.publicKey().hasSigned(WORD, "no signature")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                // Of no point, not in its shortest form, of few elements, and with a part that is of few elements.
                "0200000000000000000000000000000000000000000000000000000000000000",
                "ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
                "0100000000000000000000000000000000000000000000000000000000000000",
                "71c5f226e93eaec05ce771189332ae86daa3019bec1dfead833e364949f064a6",
            })
    void refusesAKeyThatIsNoPointOfTheGroup(String bytes) {
        assertThatThrownBy(() -> key(bytes))
                .isInstanceOf(MalformedDocumentException.class)
                .hasMessageContaining("not an Ed25519 public key");
    }

    /** The same signature to whoever does not look: its second half is a number, and counts modulo the order. */
    private static byte[] withOrderAdded(byte[] signature) {
        byte[] half = reversed(Arrays.copyOfRange(signature, 32, 64));
        byte[] sum = reversed(new BigInteger(1, half).add(ORDER).toByteArray());
        byte[] added = Arrays.copyOf(signature, 64);
        Arrays.fill(added, 32, 64, (byte) 0);
        System.arraycopy(sum, 0, added, 32, Math.min(sum.length, 32));
        return added;
    }

    private static byte[] reversed(byte[] bytes) {
        byte[] reversed = new byte[bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            reversed[i] = bytes[bytes.length - 1 - i];
        }
        return reversed;
    }

    private static boolean platformAccepts(PublicSealKey key, byte[] word, byte[] signature)
            throws GeneralSecurityException {
        PublicKey read = KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(key.der()));
        Signature ed25519 = Signature.getInstance("Ed25519");
        ed25519.initVerify(read);
        ed25519.update(word);
        try {
            return ed25519.verify(signature);
        } catch (SignatureException e) {
            return false;
        }
    }

    private static PublicSealKey key(String bytes) throws MalformedDocumentException {
        return PublicSealKey.ofBase64(base64(HEX.parseHex(PREFIX + bytes)));
    }

    private static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }
}
