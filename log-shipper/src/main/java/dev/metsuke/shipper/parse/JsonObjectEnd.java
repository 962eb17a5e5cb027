package dev.metsuke.shipper.parse;

/** Finds where a JSON object ends. It is given the object's bytes part by part, from its opening brace. */
final class JsonObjectEnd {

    private int depth;
    private boolean quoted;
    private boolean escaped;

    /**
     * Looks for the end in the part that comes next.
     *
     * @return behind the last brace, or at a line end within a text, which no JSON has: the next line has a chance; -1 where
     *     neither is at hand
     */
    int find(byte[] bytes, int from, int to) {
        for (int i = from; i < to; i++) {
            byte character = bytes[i];
            if (escaped) {
                escaped = false;
            } else if (quoted) {
                if (character == '\n') {
                    return i;
                }
                escaped = character == '\\';
                quoted = character != '"';
            } else if (character == '"') {
                quoted = true;
            } else if (character == '{' || character == '[') {
                depth++;
            } else if ((character == '}' || character == ']') && --depth == 0) {
                return i + 1;
            }
        }
        return -1;
    }

    /** Whether what was found is a line end within a text. */
    boolean isTorn() {
        return quoted;
    }
}
