package dev.metsuke.detect.state;

/** What may be noted beside an account. */
public enum Note {
    /** When it was seen at work last. */
    LAST_SEEN(0),

    /** How it stood over time. */
    STANDING(1);

    static final int COUNT = values().length;

    private final int place;

    Note(int place) {
        this.place = place;
    }

    int place() {
        return place;
    }
}
