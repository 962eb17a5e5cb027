package dev.metsuke.events.seal;

import dev.metsuke.events.json.MalformedDocumentException;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;

/** A key that can seal. */
public final class SealKeyPair {

    static final String ALGORITHM = "Ed25519";

    private static final String PEM_LABEL = "PRIVATE KEY";

    private final PublicSealKey publicKey;
    private final PrivateKey privateKey;

    private SealKeyPair(PublicSealKey publicKey, PrivateKey privateKey) {
        this.publicKey = publicKey;
        this.privateKey = privateKey;
    }

    /** A new key. */
    public static SealKeyPair generate() {
        try {
            KeyPair pair = KeyPairGenerator.getInstance(ALGORITHM).generateKeyPair();
            return new SealKeyPair(new PublicSealKey(pair.getPublic()), pair.getPrivate());
        } catch (GeneralSecurityException e) {
            throw new AssertionError("every Java platform from 15 on has Ed25519", e);
        }
    }

    /**
     * The key of a private half in PKCS #8, {@code -----BEGIN PRIVATE KEY-----}, and its public half.
     *
     * @throws MalformedDocumentException where it is no Ed25519 key, or the halves are of different keys
     */
    public static SealKeyPair ofPem(String privatePem, PublicSealKey publicKey) throws MalformedDocumentException {
        try {
            PrivateKey privateKey = KeyFactory.getInstance(ALGORITHM)
                    .generatePrivate(new PKCS8EncodedKeySpec(Pem.decode(privatePem, PEM_LABEL)));
            SealKeyPair pair = new SealKeyPair(publicKey, privateKey);
            pair.checkHalves();
            return pair;
        } catch (GeneralSecurityException e) {
            throw new MalformedDocumentException("not an Ed25519 private key: " + e.getMessage(), e);
        }
    }

    private void checkHalves() throws MalformedDocumentException {
        byte[] word = publicKey.der();
        if (!publicKey.hasSigned(word, sign(word))) {
            throw new MalformedDocumentException("the private key is not that of the public key " + publicKey.id());
        }
    }

    public PublicSealKey publicKey() {
        return publicKey;
    }

    /** PKCS #8. */
    public String privatePem() {
        return Pem.encode(privateKey.getEncoded(), PEM_LABEL);
    }

    /** Ed25519, base64. */
    String sign(byte[] bytes) {
        try {
            Signature ed25519 = Signature.getInstance(ALGORITHM);
            ed25519.initSign(privateKey);
            ed25519.update(bytes);
            return Base64.getEncoder().encodeToString(ed25519.sign());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the seal key " + publicKey.id() + " cannot sign", e);
        }
    }
}
