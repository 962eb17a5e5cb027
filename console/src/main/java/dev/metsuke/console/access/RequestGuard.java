package dev.metsuke.console.access;

import dev.metsuke.console.language.Text;
import java.net.URI;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Refuses what a foreign page could make a browser send: requests under a name that is not the console's (DNS
 * rebinding), and changes that the console's own pages did not ask for (cross-site request forgery); readings too, for
 * they are written down under the reader's name.
 */
public final class RequestGuard {

    /** Any value will do: a foreign page cannot set it without being asked first. */
    public static final String HEADER = "X-Metsuke-Request";

    private static final String API = "/api/";
    private static final String PREFETCH = "prefetch";
    private static final Set<String> HARMLESS = Set.of("GET", "HEAD");

    private final Set<String> authorities = new HashSet<>();
    private final Set<String> origins = new HashSet<>();

    /**
     * For a console that listens on an address.
     *
     * @param host what it listens on, as configured
     * @param port what it listens on, as bound
     * @param publicUrl under what users reach it, if something stands before it
     */
    public RequestGuard(String host, int port, @Nullable URI publicUrl) {
        List<String> names = ListenAddress.isLoopback(host)
                ? List.of("127.0.0.1", "localhost", "[::1]", bracketed(host))
                : ListenAddress.isWildcard(host) ? List.of() : List.of(bracketed(host));
        for (String name : names) {
            allow("http", name.toLowerCase(Locale.ROOT), port);
        }
        if (publicUrl != null && publicUrl.getHost() != null) {
            allow(publicUrl.getScheme(), publicUrl.getHost().toLowerCase(Locale.ROOT), publicUrl.getPort());
        }
    }

    /**
     * Why a request is refused; empty where it may pass.
     *
     * @param method the HTTP method
     * @param path what is asked for
     * @param host the {@code Host} header
     * @param origin the {@code Origin} header
     * @param fetchSite the {@code Sec-Fetch-Site} header
     * @param isMarked whether the request has the header {@link #HEADER}, or is otherwise known to be no page's
     */
    public Optional<Text> refusal(
            String method,
            String path,
            @Nullable String host,
            @Nullable String origin,
            @Nullable String fetchSite,
            boolean isMarked) {
        if (host == null || !authorities.contains(host.toLowerCase(Locale.ROOT))) {
            return Optional.of(Text.of("access.other-name", String.valueOf(host)));
        }
        boolean foreign = isForeign(fetchSite);
        if (HARMLESS.contains(method)) {
            return foreign && path.startsWith(API) ? Optional.of(Text.of("access.other-site.reads")) : Optional.empty();
        }
        if (origin != null && !origins.contains(origin.toLowerCase(Locale.ROOT))) {
            return Optional.of(Text.of("access.other-page.changes", origin));
        }
        if (foreign) {
            return Optional.of(Text.of("access.other-site.changes"));
        }
        if (!isMarked) {
            return Optional.of(Text.of("access.no-header", HEADER));
        }
        return Optional.empty();
    }

    /** Whether another site asked for it; none did where people came by an address that they typed or kept. */
    public static boolean isForeign(@Nullable String fetchSite) {
        return fetchSite != null && !fetchSite.equals("same-origin") && !fetchSite.equals("none");
    }

    /**
     * Whether a browser asks for what its reader has not opened yet, as for an address that is half typed or a bookmark under the
     * pointer: what a page reads then would be recorded as read by them. A browser that is refused asks again when they open it.
     *
     * @param purpose the {@code Sec-Purpose} header, or {@code Purpose}, which some send instead
     */
    static boolean isAhead(@Nullable String purpose) {
        return purpose != null && purpose.regionMatches(true, 0, PREFETCH, 0, PREFETCH.length());
    }

    private void allow(String scheme, String name, int port) {
        int usual = scheme.equals("https") ? 443 : 80;
        if (port == -1 || port == usual) {
            authorities.add(name);
            origins.add(scheme + "://" + name);
        }
        int written = port == -1 ? usual : port;
        authorities.add(name + ":" + written);
        origins.add(scheme + "://" + name + ":" + written);
    }

    private static String bracketed(String host) {
        return host.indexOf(':') >= 0 && !host.startsWith("[") ? "[" + host + "]" : host;
    }
}
