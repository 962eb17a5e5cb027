package dev.metsuke.shipper.privacy;

import dev.metsuke.operations.settings.InvalidSettingsException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import java.text.Normalizer;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Makes pseudonyms: {@code p:} and the first 128 bits, in hexadecimal, of the HMAC-SHA256 of the identifier (UTF-8, Unicode
 * form NFC, without white space around it). The same key gives the same pseudonym for the same identifier, whatever the
 * source; without the key neither can be told from the other. Not safe for several threads.
 */
public final class PseudonymKey {

    public static final String PREFIX = "p:";

    private static final String ALGORITHM = "HmacSHA256";
    private static final int FEWEST_BYTES = 32;
    private static final int PSEUDONYM_BYTES = 16;
    private static final Set<PosixFilePermission> TOO_OPEN = Set.of(
            PosixFilePermission.GROUP_WRITE,
            PosixFilePermission.OTHERS_READ,
            PosixFilePermission.OTHERS_WRITE,
            PosixFilePermission.OTHERS_EXECUTE);

    private final Mac mac;

    private PseudonymKey(byte[] key) {
        try {
            mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(key, ALGORITHM));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java platform has HMAC-SHA256", e);
        } catch (InvalidKeyException e) {
            throw new AssertionError("HMAC takes any key", e);
        }
    }

    /**
     * Reads a key as {@code openssl rand -hex 32} writes it.
     *
     * @throws InvalidSettingsException where the file cannot be read, others may read it, or it holds no such key
     */
    public static PseudonymKey read(Path file) {
        String written;
        try {
            refuseOpenFile(file);
            written = Files.readString(file, StandardCharsets.ISO_8859_1).strip();
        } catch (IOException e) {
            throw unfit(
                    file,
                    "cannot be read (" + e + "); create it with: openssl rand -hex 32 > " + file + "; chmod 600 "
                            + file);
        }
        byte[] key;
        try {
            key = HexFormat.of().parseHex(written);
        } catch (IllegalArgumentException e) {
            // The cause would quote the key.
            throw unfit(file, "is no key of hexadecimal digits, as openssl rand -hex 32 writes it");
        }
        if (key.length < FEWEST_BYTES) {
            throw unfit(file, "is a key of " + key.length + " bytes; it must have 32 or more: openssl rand -hex 32");
        }
        return new PseudonymKey(key);
    }

    /** The pseudonym of one person, or of whatever else must not be told. */
    public String pseudonym(String identifier) {
        byte[] bytes =
                Normalizer.normalize(identifier.strip(), Normalizer.Form.NFC).getBytes(StandardCharsets.UTF_8);
        return pseudonym(bytes, 0, bytes.length);
    }

    /** The same for bytes as they are. */
    String pseudonym(byte[] bytes, int start, int end) {
        mac.update(bytes, start, end - start);
        return PREFIX + HexFormat.of().formatHex(mac.doFinal(), 0, PSEUDONYM_BYTES);
    }

    private static void refuseOpenFile(Path file) throws IOException {
        if (!Files.getFileStore(file).supportsFileAttributeView("posix")) {
            return;
        }
        for (PosixFilePermission permission : Files.getPosixFilePermissions(file)) {
            if (TOO_OPEN.contains(permission)) {
                throw unfit(file, "can be reached by other users of this host; do: chmod 600 " + file);
            }
        }
    }

    private static InvalidSettingsException unfit(Path file, String problem) {
        return new InvalidSettingsException(List.of("the pseudonyms' key " + file + " " + problem));
    }
}
