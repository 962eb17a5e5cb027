package dev.metsuke.events.json;

/** Bytes that are not the document they should be; the message names the field and what was expected. */
public final class MalformedDocumentException extends Exception {

    public MalformedDocumentException(String message) {
        super(message);
    }

    public MalformedDocumentException(String message, Throwable cause) {
        super(message, cause);
    }
}
