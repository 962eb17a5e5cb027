package dev.metsuke.shipper.parse;

import dev.metsuke.operations.settings.Inline;
import org.jspecify.annotations.Nullable;

/**
 * Lines that a regular expression takes apart; a named group is mapped as {@code /its name}.
 *
 * @param pattern regular expression (RE2) that the whole record matches, with groups such as {@code (?P<user>\S+)}
 * @param ignore regular expression of lines that are no accesses; any other that does not match is rejected
 * @param mapping which of the groups are which fields
 */
public record Regex(
        TextPattern pattern,
        @Nullable TextPattern ignore,
        @Inline EventMapping mapping) implements Format {

    public Regex {
        mapping.requireNamed(pattern.groups().keySet());
    }

    @Override
    public LineParser parser(SourceRules rules) {
        return new RegexParser(this, rules);
    }
}
