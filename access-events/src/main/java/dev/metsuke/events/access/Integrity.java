package dev.metsuke.events.access;

import org.jspecify.annotations.Nullable;

/**
 * An event's place in the chain of its stream.
 *
 * @param stream a source on a shipper
 * @param sequence 1 for the stream's first event, then without gap
 * @param hash SHA-256 of the previous hash and this event's leaf, in hexadecimal; absent while the leaf is computed
 */
public record Integrity(
        String stream, long sequence, @Nullable String hash) {}
