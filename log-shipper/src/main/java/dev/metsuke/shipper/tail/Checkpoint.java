package dev.metsuke.shipper.tail;

/**
 * What proves another file to begin with the same bytes.
 *
 * @param offset how many of the first bytes it covers
 * @param checksum their CRC-32C
 */
public record Checkpoint(long offset, int checksum) {

    public static final Checkpoint BEGINNING = new Checkpoint(0, 0);
}
