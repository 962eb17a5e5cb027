package dev.metsuke.shipper.position;

import dev.metsuke.events.integrity.ChainHead;
import dev.metsuke.events.json.CanonicalJson;
import dev.metsuke.events.json.JsonDocument;
import dev.metsuke.events.json.MalformedDocumentException;
import dev.metsuke.events.seal.Seal;
import dev.metsuke.events.seal.ToldKeys;
import dev.metsuke.shipper.tail.Checkpoint;
import dev.metsuke.shipper.tail.ContentKey;
import dev.metsuke.shipper.tail.FileIdentity;
import dev.metsuke.shipper.tail.FileKey;
import dev.metsuke.shipper.tail.Fingerprint;
import dev.metsuke.shipper.tail.Progress;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Records of {@code metsuke.positions}: a stream's chain head under the stream's name, its last seal under that, NUL and
 * {@code seal}, a file's position under that, NUL, and the file's device, inode and generation, a shipper's owner under the
 * shipper's id, and what it told of its keys under that, NUL and {@code keys}.
 */
public final class PositionCodec {

    private static final char SEPARATOR = '\0';
    private static final String SEAL = "seal";
    private static final String KEYS = "keys";
    private static final Pattern UNSPELLABLE = Pattern.compile("[^ -~]");

    private PositionCodec() {}

    public static byte[] ownerKey(String shipperId) {
        return utf8(shipperId);
    }

    public static byte[] owner(Owner owner) {
        return CanonicalJson.bytes(
                Map.of("incarnation", owner.incarnation(), "host", owner.host(), "since", owner.since()));
    }

    public static byte[] toldKeysKey(String shipperId) {
        return utf8(shipperId + SEPARATOR + KEYS);
    }

    public static byte[] toldKeys(ToldKeys told) {
        return CanonicalJson.bytes(told.members());
    }

    public static byte[] headKey(String stream) {
        return utf8(stream);
    }

    public static byte[] head(ChainHead head) {
        return CanonicalJson.bytes(Map.of("sequence", head.sequence(), "hash", head.hash()));
    }

    public static byte[] sealKey(String stream) {
        return utf8(stream + SEPARATOR + SEAL);
    }

    /** A stream's last seal: the next is numbered after it. */
    public static byte[] seal(Seal seal) {
        return seal.toJson();
    }

    public static byte[] fileKey(String stream, ContentKey file) {
        return utf8(stream + SEPARATOR + file);
    }

    public static byte[] file(FilePosition position) {
        Progress progress = position.progress();
        Fingerprint fingerprint = progress.identity().fingerprint();
        Map<String, @Nullable Object> members = new HashMap<>();
        members.put("file", keyMembers(position.file()));
        members.put("path", position.path().toString());
        if (!position.realPath().equals(position.path())) {
            members.put("realPath", position.realPath().toString());
        }
        members.put("found", position.found());
        if (!position.seenAt().equals(position.path())) {
            members.put("seenAt", position.seenAt().toString());
        }
        members.put("generation", progress.generation());
        members.put("origin", originMembers(progress.identity().origin()));
        members.put("fingerprint", Map.of("length", fingerprint.length(), "sha256", fingerprint.sha256()));
        members.put("offset", progress.offset());
        members.put("size", progress.size());
        members.put("firstLine", progress.firstLine());
        members.put(
                "checkpoints",
                progress.checkpoints().stream()
                        .map(checkpoint ->
                                Map.of("offset", checkpoint.offset(), "crc32c", (long) checkpoint.checksum()))
                        .toList());
        members.put("readThrough", progress.readThrough());
        members.put("rotated", progress.rotated());
        if (progress.withinLine()) {
            members.put("withinLine", true);
        }
        return CanonicalJson.bytes(members);
    }

    private static Map<String, Object> originMembers(ContentKey origin) {
        Map<String, Object> members = new HashMap<>(keyMembers(origin.file()));
        members.put("generation", origin.generation());
        return members;
    }

    private static Map<String, Object> keyMembers(FileKey key) {
        return Map.of("device", key.device(), "inode", key.inode());
    }

