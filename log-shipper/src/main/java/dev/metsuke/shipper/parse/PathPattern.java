package dev.metsuke.shipper.parse;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;

/** A regular expression that a whole URL path must match; on RE2, so that no line can hang the shipper. */
public final class PathPattern {

    private final Pattern pattern;

    private PathPattern(Pattern pattern) {
        this.pattern = pattern;
    }

    public static PathPattern parse(String expression) {
        try {
            // A decoded path may hold line ends; a dot stands for these too.
            return new PathPattern(Pattern.compile(expression, Pattern.DOTALL));
        } catch (PatternSyntaxException e) {
            throw new IllegalArgumentException(
                    "not a regular expression: " + e.getDescription() + " near " + e.getPattern(), e);
        }
    }

    boolean matches(String path) {
        return pattern.matches(path);
    }

    @Override
    public String toString() {
        return pattern.pattern();
    }
}
