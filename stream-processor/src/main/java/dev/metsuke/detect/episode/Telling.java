package dev.metsuke.detect.episode;

/** What is still to be told about an episode. */
enum Telling {
    /** Judged, so that its alert is to be written by the policy that holds. */
    JUDGED(0),

    /** Nothing. */
    TOLD(1),

    /** Who the account's person is; its alert stays as it was judged. */
    PERSON(2);

    private final int code;

    Telling(int code) {
        this.code = code;
    }

    /** The number by which state names it. */
    int code() {
        return code;
    }

    static Telling of(long code) {
        for (Telling telling : values()) {
            if (telling.code == code) {
                return telling;
            }
        }
        throw new IllegalStateException("state names what is to be told by " + code + ", which no version gave");
    }
}