    /** Takes a record over into the positions of a shipper; records of other shippers are passed over. */
    public static void apply(String shipperId, byte[] key, byte @Nullable [] value, Positions positions)
            throws MalformedDocumentException {
        String name = new String(key, StandardCharsets.UTF_8);
        if (name.equals(shipperId)) {
            if (value != null) {
                positions.ownerIs(decodeOwner(JsonDocument.parse(value)));
            }
            return;
        }
        if (name.equals(shipperId + SEPARATOR + KEYS)) {
            positions.toldKeysAre(value == null ? ToldKeys.NOTHING : ToldKeys.of(JsonDocument.parse(value)));
            return;
        }
        if (!name.startsWith(shipperId + "/")) {
            return;
        }
        int separator = name.indexOf(SEPARATOR);
        if (separator < 0) {
            positions.headIs(name, value == null ? ChainHead.GENESIS : decodeHead(JsonDocument.parse(value)));
        } else if (name.startsWith(SEAL, separator + 1)) {
            positions.sealIs(name.substring(0, separator), value == null ? null : Seal.fromJson(value));
        } else if (value == null) {
            positions.forget(name.substring(0, separator), name.substring(separator + 1));
        } else {
            positions.fileIs(name.substring(0, separator), decodeFile(JsonDocument.parse(value)));
        }
    }

    /**
     * Takes the record of a file over, whichever shipper's it is; others are passed over.
     *
     * @param wanted which files are of interest
     */
    public static void applyFile(
            byte[] key, byte @Nullable [] value, Positions positions, Predicate<FilePosition> wanted)
            throws MalformedDocumentException {
        String name = new String(key, StandardCharsets.UTF_8);
        int separator = name.indexOf(SEPARATOR);
        if (separator < 0 || name.indexOf('/') < 0 || name.startsWith(SEAL, separator + 1)) {
            return;
        }
        String stream = name.substring(0, separator);
        positions.forget(stream, name.substring(separator + 1));
        if (value != null) {
            FilePosition position = decodeFile(JsonDocument.parse(value));
            if (wanted.test(position)) {
                positions.fileIs(stream, position);
            }
        }
    }

    private static Owner decodeOwner(JsonDocument json) throws MalformedDocumentException {
        return new Owner(json.requiredText("incarnation"), json.requiredText("host"), json.requiredInstant("since"));
    }

    private static ChainHead decodeHead(JsonDocument json) throws MalformedDocumentException {
        return new ChainHead(json.requiredInteger("sequence"), json.requiredText("hash"));
    }

    private static FilePosition decodeFile(JsonDocument json) throws MalformedDocumentException {
        String sha256 = json.text("fingerprint.sha256");
        Fingerprint fingerprint =
                new Fingerprint((int) json.requiredInteger("fingerprint.length"), sha256 == null ? "" : sha256);
        List<Checkpoint> checkpoints = new ArrayList<>();
        for (JsonDocument checkpoint : json.objects("checkpoints")) {
            checkpoints.add(
                    new Checkpoint(checkpoint.requiredInteger("offset"), (int) checkpoint.requiredInteger("crc32c")));
        }
        boolean rotated = Boolean.TRUE.equals(json.bool("rotated"));
        // Older ones do not tell; one that was rotated may have stood where no glob looked.
        Boolean found = json.bool("found");
        String path = json.requiredText("path");
        String realPath = json.text("realPath");
        String seenAt = json.text("seenAt");
        return new FilePosition(
                decodeKey(json, "file"),
                decodePath(path),
                decodePath(realPath == null ? path : realPath),
                found == null ? !rotated : found,
                decodePath(seenAt == null ? path : seenAt),
                new Progress(
                        new FileIdentity(decodeOrigin(json), fingerprint),
                        json.requiredInteger("generation"),
                        json.requiredInteger("offset"),
                        json.requiredInteger("size"),
                        json.text("firstLine"),
                        checkpoints,
                        json.requiredInteger("readThrough"),
                        rotated,
                        Boolean.TRUE.equals(json.bool("withinLine"))));
    }

    /** Where a name cannot be spelt in this locale, a path at which no file stands that is looked for. */
    private static Path decodePath(String path) {
        try {
            return Path.of(path);
        } catch (InvalidPathException e) {
            return Path.of(UNSPELLABLE.matcher(path).replaceAll("?"));
        }
    }

    /** Before it had a generation, event ids were made as those of the first are. */
    private static ContentKey decodeOrigin(JsonDocument json) throws MalformedDocumentException {
        Long generation = json.integer("origin.generation");
        return new ContentKey(decodeKey(json, "origin"), generation == null ? 0 : generation);
    }

    private static FileKey decodeKey(JsonDocument json, String name) throws MalformedDocumentException {
        return new FileKey(json.requiredInteger(name + ".device"), json.requiredInteger(name + ".inode"));
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
