package dev.metsuke.events.seal;

import dev.metsuke.events.integrity.Sha256;
import dev.metsuke.events.json.MalformedDocumentException;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.HexFormat;
import org.bouncycastle.crypto.params.Ed25519PublicKeyParameters;
import org.bouncycastle.math.ec.rfc8032.Ed25519;
import org.jspecify.annotations.Nullable;

/**
 * The public half of a key that seals: an Ed25519 key in X.509's SubjectPublicKeyInfo. Two are equal whose bytes are.
 *
 * <p>RFC 8032 lets a verifier multiply the equation by eight or not, and whoever has the key can make signatures that hold for
 * one and not for the other. A seal is believed only where both agree: key and signature are points of the group of prime order.
 */
public final class PublicSealKey {

    private static final int ID_BYTES = 8;
    private static final String PEM_LABEL = "PUBLIC KEY";

    private final PublicKey key;
    /** The JDK's own verifying takes several times as long, and there may be a seal for every minute of years. */
    private final Ed25519PublicKeyParameters verifying;

    private final String id;

    PublicSealKey(PublicKey key) {
        byte[] encoded = key.getEncoded();
        int own = encoded.length - Ed25519PublicKeyParameters.KEY_SIZE;
        if (!Ed25519.validatePublicKeyFull(encoded, own)) {
            throw new IllegalArgumentException("it is no point of the group of prime order");
        }
        this.key = key;
        this.verifying = new Ed25519PublicKeyParameters(encoded, own);
        this.id = HexFormat.of().formatHex(Sha256.of(encoded), 0, ID_BYTES);
    }

    /**
     * Reads {@code -----BEGIN PUBLIC KEY-----}.
     *
     * @throws MalformedDocumentException where it is no Ed25519 key
     */
    public static PublicSealKey ofPem(String pem) throws MalformedDocumentException {
        return ofDer(Pem.decode(pem, PEM_LABEL));
    }

    static PublicSealKey ofBase64(String der) throws MalformedDocumentException {
        try {
            return ofDer(Base64.getDecoder().decode(der));
        } catch (IllegalArgumentException e) {
            throw new MalformedDocumentException("a public key is not base64", e);
        }
    }

    private static PublicSealKey ofDer(byte[] der) throws MalformedDocumentException {
        try {
            return new PublicSealKey(
                    KeyFactory.getInstance(SealKeyPair.ALGORITHM).generatePublic(new X509EncodedKeySpec(der)));
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw new MalformedDocumentException("not an Ed25519 public key: " + e.getMessage(), e);
        }
    }

    /** The first 16 hexadecimal digits of the SHA-256 of {@link #der}. */
    public String id() {
        return id;
    }

    /** SubjectPublicKeyInfo. */
    public byte[] der() {
        return key.getEncoded();
    }

    public String toPem() {
        return Pem.encode(der(), PEM_LABEL);
    }

    /** Whether the record's signature is this key's. */
    public boolean hasSigned(SealRecord record) {
        return hasSigned(record.signedBytes(), record.signature());
    }

    /** Whether a signature, in base64, is this key's of these bytes. */
    boolean hasSigned(byte[] bytes, String signature) {
        byte[] decoded;
        try {
            decoded = Base64.getDecoder().decode(signature);
        } catch (IllegalArgumentException e) {
            // Nobody has signed so.
            return false;
        }
        return decoded.length == Ed25519.SIGNATURE_SIZE
                && verifying.verify(Ed25519.Algorithm.Ed25519, null, bytes, 0, bytes.length, decoded, 0)
                // A signature begins with a point.
                && Ed25519.validatePublicKeyFull(decoded, 0);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof PublicSealKey that && key.equals(that.key);
    }

    @Override
    public int hashCode() {
        return key.hashCode();
    }

    @Override
    public String toString() {
        return id;
    }
}
