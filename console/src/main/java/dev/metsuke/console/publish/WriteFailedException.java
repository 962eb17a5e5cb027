package dev.metsuke.console.publish;

/** Kafka did not take what was entered; the message says what to do. */
public final class WriteFailedException extends Exception {

    WriteFailedException(String message, Throwable cause) {
        super(message, cause);
    }
}
