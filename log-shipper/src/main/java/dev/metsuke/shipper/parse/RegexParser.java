package dev.metsuke.shipper.parse;

import com.google.re2j.Matcher;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A line that a regular expression takes apart; its named groups are mapped. */
final class RegexParser implements LineParser {

    private final Regex format;
    private final EventMapper mapper;
    private final int[] groups;

    RegexParser(Regex format, SourceRules rules) {
        this.format = format;
        mapper = new EventMapper(format.mapping(), rules);
        groups = groups(format.pattern(), mapper.pointers());
    }

    /** The number of the group that each pointer names; -1 where there is none. */
    static int[] groups(TextPattern pattern, List<JsonPointer> pointers) {
        Map<String, Integer> byName = pattern.groups();
        return pointers.stream()
                .mapToInt(pointer -> byName.getOrDefault(pointer.name(), -1))
                .toArray();
    }

    @Override
    public ParseResult parse(String line) {
        return parse(line, RecordContext.NONE);
    }

    @Override
    public ParseResult parse(String line, RecordContext context) {
        Matcher matcher = format.pattern().matcher(line);
        if (!matcher.matches()) {
            TextPattern ignore = format.ignore();
            return ignore != null && ignore.matches(line)
                    ? new ParseResult.Ignored("line that the source ignores")
                    : ParseResult.rejected("the line does not match the source's pattern");
        }
        @Nullable String[] values = new @Nullable String[groups.length];
        for (int i = 0; i < values.length; i++) {
            String value = groups[i] < 0 ? null : matcher.group(groups[i]);
            values[i] = value == null || value.isEmpty() ? null : value;
        }
        return mapper.map(values, context);
    }
}
