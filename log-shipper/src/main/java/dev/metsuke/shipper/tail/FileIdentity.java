package dev.metsuke.shipper.tail;

/**
 * Which file it is, whatever its name: a composite of what the file system says and of what the file begins with.
 *
 * @param origin device and inode, and how often that file had begun anew
 * @param fingerprint of the first bytes
 */
public record FileIdentity(ContentKey origin, Fingerprint fingerprint) {}
