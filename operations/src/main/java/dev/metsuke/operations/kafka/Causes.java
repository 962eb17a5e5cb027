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

    /** What failed, for people, with what happened first: Kafka's clients say of themselves only that they could not be made. */
    public static String describe(Throwable failure) {
        Throwable first = of(failure).getLast();
        String said = failure.getMessage() == null ? failure.toString() : failure.getMessage();
        String why = first.getMessage() == null ? first.getClass().getSimpleName() : first.getMessage();
        // What carries a failure from one thread to another says of itself what its cause says.
        return said.contains(why) ? said : said + " (" + first + ")";
    }
}
