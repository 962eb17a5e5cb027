package dev.metsuke.operations.kafka;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

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
        String said = words(failure);
        // What carries a failure from one thread to another says of itself what its cause says.
        return quotes(said, words(first)) ? said : said + " (" + first + ")";
    }

    private static String words(Throwable failure) {
        String message = failure.getMessage();
        return message == null || message.isBlank() ? failure.toString() : message;
    }

    /** Whether a cause's words are all of a text, its end, or what stands in brackets: elsewhere a short one is there by chance. */
    private static boolean quotes(String said, String words) {
        return Pattern.compile("(^|: |\\()" + Pattern.quote(words) + "(\\)|;|\\z)")
                .matcher(said)
                .find();
    }
}
