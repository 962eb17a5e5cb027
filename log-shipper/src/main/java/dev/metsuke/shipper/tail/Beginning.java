package dev.metsuke.shipper.tail;

import java.util.Arrays;

/**
 * The first bytes of a content, by which it is known: from a fingerprint alone until they were read once. What the file ends
 * with that is of no use is not among them, since the next record may be written in its place.
 */
final class Beginning {

    private Fingerprint fingerprint;
    private byte[] head = new byte[0];
    // As it was looked at last, with what is not known to stay.
    private byte[] latest = head;
    private boolean read;

    Beginning(Fingerprint fingerprint) {
        this.fingerprint = fingerprint;
    }

    Fingerprint fingerprint() {
        return fingerprint;
    }

    /** Whether anything is known of it. */
    boolean isKnown() {
        return fingerprint.length() > 0;
    }

    /** Nothing of the content was shipped: where it was not read yet, it may begin with anything. */
    void acceptAnyUnlessRead() {
        read = true;
    }

    /**
     * Whether a file that begins with these bytes goes on with this content.
     *
     * @param kept how many of them are known to stay
     */
    boolean goesOnIn(byte[] now, int available, int kept) {
        boolean same = read
                ? available >= head.length && Arrays.equals(now, 0, head.length, head, 0, head.length)
                : fingerprint.matches(now, available);
        if (same) {
            latest = Arrays.copyOf(now, available);
            if (!read || kept > head.length) {
                endsAt(Math.max(kept, fingerprint.length()));
                read = true;
            }
        }
        return same;
    }

    /** Of what it was looked at last, that is known to stay which stands before this place. */
    void endsAt(long end) {
        int length = (int) Math.min(end, latest.length);
        if (length != head.length) {
            head = Arrays.copyOf(latest, length);
            fingerprint = Fingerprint.of(head, length);
        }
    }
}
