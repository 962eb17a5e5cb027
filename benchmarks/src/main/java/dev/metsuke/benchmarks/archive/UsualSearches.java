package dev.metsuke.benchmarks.archive;

import co.elastic.clients.elasticsearch.ElasticsearchClient;
import co.elastic.clients.elasticsearch._types.query_dsl.Query;
import dev.metsuke.archive.find.AccessHistogram;
import dev.metsuke.archive.find.FoundAccesses;
import dev.metsuke.archive.find.PersonsReaders;
import dev.metsuke.archive.read.PointInTime;
import dev.metsuke.benchmarks.contest.Percentiles;
import dev.metsuke.events.archive.ArchiveIndex;
import java.io.IOException;
import java.time.ZoneOffset;
import java.util.List;
import java.util.SplittableRandom;

/** What auditors ask again and again, each time of somebody else, as the command's {@code search} and {@code who-read} ask it. */
final class UsualSearches {

    private static final long SEED = 20_261_126;
    private static final int WARM_UP = 20;
    private static final int SHOWN = 100;

    private UsualSearches() {}

    /** How long so many of them take, one after the other, behind a few that nobody waits for. */
    static Percentiles measure(ElasticsearchClient client, int count) throws IOException {
        SplittableRandom random = new SplittableRandom(SEED);
        for (int i = 0; i < WARM_UP; i++) {
            search(client, i, random.nextInt(Integer.MAX_VALUE));
        }
        double[] millis = new double[count];
        for (int i = 0; i < count; i++) {
            long start = System.nanoTime();
            search(client, i, random.nextInt(Integer.MAX_VALUE));
            millis[i] = (System.nanoTime() - start) / 1e6;
        }
        return Percentiles.of(millis);
    }

    private static void search(ElasticsearchClient client, int kind, int number) throws IOException {
        String account = SampleEvents.account(number);
        try (PointInTime archive = PointInTime.open(client, ArchiveIndex.ACCESS_EVENTS)) {
            switch (kind % 5) {
                case 0 -> show(archive, query("user.id:" + account));
                case 1 -> show(archive, query("event.action:update AND metsuke.records:1 AND NOT user.id:" + account));
                case 2 -> show(archive, query("source.ip:\"10.20." + number % 256 + ".0/24\" AND event.action:search"));
                case 3 ->
                    AccessHistogram.of(
                            archive, query("user.id:" + account), AccessHistogram.Interval.HOUR, ZoneOffset.UTC);
                default ->
                    PersonsReaders.read(
                            archive, PersonsReaders.naming(List.of(SampleEvents.customer(number))), _ -> {});
            }
        }
    }

    private static void show(PointInTime archive, Query query) throws IOException {
        var _ = FoundAccesses.read(archive, query, SHOWN, _ -> {});
    }

    private static Query query(String text) {
        return Query.of(query -> query.queryString(string -> string.query(text)));
    }
}
