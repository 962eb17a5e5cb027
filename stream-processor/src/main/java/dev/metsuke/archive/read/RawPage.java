package dev.metsuke.archive.read;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/**
 * The hits of one answer, each document's bytes cut out as they are: what is hashed must not be parsed and written anew.
 *
 * @param hits in the order of the search
 * @param mayGoOn whether there may be more behind them
 */
public record RawPage(List<Hit> hits, boolean mayGoOn) {

    private static final JsonFactory FACTORY = new JsonFactory();

    /**
     * A document.
     *
     * @param id its {@code _id}
     * @param index its {@code _index}
     * @param source its bytes; empty where they were not asked for
     * @param sort the values it is sorted by: whole numbers and text
     */
    @SuppressWarnings("ArrayRecordComponent") // Never compared.
    public record Hit(String id, String index, byte[] source, List<Object> sort) {

        /** Where it lies, in words. */
        public String origin() {
            return "document " + id + " in " + index;
        }
    }

    /**
     * Of an answer of {@code _search}.
     *
     * @param size how many documents were asked for
     */
    static RawPage parse(byte[] answer, int size) throws IOException {
        List<Hit> hits = new ArrayList<>();
        try (JsonParser parser = FACTORY.createParser(ObjectReadContext.empty(), answer)) {
            parser.nextToken();
            for (String name = parser.nextName(); name != null; name = parser.nextName()) {
                JsonToken value = parser.nextToken();
                switch (name) {
                    case "timed_out" -> refuse(value == JsonToken.VALUE_TRUE, "it timed out");
                    case "_shards" -> refuse(failedShards(parser) > 0, "some of its shards failed");
                    case "hits" -> outer(parser, answer, hits);
                    default -> parser.skipChildren();
                }
            }
        } catch (JacksonException e) {
            throw new IOException("Elasticsearch gave an answer that cannot be read: " + e.getOriginalMessage(), e);
        }
        return new RawPage(hits, hits.size() >= size);
    }

    private static void refuse(boolean isIncomplete, String why) throws IOException {
        if (isIncomplete) {
            throw new IOException("Elasticsearch gave a part of the answer only: " + why);
        }
    }

    private static long failedShards(JsonParser parser) {
        long failed = 0;
        for (String name = parser.nextName(); name != null; name = parser.nextName()) {
            parser.nextToken();
            if (name.equals("failed")) {
                failed = parser.getLongValue();
            } else {
                parser.skipChildren();
            }
        }
        return failed;
    }

    private static void outer(JsonParser parser, byte[] answer, List<Hit> hits) {
        for (String name = parser.nextName(); name != null; name = parser.nextName()) {
            JsonToken value = parser.nextToken();
            if (name.equals("hits") && value == JsonToken.START_ARRAY) {
                while (parser.nextToken() == JsonToken.START_OBJECT) {
                    hits.add(hit(parser, answer));
                }
            } else {
                parser.skipChildren();
            }
        }
    }

    private static Hit hit(JsonParser parser, byte[] answer) {
        String id = "";
        String index = "";
        byte[] source = {};
        List<Object> sort = new ArrayList<>();
        for (String name = parser.nextName(); name != null; name = parser.nextName()) {
            JsonToken value = parser.nextToken();
            switch (name) {
                case "_id" -> id = parser.getString();
                case "_index" -> index = parser.getString();
                case "_source" -> {
                    int start = (int) parser.currentTokenLocation().getByteOffset();
                    parser.skipChildren();
                    source = Arrays.copyOfRange(
                            answer, start, (int) parser.currentLocation().getByteOffset());
                }
                case "sort" -> {
                    while (parser.nextToken() != JsonToken.END_ARRAY) {
                        sort.add(sortValue(parser));
                    }
                }
                default -> {
                    if (value == JsonToken.START_OBJECT || value == JsonToken.START_ARRAY) {
                        parser.skipChildren();
                    }
                }
            }
        }
        return new Hit(id, index, source, sort);
    }

    private static Object sortValue(JsonParser parser) {
        return parser.currentToken() == JsonToken.VALUE_NUMBER_INT
                ? (Object) parser.getLongValue()
                : parser.getString();
    }

    /** The last hit's sort values: the next page begins behind them. */
    public @Nullable List<Object> end() {
        return hits.isEmpty() ? null : hits.getLast().sort();
    }
}
