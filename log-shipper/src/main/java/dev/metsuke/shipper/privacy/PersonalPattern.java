package dev.metsuke.shipper.privacy;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.util.ArrayList;
import java.util.List;

/**
 * A regular expression that finds identifiers: what its groups hold, or all of it where it has none; on RE2, so that no
 * line can hang the shipper.
 */
public final class PersonalPattern {

    private final Pattern pattern;

    private PersonalPattern(Pattern pattern) {
        this.pattern = pattern;
    }

    public static PersonalPattern parse(String expression) {
        Pattern pattern;
        try {
            pattern = Pattern.compile(expression);
        } catch (PatternSyntaxException e) {
            throw new IllegalArgumentException(
                    "not a regular expression: " + e.getDescription() + " near " + e.getPattern(), e);
        }
        if (pattern.matches("")) {
            throw new IllegalArgumentException("a regular expression that matches nothing at all finds no identifier");
        }
        return new PersonalPattern(pattern);
    }

    /** Where the identifiers stand. */
    List<Span> find(String text) {
        List<Span> found = new ArrayList<>();
        Matcher matcher = pattern.matcher(text);
        while (matcher.find()) {
            int groups = matcher.groupCount();
            for (int group = groups == 0 ? 0 : 1; group <= groups; group++) {
                if (matcher.start(group) >= 0 && matcher.end(group) > matcher.start(group)) {
                    found.add(new Span(matcher.start(group), matcher.end(group)));
                }
            }
        }
        return found;
    }

    /**
     * A piece of a text.
     *
     * @param end behind its last character
     */
    record Span(int start, int end) {

        String of(String text) {
            return text.substring(start, end);
        }
    }

    @Override
    public String toString() {
        return pattern.pattern();
    }
}
