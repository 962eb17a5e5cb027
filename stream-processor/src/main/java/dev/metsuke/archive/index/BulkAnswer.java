package dev.metsuke.archive.index;

import co.elastic.clients.elasticsearch._types.ErrorCause;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/** What Elasticsearch answers to a bulk: nearly always that all is well, so that no more of it is read than says so. */
final class BulkAnswer {

    /** All that is read of it. */
    static final String FILTER_PATH = "items.*.status,items.*.error";

    private static final JsonFactory FACTORY = new JsonFactory();

    private BulkAnswer() {}

    /**
     * What became of one document.
     *
     * @param status as HTTP has them
     * @param error why not, where it was not written
     */
    record Item(int status, @Nullable ErrorCause error) {}

    /** In the order of the bulk. */
    static List<Item> parse(byte[] json) throws IOException {
        List<Item> items = new ArrayList<>();
        try (JsonParser parser = FACTORY.createParser(ObjectReadContext.empty(), json)) {
            parser.nextToken();
            for (String name = parser.nextName(); name != null; name = parser.nextName()) {
                if (parser.nextToken() == JsonToken.START_ARRAY && name.equals("items")) {
                    while (parser.nextToken() == JsonToken.START_OBJECT) {
                        items.add(item(parser, json));
                    }
                } else {
                    parser.skipChildren();
                }
            }
        } catch (JacksonException e) {
            throw new IOException("Elasticsearch gave an answer that cannot be read: " + e.getOriginalMessage(), e);
        }
        return items;
    }

    /** The object of a document's only member, which is named after what was done. */
    private static Item item(JsonParser parser, byte[] json) {
        int status = 0;
        ErrorCause error = null;
        parser.nextName();
        parser.nextToken();
        for (String name = parser.nextName(); name != null; name = parser.nextName()) {
            parser.nextToken();
            switch (name) {
                case "status" -> status = parser.getIntValue();
                case "error" -> error = error(parser, json);
                default -> parser.skipChildren();
            }
        }
        parser.nextToken();
        return new Item(status, error);
    }

    private static ErrorCause error(JsonParser parser, byte[] json) {
        int start = (int) parser.currentTokenLocation().getByteOffset();
        parser.skipChildren();
        int end = (int) parser.currentLocation().getByteOffset();
        return ErrorCause.of(cause -> cause.withJson(new ByteArrayInputStream(json, start, end - start)));
    }
}
