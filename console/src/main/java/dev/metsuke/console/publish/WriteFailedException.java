package dev.metsuke.console.publish;

import org.jspecify.annotations.Nullable;

/** Kafka did not take what was entered, or did not give what that rests on; the message says which. */
public final class WriteFailedException extends Exception {

    public WriteFailedException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
