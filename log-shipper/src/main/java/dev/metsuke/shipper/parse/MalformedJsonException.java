package dev.metsuke.shipper.parse;

/** A text that is no JSON, or not the JSON that it must be. */
final class MalformedJsonException extends RuntimeException {

    static final String NOT_AN_OBJECT = "it must be one JSON object";

    private static final long serialVersionUID = 1L;

    /** Without a stack: it tells of a line, not of the program, and every line may bring one. */
    MalformedJsonException(String message) {
        super(message, null, false, false);
    }

    /** What is wrong, for people. */
    String problem() {
        return String.valueOf(getMessage());
    }
}
