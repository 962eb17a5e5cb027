package dev.metsuke.shipper.parse;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The path that a server sees in a URL, whichever way the client wrote it. */
public final class UrlPath {

    private static final Pattern PARAMETERS = Pattern.compile(";[^/]*");

    private UrlPath() {}

    /** Without scheme, host and query, decoded, without empty and dot segments; null where there is no path. */
    public static @Nullable String normalised(String url) {
        String target = withoutAuthority(url);
        if (target == null) {
            return null;
        }
        int question = target.indexOf('?');
        return resolved(decoded(question < 0 ? target : target.substring(0, question)));
    }

    /**
     * How servers may read the path of a request: it ends before a fragment, and servlet containers leave the parameters of
     * its segments out, as of {@code /customers;v=1/7}. None where there is no path.
     */
    static List<String> readings(String target) {
        int fragment = target.indexOf('#');
        String path = normalised(fragment < 0 ? target : target.substring(0, fragment));
        if (path == null) {
            return List.of();
        }
        return path.indexOf(';') < 0
                ? List.of(path)
                : List.of(path, resolved(PARAMETERS.matcher(path).replaceAll("")));
    }

    private static @Nullable String withoutAuthority(String url) {
        if (url.startsWith("/")) {
            return url;
        }
        int scheme = url.indexOf("://");
        if (scheme <= 0 || !url.chars().limit(scheme).allMatch(UrlPath::mayStandInScheme)) {
            return null;
        }
        int end = scheme + 3;
        while (end < url.length() && "/?".indexOf(url.charAt(end)) < 0) {
            end++;
        }
        return url.startsWith("/", end) ? url.substring(end) : "/" + url.substring(end);
    }

    private static boolean mayStandInScheme(int character) {
        return (character < 128 && Character.isLetterOrDigit(character)) || "+.-".indexOf(character) >= 0;
    }

    /** Without percent signs where two hexadecimal digits follow them. */
    static String decoded(String path) {
        if (path.indexOf('%') < 0) {
            return path;
        }
        byte[] bytes = path.getBytes(StandardCharsets.UTF_8);
        ByteArrayOutputStream out = new ByteArrayOutputStream(bytes.length);
        for (int i = 0; i < bytes.length; i++) {
            int high = bytes[i] == '%' && i + 2 < bytes.length ? Character.digit(bytes[i + 1], 16) : -1;
            int low = high < 0 ? -1 : Character.digit(bytes[i + 2], 16);
            if (low >= 0) {
                out.write(high * 16 + low);
                i += 2;
            } else {
                out.write(bytes[i]);
            }
        }
        return out.toString(StandardCharsets.UTF_8);
    }

    private static String resolved(String path) {
        if (!path.contains("//") && !path.contains("/.")) {
            return path;
        }
        Deque<String> segments = new ArrayDeque<>();
        boolean endsInFolder = true;
        for (String segment : path.split("/", -1)) {
            endsInFolder = segment.isEmpty() || segment.equals(".") || segment.equals("..");
            if (segment.equals("..")) {
                segments.pollLast();
            } else if (!endsInFolder) {
                segments.addLast(segment);
            }
        }
        String joined = "/" + String.join("/", segments);
        return endsInFolder && !segments.isEmpty() ? joined + "/" : joined;
    }
}
