package dev.metsuke.events.integrity;

import dev.metsuke.events.access.AccessEvent;
import dev.metsuke.events.access.AccessEventWriter;
import dev.metsuke.events.access.UnlinkedEvent;
import java.security.MessageDigest;

/**
 * Writes a stream's events, each with its sequence number and its leaf; a {@link Chain} links them, on another thread if need be. Not
 * safe for several threads.
 */
public final class StreamWriter {

    private final String stream;
    private final MessageDigest sha256 = Sha256.digest();
    private final AccessEventWriter writer = new AccessEventWriter();
    private long sequence;

    public StreamWriter(String stream, ChainHead head) {
        this.stream = stream;
        this.sequence = head.sequence();
    }

    /** Of the last event written. */
    public long sequence() {
        return sequence;
    }

    public UnlinkedEvent write(AccessEvent event) {
        return writer.unlinked(event, stream, ++sequence, sha256);
    }

    /** The event written last is not sent, and leaves no gap: the next one takes its place. */
    public void takeBack() {
        sequence--;
    }
}
