package dev.metsuke.shipper.tail;

import java.util.Arrays;

/** The first bytes of a content, by which it is known: from a fingerprint alone until they were read once. */
final class Beginning {

    private Fingerprint fingerprint;
    private byte[] head = new byte[0];
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

    /** Whether a file that begins with these bytes goes on with this content; what it has grown by is known from then on. */
    boolean goesOnIn(byte[] now, int available) {
        boolean same = read
                ? available >= head.length && Arrays.equals(now, 0, head.length, head, 0, head.length)
                : fingerprint.matches(now, available);
        if (same && (!read || available > head.length)) {
            head = Arrays.copyOf(now, available);
            read = true;
            fingerprint = Fingerprint.of(head, available);
        }
        return same;
    }
}
