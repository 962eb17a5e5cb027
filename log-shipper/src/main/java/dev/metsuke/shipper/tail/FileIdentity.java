package dev.metsuke.shipper.tail;

/**
 * Which file it is, whatever its name: a composite of what the file system says and of what the file begins with.
 *
 * @param key device and inode
 * @param fingerprint of the first bytes
 */
public record FileIdentity(FileKey key, Fingerprint fingerprint) {

    public FileIdentity withFingerprint(Fingerprint grown) {
        return new FileIdentity(key, grown);
    }

    /** Whether a file with this key and these first bytes is this one. */
    public boolean matches(FileKey otherKey, byte[] head, int available) {
        return key.equals(otherKey) && fingerprint.matches(head, available);
    }
}
