package dev.metsuke.shipper.parse;

import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** One JSON object, read as the source's mapping says. */
final class JsonLinesParser implements LineParser {

    private static final int NAMES_THAT_ARE_TOLD = 12;
    private static final String SEVERAL_LINES = "; objects in an array, or of several lines, are of type: json";

    private final EventMapper mapper;
    private final JsonFields fields;
    private final int[] placesOfMany;

    JsonLinesParser(EventMapping mapping, SourceRules rules) {
        mapper = new EventMapper(mapping, rules);
        fields = new JsonFields(mapper.pointers());
        placesOfMany = mapper.placesOfMany();
    }

    @Override
    public ParseResult parse(String line) {
        return parse(line, RecordContext.NONE);
    }

    @Override
    public ParseResult parse(String line, RecordContext context) {
        try {
            @Nullable String[] values = fields.read(HexEscapes.asJson(line));
            fillWithMany(values, line);
            ParseResult result = mapper.map(values, context);
            return result instanceof ParseResult.Rejected(String reason) && !mapper.hasTime(values)
                    ? ParseResult.rejected(reason + "; the object has " + names(line))
                    : result;
        } catch (MalformedJsonException e) {
            return ParseResult.rejected("not a JSON line: " + e.problem() + (isPart(line) ? SEVERAL_LINES : ""));
        }
    }

    /** Where nothing stands by itself. */
    private void fillWithMany(@Nullable String[] values, String line) {
        @Nullable JsonTree tree = null;
        for (int place : placesOfMany) {
            if (values[place] == null) {
                tree = tree == null ? JsonTree.object(line) : tree;
                values[place] =
                        mapper.together(place, tree.texts(mapper.pointers().get(place)));
            }
        }
    }

    private static String names(String line) {
        List<String> names = JsonTree.object(line).names().toList();
        String told = names.stream().limit(NAMES_THAT_ARE_TOLD).collect(Collectors.joining(", "));
        return names.isEmpty() ? "no members" : names.size() > NAMES_THAT_ARE_TOLD ? told + ", …" : told;
    }

    /** As of an array, or an object that goes on in other lines. */
    private static boolean isPart(String line) {
        String text = line.strip();
        return text.startsWith("[")
                || text.startsWith("]")
                || text.startsWith("}")
                || text.endsWith("{")
                || text.endsWith("[")
                || text.endsWith(",");
    }
}
