package dev.metsuke.shipper.parse;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/** Picks a few values out of a JSON object in one pass; what nobody asked for is skipped, not decoded. */
final class JsonFields {

    private static final JsonFactory FACTORY = new JsonFactory();

    private final Step root = new Step();
    private final int count;

    /** Answers come in the order of the pointers. */
    JsonFields(List<JsonPointer> pointers) {
        count = pointers.size();
        for (int slot = 0; slot < count; slot++) {
            Step step = root;
            for (String name : pointers.get(slot).names()) {
                step = step.children.computeIfAbsent(name, _ -> new Step());
            }
            step.slots = append(step.slots, slot);
        }
    }

    /**
     * Scalars as their text; null for what is absent, null, an object or an array.
     *
     * @throws JacksonException where the text is not one JSON object
     */
    @Nullable
    String[] read(String json) {
        @Nullable String[] values = new @Nullable String[count];
        try (JsonParser parser = FACTORY.createParser(ObjectReadContext.empty(), json)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw new NotAnObjectException();
            }
            object(parser, root, values);
            if (parser.nextToken() != null) {
                throw new NotAnObjectException();
            }
        }
        return values;
    }

    private static void object(JsonParser parser, Step step, @Nullable String[] values) {
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            Step child = step.children.get(parser.currentName());
            parser.nextToken();
            value(parser, child, values);
        }
    }

    private static void array(JsonParser parser, Step step, @Nullable String[] values) {
        for (int i = 0; parser.nextToken() != JsonToken.END_ARRAY; i++) {
            value(parser, step.children.get(Integer.toString(i)), values);
        }
    }

    private static void value(JsonParser parser, @Nullable Step step, @Nullable String[] values) {
        JsonToken token = parser.currentToken();
        if (step == null) {
            parser.skipChildren();
        } else if (token == JsonToken.START_OBJECT) {
            object(parser, step, values);
        } else if (token == JsonToken.START_ARRAY) {
            array(parser, step, values);
        } else if (token != JsonToken.VALUE_NULL) {
            for (int slot : step.slots) {
                values[slot] = parser.getString();
            }
        }
    }

    private static int[] append(int[] slots, int slot) {
        int[] more = java.util.Arrays.copyOf(slots, slots.length + 1);
        more[slots.length] = slot;
        return more;
    }

    /** Valid JSON, but no object, or more than one. */
    static final class NotAnObjectException extends JacksonException {

        NotAnObjectException() {
            super("it must be one JSON object");
        }
    }

    private static final class Step {
        private final Map<String, Step> children = new HashMap<>();
        private int[] slots = {};
    }
}
