package dev.metsuke.shipper.parse;

import org.jspecify.annotations.Nullable;

/** One JSON object a line, read as the source's mapping says. */
final class JsonLinesParser implements LineParser {

    private final EventMapper mapper;
    private final JsonFields fields;
    private final @Nullable JsonPointer subjects;

    JsonLinesParser(EventMapping mapping, SourceRules rules) {
        mapper = new EventMapper(mapping, rules);
        fields = new JsonFields(mapper.pointers());
        subjects = mapping.subjects() == null ? null : mapping.subjects().pointer();
    }

    @Override
    public ParseResult parse(String line) {
        return parse(line, RecordContext.NONE);
    }

    @Override
    public ParseResult parse(String line, RecordContext context) {
        try {
            @Nullable String[] values = fields.read(HexEscapes.asJson(line));
            if (subjects != null && values[mapper.subjectsPlace()] == null) {
                values[mapper.subjectsPlace()] = String.join(
                        SubjectsMapping.BETWEEN_ELEMENTS, JsonTree.object(line).texts(subjects));
            }
            return mapper.map(values, context);
        } catch (MalformedJsonException e) {
            return ParseResult.rejected("not a JSON line: " + e.problem());
        }
    }
}
