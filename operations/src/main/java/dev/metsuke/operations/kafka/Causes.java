package dev.metsuke.operations.kafka;

import java.util.ArrayList;
import java.util.List;

/** What lies behind a failure of a client, which may wrap it several times. */
public final class Causes {

    private Causes() {}

    /** The failure, its cause, that one's cause and so on; the last is what happened first. */
    public static List<Throwable> of(Throwable failure) {
        List<Throwable> causes = new ArrayList<>();
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            causes.add(cause);
        }
        return causes;
    }
}
