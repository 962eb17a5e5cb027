package dev.metsuke.shipper.position;

import dev.metsuke.events.integrity.ChainHead;
import dev.metsuke.events.json.CanonicalJson;
import dev.metsuke.events.json.JsonDocument;
import dev.metsuke.events.json.MalformedDocumentException;
import dev.metsuke.shipper.tail.FileIdentity;
import dev.metsuke.shipper.tail.FileKey;
import dev.metsuke.shipper.tail.Fingerprint;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Records of {@code metsuke.positions}: a stream's chain head under the stream's name, a file's position under the
 * stream's name, NUL, and the file's device and inode, a shipper's owner under the shipper's id.
 */
public final class PositionCodec {

    private static final char SEPARATOR = '\0';

    private PositionCodec() {}

    public static byte[] ownerKey(String shipperId) {
        return utf8(shipperId);
    }

    public static byte[] owner(Owner owner) {
        return CanonicalJson.bytes(
                Map.of("incarnation", owner.incarnation(), "host", owner.host(), "since", owner.since()));
    }

    public static byte[] headKey(String stream) {
        return utf8(stream);
    }

    public static byte[] head(ChainHead head) {
        return CanonicalJson.bytes(Map.of("sequence", head.sequence(), "hash", head.hash()));
    }

    public static byte[] fileKey(String stream, FileKey file) {
        return utf8(stream + SEPARATOR + file);
    }

    public static byte[] file(FilePosition position) {
        Map<String, @Nullable Object> members = new HashMap<>();
        FileKey key = position.identity().key();
        Fingerprint fingerprint = position.identity().fingerprint();
        members.put("device", key.device());
        members.put("inode", key.inode());
        members.put("fingerprint", Map.of("length", fingerprint.length(), "sha256", fingerprint.sha256()));
        members.put("path", position.path().toString());
        members.put("generation", position.generation());
        members.put("offset", position.offset());
        members.put("size", position.size());
        members.put("firstLine", position.firstLine());
        return CanonicalJson.bytes(members);
    }

    /** Takes a record over into the positions of a shipper; records of other shippers are passed over. */
    static void apply(String shipperId, byte[] key, byte @Nullable [] value, Positions positions)
            throws MalformedDocumentException {
        String name = new String(key, StandardCharsets.UTF_8);
        if (name.equals(shipperId)) {
            if (value != null) {
                positions.ownerIs(decodeOwner(JsonDocument.parse(value)));
            }
            return;
        }
        if (!name.startsWith(shipperId + "/")) {
            return;
        }
        int separator = name.indexOf(SEPARATOR);
        if (separator < 0) {
            positions.headIs(name, value == null ? ChainHead.GENESIS : decodeHead(JsonDocument.parse(value)));
        } else if (value == null) {
            positions.forget(name.substring(0, separator), name.substring(separator + 1));
        } else {
            positions.fileIs(name.substring(0, separator), decodeFile(JsonDocument.parse(value)));
        }
    }

    private static Owner decodeOwner(JsonDocument json) throws MalformedDocumentException {
        return new Owner(json.requiredText("incarnation"), json.requiredText("host"), json.requiredInstant("since"));
    }

    private static ChainHead decodeHead(JsonDocument json) throws MalformedDocumentException {
        return new ChainHead(json.requiredInteger("sequence"), json.requiredText("hash"));
    }

    private static FilePosition decodeFile(JsonDocument json) throws MalformedDocumentException {
        FileKey key = new FileKey(json.requiredInteger("device"), json.requiredInteger("inode"));
        String sha256 = json.text("fingerprint.sha256");
        Fingerprint fingerprint =
                new Fingerprint((int) json.requiredInteger("fingerprint.length"), sha256 == null ? "" : sha256);
        return new FilePosition(
                new FileIdentity(key, fingerprint),
                Path.of(json.requiredText("path")),
                json.requiredInteger("generation"),
                json.requiredInteger("offset"),
                json.requiredInteger("size"),
                json.text("firstLine"));
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
