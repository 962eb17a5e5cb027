package dev.metsuke.events.topic;

/** Names of Kafka record headers; all values are UTF-8 text. */
public final class Header {

    /** The record's {@code event.id}, so that the archive need not parse it out of the value. */
    public static final String ID = "metsuke.id";

    /** On {@code metsuke.rejected}: why the raw bytes could not be used. */
    public static final String REASON = "metsuke.reason";

    /** On {@code metsuke.rejected}: which part refused them: {@code ship}, {@code detect}, {@code archive}. */
    public static final String STAGE = "metsuke.stage";

    /** On {@code metsuke.rejected}: where they stood: {@code file:offset}, or {@code topic-partition@offset}. */
    public static final String ORIGIN = "metsuke.origin";

    private Header() {}
}
