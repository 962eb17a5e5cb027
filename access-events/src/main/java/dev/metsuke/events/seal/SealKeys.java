package dev.metsuke.events.seal;

import dev.metsuke.events.json.MalformedDocumentException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A folder of seal keys, of a shipper or of one who records readings: {@code keys.json}, the list that auditors are given, and of each key {@code
 * ID.public.pem}; of the current one {@code ID.private.pem} too, which only its owner can read. Whoever changes the list puts
 * a whole new file in its place.
 */
public final class SealKeys {

    private static final String LIST = "keys.json";
    private static final String DRAFT = LIST + ".new";
    private static final String PRIVATE = ".private.pem";
    private static final String PUBLIC = ".public.pem";
    /** How far ahead a rotation is dated: longer than it takes. */
    private static final Duration HANDOVER = Duration.ofSeconds(2);

    private static final Set<PosixFilePermission> OWNERS = PosixFilePermissions.fromString("rwx------");

    private static final KeyList NONE = new KeyList(List.of());

    private final Path folder;
    private final String shipperId;
    private final LastSigned lastSigned;
    private byte @Nullable [] read;
    private KeyList list = NONE;
    private @Nullable Current current;

    /**
     * Touches nothing yet.
     *
     * @param keyFolder of all shippers
     * @param shipperId whose keys; they lie in a folder of this name
     */
    public SealKeys(Path keyFolder, String shipperId) {
        this.folder = keyFolder.resolve(shipperId);
        this.shipperId = shipperId;
        this.lastSigned = new LastSigned(folder);
    }

    public Path folder() {
        return folder;
    }

    /** What was read last. */
    public KeyList list() {
        return list;
    }

    /**
     * Reads the folder, unless it is as it was.
     *
     * @return whether it was another
     */
    public boolean load() throws IOException {
        Path file = folder.resolve(LIST);
        if (!Files.exists(file)) {
            refuseKeysWithoutList();
            return false;
        }
        byte[] bytes = Files.readAllBytes(file);
        if (Arrays.equals(bytes, read)) {
            return false;
        }
        try {
            KeyList found = bytes.length == 0 ? NONE : KeyList.fromJson(bytes);
            if (found.keys().isEmpty()) {
                refuseKeysWithoutList();
            }
            // Also where the current key cannot be read: the list tells whether the one before still holds.
            list = found;
            current = found.current().isPresent() ? pair(found.current().get()) : null;
        } catch (MalformedDocumentException e) {
            throw unusable(e);
        }
        read = bytes;
        return true;
    }

    /** The key that seals; the first is made where there is none. */
    public Current current(Instant now) throws IOException {
        if (Files.exists(folder.resolve(LIST))) {
            load();
        }
        Current key = current;
        return key == null ? alone(() -> currentOrFirst(now)) : key;
    }

    /** Whether a key may sign at this time, as far as the list that was read last tells. */
    public boolean holds(Current key, Instant at) {
        return list.byId(key.pair().publicKey().id())
                .map(listed -> listed.isUsedAt(at) && !listed.isRevokedAt(at))
                .orElse(true);
    }

    private Current currentOrFirst(Instant now) throws IOException {
        load();
        if (current == null) {
            SealKeyPair pair = SealKeyPair.generate();
            write(pair, list.begunWith(pair.publicKey(), shipperId, now));
        }
        Current key = current;
        if (key == null) {
            throw new IOException("the seal keys in " + folder + " were changed by somebody else; start again");
        }
        return key;
    }

