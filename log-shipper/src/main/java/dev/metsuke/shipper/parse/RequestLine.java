package dev.metsuke.shipper.parse;

import org.jspecify.annotations.Nullable;

/**
 * The first line of an HTTP request, as web servers log it.
 *
 * @param method its first 32 letters; null where the request is no HTTP
 * @param target the URL; of a request that is no HTTP, such as a TLS greeting, all of it
 */
record RequestLine(@Nullable String method, @Nullable String target) {

    private static final int LONGEST_METHOD = 32;
    // https://www.rfc-editor.org/rfc/rfc9110#name-tokens; clients may make up methods, and applications answer some.
    private static final String OF_METHODS = "!#$%&'*+-.^_`|~";
    /** Of a request without a version, HTTP/0.9, which servers still answer. */
    private static final String GET = "GET";

    /** Blanks around the target and behind the version, which nginx takes and logs, are no part of either. */
    static RequestLine parse(String request) {
        int space = request.indexOf(' ');
        if (space > 0 && isMethod(request, space)) {
            String method = request.substring(0, Math.min(space, LONGEST_METHOD));
            String rest = request.substring(space).strip();
            int last = rest.lastIndexOf(' ');
            if (last > 0 && rest.startsWith("HTTP/", last + 1)) {
                return new RequestLine(method, rest.substring(0, last).stripTrailing());
            }
            if (last < 0 && rest.startsWith("/") && method.equals(GET)) {
                return new RequestLine(method, rest);
            }
        }
        return new RequestLine(null, request.isEmpty() || request.equals("-") ? null : request);
    }

    private static boolean isMethod(String request, int end) {
        for (int i = 0; i < end; i++) {
            char letter = request.charAt(i);
            if (letter >= 128 || (!Character.isLetterOrDigit(letter) && OF_METHODS.indexOf(letter) < 0)) {
                return false;
            }
        }
        return true;
    }
}
