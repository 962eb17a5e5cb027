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
            switch (walk.nameOf(Member.ALL)) {
                case TIMED_OUT -> refuse(walk.word().equals("true"), "it timed out");
                case SHARDS -> refuse(failedShards(walk) > 0, "some of its shards failed");
                case HITS -> outer(walk, hits);
                case null, default -> walk.pass();
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
            if (walk.nameOf(Member.ALL) == Member.FAILED) {
                failed = Long.parseLong(walk.word());
            } else {
                walk.pass();
            }
        }
        return failed;
    }

    private static void outer(JsonWalk walk, List<Hit> hits) throws IOException {
        for (boolean more = walk.enter(); more; more = walk.more()) {
            if (walk.nameOf(Member.ALL) == Member.HITS) {
                String index = "";
                for (boolean another = walk.enter(); another; another = walk.more()) {
                    Hit hit = hit(walk, index);
                    index = hit.index();
                    hits.add(hit);
                }
            } else {
                walk.pass();
            }
        }
    }

    private static Hit hit(JsonWalk walk, String likelyIndex) throws IOException {
        String id = "";
        String index = "";
        byte[] source = {};
        List<Object> sort = new ArrayList<>(1);
        for (boolean more = walk.enter(); more; more = walk.more()) {
            switch (walk.nameOf(Member.ALL)) {
                case ID -> id = walk.text();
                case INDEX -> index = walk.text(likelyIndex);
                case SOURCE -> source = walk.raw();
                case SORT -> {
                    for (boolean another = walk.enter(); another; another = walk.more()) {
                        sort.add(walk.isText() ? walk.text() : walk.number());
                    }
                }
                case null, default -> walk.pass();
            }
        }
        return new Hit(id, index, source, sort);
    }

    /** The last hit's sort values: the next page begins behind them. */
    public @Nullable List<Object> end() {
        return hits.isEmpty() ? null : hits.getLast().sort();
    }

    /** What is asked for of an answer, the most frequent first. */
    private enum Member implements JsonWalk.Name {
        ID("_id"),
        INDEX("_index"),
        SOURCE("_source"),
        SORT("sort"),
        HITS("hits"),
        TIMED_OUT("timed_out"),
        SHARDS("_shards"),
        FAILED("failed");

        private static final Member[] ALL = values();

        private final String text;

        Member(String text) {
            this.text = text;
        }

        @Override
        public String text() {
            return text;
        }
    }
}
