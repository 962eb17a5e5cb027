package dev.metsuke.console.access;

import dev.metsuke.console.language.Text;
import java.time.Duration;

/** What comes of the credentials that a request carries, or does not. */
sealed interface LogIn {

    /** They are somebody's. */
    record LetIn(Caller caller) implements LogIn {}

    /** There are none yet; browsers ask for them so. */
    record Missing() implements LogIn {}

    /** They are nobody's. */
    record Wrong() implements LogIn {}

    /**
     * They were not looked at.
     *
     * @param status the answer's
     * @param reason what is in the way
     * @param after when to try again
     */
    record NotNow(int status, Text reason, Duration after) implements LogIn {}
}
