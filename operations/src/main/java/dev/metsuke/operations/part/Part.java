package dev.metsuke.operations.part;

/** Something that runs until it is closed: the shipper, detection, the archive, the console. */
public interface Part extends AutoCloseable {

    /** One word, as in {@code metsuke ship}. */
    String name();

    /** Begins to work in threads of its own and returns; called once. */
    void start();

    /** How it is now; cheap, from any thread. */
    Condition condition();

    /** Finishes what is under way, then stops; safe to call twice. */
    @Override
    void close();
}