    /** Of all processes that share the folder, one at a time changes the list, beginning with what the last one left. */
    private <T> T alone(Change<T> change) throws IOException {
        Files.createDirectories(folder, ownersOnly("rwx------"));
        synchronized (SealKeys.class) {
            try (FileChannel lock = FileChannel.open(
                            folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                    FileLock _ = lock.lock()) {
                return change.make();
            }
        }
    }

    private interface Change<T> {

        T make() throws IOException;
    }

    /** Remembers when the keys signed a seal, for whoever ends one of them; as far as the folder can be written. */
    public void noteSigned(Instant at) {
        try {
            lastSigned.note(at);
        } catch (IOException e) {
            // Where nothing can be written beside the keys, none of them is rotated or revoked there.
        }
    }

    /** Now; right behind the last seal where that is dated ahead, since the clock was set back. */
    public Instant behindAllSigned(Instant now) throws IOException {
        Instant last = lastSigned.read();
        return last.isBefore(now) ? now : last.plusMillis(1);
    }

    /** The current key names its follower, and its private half is deleted. */
    public KeyAnnouncement rotate(Instant now) throws IOException {
        return alone(() -> rotateAlone(now));
    }

    private KeyAnnouncement rotateAlone(Instant now) throws IOException {
        Current old = currentOrFirst(now);
        SealKeyPair next = SealKeyPair.generate();
        // A running shipper may seal with the old key until the list says so.
        Instant at = latest(behindAllSigned(now).plus(HANDOVER), old.since());
        KeyAnnouncement announcement = KeyAnnouncement.sign(shipperId, next.publicKey(), at, old.pair());
        write(next, list.rotated(announcement));
        Files.deleteIfExists(folder.resolve(old.pair().publicKey().id() + PRIVATE));
        return announcement;
    }

    /**
     * A key is believed no more. Another takes its place if it was the current one; nobody announces that one, since the
     * word of the revoked key is worth nothing. The key that is current says so, as its last word if it is the revoked one;
     * where its private half is lost, the one that takes its place says so.
     *
     * @param at from when on; {@link #behindAllSigned} takes no seal that is there along
     * @throws IllegalArgumentException where there is no reason; nothing was changed then
     */
    public KeyRevocation revoke(String id, Instant at, String reason, Instant now) throws IOException {
        return alone(() -> revokeAlone(id, at, reason, now));
    }

    private KeyRevocation revokeAlone(String id, Instant at, String reason, Instant now) throws IOException {
        KeyList before = listOnly();
        ListedKey current = before.current().orElse(null);
        SealKeyPair signer = current == null ? null : pairIfUsable(current);
        boolean isFollowed =
                signer == null || current == null || current.key().id().equals(id);
        SealKeyPair next = isFollowed ? SealKeyPair.generate() : null;
        Instant behind = behindAllSigned(now);
        Instant signedAt = current == null ? behind : latest(behind, current.validFrom());
        KeyRevocation revocation = KeyRevocation.sign(
                shipperId, id, at, reason, signedAt, signer == null ? Objects.requireNonNull(next) : signer);
        KeyList after = before.revoked(revocation);
        if (next == null) {
            write(after);
        } else {
            write(next, after.begunWith(next.publicKey(), shipperId, signedAt));
        }
        Files.deleteIfExists(folder.resolve(id + PRIVATE));
        return revocation;
    }

    private static Instant latest(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }

    /** A key of the list, whether or not the private half of the current one is there. */
    public Optional<ListedKey> find(String id) throws IOException {
        return Files.exists(folder.resolve(LIST)) ? listOnly().byId(id) : Optional.empty();
    }

    private KeyList listOnly() throws IOException {
        try {
            return KeyList.fromJson(Files.readAllBytes(folder.resolve(LIST)));
        } catch (MalformedDocumentException e) {
            throw unusable(e);
        }
    }

    /** Null where it is lost, or what is there is no key any more. */
    private @Nullable SealKeyPair pairIfUsable(ListedKey listed) throws IOException {
        try {
            return pair(listed).pair();
        } catch (NoSuchFileException | MalformedDocumentException e) {
            return null;
        }
    }

    private IOException unusable(MalformedDocumentException e) {
        return new IOException("the seal keys in " + folder + " cannot be used: " + e.getMessage(), e);
    }

    private Current pair(ListedKey listed) throws IOException, MalformedDocumentException {
        Path file = folder.resolve(listed.key().id() + PRIVATE);
        refuseOpenFile(file);
        PublicSealKey publicKey = listed.key();
        return new Current(
                SealKeyPair.ofPem(Files.readString(file, StandardCharsets.US_ASCII), publicKey), listed.validFrom());
    }

    /** A new key and the list that names it; a key that no list names is not left behind, or it would look like a lost list. */
    private void write(SealKeyPair pair, KeyList changed) throws IOException {
        try {
            write(pair);
            put(changed);
        } catch (IOException e) {
            String id = pair.publicKey().id();
            for (String left : List.of(id + PRIVATE, id + PUBLIC, DRAFT)) {
                try {
                    Files.deleteIfExists(folder.resolve(left));
                } catch (IOException alsoFailed) {
                    e.addSuppressed(alsoFailed);
                }
            }
            throw e;
        }
        load();
    }

    private void write(SealKeyPair pair) throws IOException {
        Files.createDirectories(folder, ownersOnly("rwx------"));
        String id = pair.publicKey().id();
        Path file = folder.resolve(id + PRIVATE);
        Files.createFile(file, ownersOnly("rw-------"));
        write(file, pair.privatePem().getBytes(StandardCharsets.US_ASCII));
        giveToOwner(file);
        Path publicFile = folder.resolve(id + PUBLIC);
        write(publicFile, pair.publicKey().toPem().getBytes(StandardCharsets.US_ASCII));
        giveToOwner(publicFile);
    }

    /** Of a disk that is full Java tells without the file. */
    private static void write(Path file, byte[] bytes) throws IOException {
        try {
            Files.write(file, bytes);
        } catch (FileSystemException e) {
            throw e;
        } catch (IOException e) {
            throw new IOException(file + " cannot be written: " + e.getMessage(), e);
        }
    }

    /** Root may rotate the keys of a shipper, which could not read what only root can. */
    private void giveToOwner(Path file) throws IOException {
        Path list = folder.resolve(LIST);
        boolean isFirst = !Files.exists(list);
        UserPrincipal owner = Files.getOwner(isFirst ? folder : list);
        if (Files.getOwner(file).equals(owner)) {
            return;
        }
        try {
            Files.setOwner(file, owner);
        } catch (FileSystemException e) {
            // Of the first key, whoever makes it may be the shipper itself, in a folder that its group may write.
            if (!isFirst) {
                Files.delete(file);
                throw new IOException(
                        "the seal keys in " + folder + " belong to " + owner + ", who could not read a new one; nothing"
                                + " was changed: do it as " + owner,
                        e);
            }
        }
    }

    private void write(KeyList changed) throws IOException {
        put(changed);
        load();
    }

    private void put(KeyList changed) throws IOException {
        byte[] json = changed.toJson();
        requireReadable(json);
        Path whole = folder.resolve(DRAFT);
        write(whole, json);
        giveToOwner(whole);
        Files.move(whole, folder.resolve(LIST), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /** What nobody could read again must not take the place of what everybody can. */
    private void requireReadable(byte[] json) throws IOException {
        try {
            KeyList.fromJson(json);
        } catch (MalformedDocumentException e) {
            throw unusable(e);
        }
    }

    private void refuseKeysWithoutList() throws IOException {
        if (!Files.isDirectory(folder)) {
            return;
        }
        try (DirectoryStream<Path> keys = Files.newDirectoryStream(folder, "*" + PRIVATE)) {
            if (keys.iterator().hasNext()) {
                throw new IOException(folder + " holds seal keys, but " + LIST + " lists none or is not there; put it"
                        + " back, or move the keys away to begin anew");
            }
        }
    }

    private static void refuseOpenFile(Path file) throws IOException {
        if (Files.exists(file)
                && Files.getFileStore(file).supportsFileAttributeView("posix")
                && Files.getPosixFilePermissions(file).stream().anyMatch(permission -> !OWNERS.contains(permission))) {
            throw new IOException(
                    "the seal key " + file + " can be reached by others than its owner; do: chmod 600 " + file);
        }
    }

    private FileAttribute<?>[] ownersOnly(String permissions) {
        return folder.getFileSystem().supportedFileAttributeViews().contains("posix")
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
                }
                : new FileAttribute<?>[0];
    }

    /**
     * The key that seals.
     *
     * @param pair the key
     * @param since its first moment
     */
    public record Current(SealKeyPair pair, Instant since) {}
}
