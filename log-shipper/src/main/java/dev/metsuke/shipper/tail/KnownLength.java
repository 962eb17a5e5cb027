package dev.metsuke.shipper.tail;

import java.nio.file.Path;

/**
 * How long a content is known to have been, and how much of it was cut off before it was read. A file that was longer
 * once may hold another content by now, so nothing is learned from it until that was looked at.
 */
final class KnownLength {

    private SeenLength longest;
    private boolean shrunk;
    private SeenLength lost;

    KnownLength(Path path) {
        longest = new SeenLength(0, path);
        lost = longest;
    }

    /** Begins anew with what was remembered of a file that is so long now. */
    void remember(SeenLength remembered, long size) {
        longest = remembered;
        shrunk = size < remembered.bytes();
    }

    SeenLength longest() {
        return longest;
    }

    /** In bytes. */
    long bytes() {
        return longest.bytes();
    }

    /** Whether it was longer, and nobody has looked yet at what stands there now. */
    boolean hasShrunk() {
        return shrunk;
    }

    /** The content was found to be this one still, and so long. */
    void grewTo(long bytes, Path at) {
        if (!shrunk) {
            longest = longest.orLonger(bytes, at);
        }
    }

    /** The rest of the file was found to be of no use. */
    void endsAt(long bytes) {
        if (!shrunk && bytes < longest.bytes()) {
            longest = new SeenLength(bytes, longest.at());
        }
    }

    /** The file was so long before it became shorter. */
    void shrinksFrom(long bytes, Path at) {
        if (!shrunk) {
            longest = longest.orLonger(bytes, at);
            shrunk = true;
        }
    }

    /** What the file holds since it shrank was looked at: so much of what was known of it is left or was read. */
    void wasCutTo(long left, SeenLength now) {
        lost = lost.plus(longest.bytes() - left, longest.at());
        longest = now;
        shrunk = false;
    }

    /** What was cut off unread since this was last taken. */
    SeenLength lost() {
        return lost;
    }

    SeenLength takeLost(Path path) {
        SeenLength taken = lost;
        lost = new SeenLength(0, path);
        return taken;
    }
}
