package dev.metsuke.events.evidence;

/** The bundle was tampered with; what it says is the message. */
final class NotGenuine extends Exception {

    private static final long serialVersionUID = 1L;

    NotGenuine(String message) {
        super(message);
    }
}
