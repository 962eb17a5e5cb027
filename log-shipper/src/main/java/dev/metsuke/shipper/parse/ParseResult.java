package dev.metsuke.shipper.parse;

import dev.metsuke.events.access.AccessEvent;

/** What a line turned out to be. */
public sealed interface ParseResult {

    /**
     * An access.
     *
     * @param event without id, original line, position and chain, which the shipper adds
     */
    record Parsed(AccessEvent.Builder event) implements ParseResult {}

    /**
     * Not what the format says; it goes to {@code metsuke.rejected}.
     *
     * @param reason for people
     */
    record Rejected(String reason) implements ParseResult {}

    /**
     * Well formed, but no access, such as a database server's message that it starts; it is counted.
     *
     * @param reason one of a small set, since it names a counter
     */
    record Ignored(String reason) implements ParseResult {}

    static ParseResult rejected(String reason) {
        return new Rejected(reason);
    }

    /** For formats whose times name their zone, or have always the same. */
    static ParseResult unreadableTime(String written) {
        return rejected("the time cannot be read: " + written);
    }
}
