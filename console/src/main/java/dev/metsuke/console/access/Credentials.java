package dev.metsuke.console.access;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A name and a password as HTTP Basic carries them, or a bearer token, which is the same: identity providers send no other. */
record Credentials(String name, String password) {

    private static final List<String> SCHEMES = List.of("Basic ", "Bearer ");
    private static final int SHOWN = 64;

    /** Empty where the {@code Authorization} header is not there, or carries something else. */
    static Optional<Credentials> of(@Nullable String authorization) {
        String given = authorization == null ? "" : authorization;
        Optional<String> scheme = SCHEMES.stream()
                .filter(known -> given.regionMatches(true, 0, known, 0, known.length()))
                .findFirst();
        if (scheme.isEmpty()) {
            return Optional.empty();
        }
        String written;
        try {
            written = new String(
                    Base64.getDecoder()
                            .decode(given.substring(scheme.get().length()).strip()),
                    StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
        int colon = written.indexOf(':');
        return colon < 0
                ? Optional.empty()
                : Optional.of(new Credentials(written.substring(0, colon), written.substring(colon + 1)));
    }

    /** The name for a log and for counting, whatever a stranger calls himself: one line, and not longer than a name is. */
    String shownName() {
        StringBuilder shown = new StringBuilder();
        name.codePoints()
                .limit(SHOWN)
                .map(each -> Character.isISOControl(each) ? '\uFFFD' : each)
                .forEach(shown::appendCodePoint);
        return shown.toString();
    }

    /** Without the password. */
    @Override
    public String toString() {
        return shownName();
    }
}
