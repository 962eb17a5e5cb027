package dev.metsuke.archive.read;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The hits of one answer, each document's bytes cut out as they are: what is hashed must not be parsed and written anew.
 *
 * @param hits in the order of the search
 * @param mayGoOn whether there may be more behind them
 */
public record RawPage(List<Hit> hits, boolean mayGoOn) {

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
        JsonWalk walk = new JsonWalk(answer);
        for (boolean more = walk.enter(); more; more = walk.more()) {
            switch (walk.name()) {
                case "timed_out" -> refuse(walk.word().equals("true"), "it timed out");
                case "_shards" -> refuse(failedShards(walk) > 0, "some of its shards failed");
                case "hits" -> outer(walk, hits);
                default -> walk.pass();
            }
        }
        return new RawPage(hits, hits.size() >= size);
    }

    private static void refuse(boolean isIncomplete, String why) throws IOException {
        if (isIncomplete) {
            throw new IOException("Elasticsearch gave a part of the answer only: " + why);
        }
    }

    private static long failedShards(JsonWalk walk) throws IOException {
        long failed = 0;
        for (boolean more = walk.enter(); more; more = walk.more()) {
            if (walk.name().equals("failed")) {
                failed = Long.parseLong(walk.word());
            } else {
                walk.pass();
            }
        }
        return failed;
    }

    private static void outer(JsonWalk walk, List<Hit> hits) throws IOException {
        for (boolean more = walk.enter(); more; more = walk.more()) {
            if (walk.name().equals("hits")) {
                for (boolean another = walk.enter(); another; another = walk.more()) {
                    hits.add(hit(walk));
                }
            } else {
                walk.pass();
            }
        }
    }

    private static Hit hit(JsonWalk walk) throws IOException {
        String id = "";
        String index = "";
        byte[] source = {};
        List<Object> sort = new ArrayList<>();
        for (boolean more = walk.enter(); more; more = walk.more()) {
            switch (walk.name()) {
                case "_id" -> id = walk.text();
                case "_index" -> index = walk.text();
                case "_source" -> source = walk.raw();
                case "sort" -> {
                    for (boolean another = walk.enter(); another; another = walk.more()) {
                        sort.add(sortValue(walk));
                    }
                }
                default -> walk.pass();
            }
        }
        return new Hit(id, index, source, sort);
    }

    private static Object sortValue(JsonWalk walk) throws IOException {
        if (walk.isText()) {
            return walk.text();
        }
        String word = walk.word();
        boolean isWhole = word.chars().allMatch(letter -> letter == '-' || Character.isDigit(letter));
        return isWhole ? (Object) Long.parseLong(word) : word;
    }

    /** The last hit's sort values: the next page begins behind them. */
    public @Nullable List<Object> end() {
        return hits.isEmpty() ? null : hits.getLast().sort();
    }
}
