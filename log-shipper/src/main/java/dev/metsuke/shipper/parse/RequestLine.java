package dev.metsuke.shipper.parse;

import org.jspecify.annotations.Nullable;

/**
 * The first line of an HTTP request, as web servers log it.
 *
 * @param method null where the request is no HTTP
 * @param target the URL; of a request that is no HTTP, such as a TLS greeting, all of it
 */
record RequestLine(@Nullable String method, @Nullable String target) {

    private static final int LONGEST_METHOD = 32;

    static RequestLine parse(String request) {
        int space = request.indexOf(' ');
        int last = request.lastIndexOf(' ');
        if (space > 0 && isMethod(request, space) && last > space && request.startsWith("HTTP/", last + 1)) {
            return new RequestLine(request.substring(0, space), request.substring(space + 1, last));
        }
        return new RequestLine(null, request.isEmpty() || request.equals("-") ? null : request);
    }

    private static boolean isMethod(String request, int end) {
        for (int i = 0; i < end; i++) {
            char letter = request.charAt(i);
            if ((letter < 'A' || letter > 'Z') && letter != '-' && letter != '_') {
                return false;
            }
        }
        return end <= LONGEST_METHOD;
    }
}
