package dev.metsuke.console.access;

import io.javalin.http.Context;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Where a browser keeps its session (RFC 6265): out of reach of scripts and of other sites' requests but for links, over TLS alone where
 * the console is reached so, and no longer than the browser is open.
 */
final class SessionCookie {

    static final String NAME = "metsuke-session";

    private static final String ATTRIBUTES = "; Path=/; HttpOnly; SameSite=Lax";
    private static final String TLS = "; Secure";

    private SessionCookie() {}

    static @Nullable String of(Context request) {
        return request.cookie(NAME);
    }

    static void set(Context request, String session) {
        request.header("Set-Cookie", NAME + '=' + session + ATTRIBUTES + secure(request));
    }

    static void remove(Context request) {
        request.header("Set-Cookie", NAME + '=' + ATTRIBUTES + secure(request) + "; Max-Age=0");
    }

    /** A proxy that ends TLS does not tell; the browser says by itself under what address it shows the page. */
    private static String secure(Context request) {
        String origin = request.header("Origin");
        return origin != null && origin.toLowerCase(Locale.ROOT).startsWith("https://") ? TLS : "";
    }
}
