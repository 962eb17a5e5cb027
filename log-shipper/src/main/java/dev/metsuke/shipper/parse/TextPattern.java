package dev.metsuke.shipper.parse;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.util.Map;

/** A regular expression for a line or a URL path; on RE2, so that no line can hang the shipper. */
public final class TextPattern {

    /** What RE2/J writes into the expression for the flag. */
    private static final String DOTALL = "(?s)";

    private final Pattern pattern;

    private TextPattern(Pattern pattern) {
        this.pattern = pattern;
    }

    public static TextPattern parse(String expression) {
        try {
            // A record and a decoded path may hold line ends; a dot stands for these too.
            return new TextPattern(Pattern.compile(expression, Pattern.DOTALL));
        } catch (PatternSyntaxException e) {
            throw new IllegalArgumentException(
                    "not a regular expression: " + e.getDescription() + " near "
                            + e.getPattern().replace(DOTALL, ""),
                    e);
        }
    }

    /** The groups' numbers by their names. */
    Map<String, Integer> groups() {
        return pattern.namedGroups();
    }

    Matcher matcher(String text) {
        return pattern.matcher(text);
    }

    /** Whether it matches the whole. */
    boolean matches(String text) {
        return pattern.matches(text);
    }

    boolean matchesBeginning(String text) {
        return pattern.matcher(text).lookingAt();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof TextPattern that && pattern.equals(that.pattern);
    }

    @Override
    public int hashCode() {
        return pattern.hashCode();
    }

    @Override
    public String toString() {
        return pattern.pattern();
    }
}
