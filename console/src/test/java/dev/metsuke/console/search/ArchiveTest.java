package dev.metsuke.console.search;

import static org.assertj.core.api.Assertions.assertThat;

import co.elastic.clients.elasticsearch.ElasticsearchClient;
import co.elastic.clients.elasticsearch._types.query_dsl.Query;
import dev.metsuke.events.archive.ArchiveIndex;
import dev.metsuke.operations.search.ElasticsearchConnection;
import dev.metsuke.operations.search.ElasticsearchSettings;
import dev.metsuke.servers.testing.ScriptedNode;
import dev.metsuke.servers.testing.ScriptedNode.Answer;
import dev.metsuke.servers.testing.ScriptedNode.Question;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Answers as a cluster gives them that could not search everything. */
class ArchiveTest {

    private static final Query ALL = Query.of(query -> query.matchAll(all -> all));

    @SuppressWarnings("NullAway.Init")
    private ScriptedNode node;

    private boolean timedOut;
    private int failed;
    private boolean hangs;
    private String asked = "";
    private String wanted = "";
    private String aggregated = "";

    @BeforeEach
    void serve() throws IOException {
        node = ScriptedNode.start(this::answer);
    }

    @AfterEach
    void stop() {
        node.close();
    }

    @Test
    void wantsAllShardsOrNone() throws IOException {
        assertThat(find()).isInstanceOf(ArchiveAnswer.Found.class);
        assertThat(asked).contains("allow_partial_search_results=false");
    }

    @Test
    void goesOnBehindAnIdOfSeveralLines() {
        String next =
                Base64.getUrlEncoder().withoutPadding().encodeToString("l1\nsa%0Ab".getBytes(StandardCharsets.UTF_8));

        assertThat(Archive.isPlace(next)).isTrue();
        assertThat(Archive.isPlace("bDE")).isFalse();
    }

    @Test
    void ordersDocumentsOfOneTimeAsIsAsked() throws IOException {
        URI url = node.url();
        String after = Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString("l1\nsa%0Ab\nsid".getBytes(StandardCharsets.UTF_8));
        try (ElasticsearchClient client =
                ElasticsearchConnection.open(ElasticsearchSettings.of(url), Duration.ofSeconds(2))) {
            new Archive(client, url.toString())
                    .find(ArchiveIndex.ACCOUNT_STATUS, ALL, 10, after, List.of("user.id", "event.id"));
        }

        assertThat(wanted.replaceAll("\\s", ""))
                .contains("\"search_after\":[1,\"a\\nb\",\"id\"]")
                .containsSubsequence("\"@timestamp\":", "\"user.id\":", "\"event.id\":");
    }

    @Test
    void isAwayWhereTheSearchTookTooLong() throws IOException {
        timedOut = true;

        assertThat(find()).isInstanceOf(ArchiveAnswer.Away.class);
    }

    @Test
    void isAwayWhereAShardFailed() throws IOException {
        failed = 1;

        assertThat(find()).isInstanceOf(ArchiveAnswer.Away.class);
    }

    @Test
    @Timeout(20)
    void isAwayWhereTheClusterTakesARequestAndNeverAnswers() throws IOException {
        hangs = true;

        assertThat(find())
                .isInstanceOfSatisfying(
                        ArchiveAnswer.Away.class,
                        away -> assertThat(away.reason()).contains("does not answer in time"));
    }

    @Test
    void tellsTheValuesOfAFieldOnlyWhereItHasThemAll() throws IOException {
        assertThat(values()).isEmpty();

        aggregated = values(0);
        assertThat(values()).containsExactlyInAnyOrder("crm.customers", "orders");

        aggregated = values(3);
        assertThat(values()).isEmpty();

        aggregated = values(0);
        failed = 1;
        assertThat(values()).isEmpty();
    }

    private static String values(int others) {
        return ",\"aggregations\":{\"sterms#values\":{\"sum_other_doc_count\":" + others
                + ",\"buckets\":[{\"key\":\"crm.customers\",\"doc_count\":7},{\"key\":\"orders\",\"doc_count\":1}]}}";
    }

    private Set<String> values() throws IOException {
        URI url = node.url();
        try (ElasticsearchClient client =
                ElasticsearchConnection.open(ElasticsearchSettings.of(url), Duration.ofSeconds(2))) {
            return new Archive(client, url.toString()).values(ArchiveIndex.ACCESS_EVENTS, "metsuke.dataset");
        }
    }

    private ArchiveAnswer find() throws IOException {
        URI url = node.url();
        try (ElasticsearchClient client =
                ElasticsearchConnection.open(ElasticsearchSettings.of(url), Duration.ofSeconds(2))) {
            return new Archive(client, url.toString()).find(ArchiveIndex.ALERTS, ALL, 10, null);
        }
    }

    private Answer answer(Question question) {
        asked = question.address().toString();
        wanted = question.body();
        return hangs
                ? Answer.SILENCE
                : Answer.of("{\"took\":1,\"timed_out\":" + timedOut
                        + ",\"_shards\":{\"total\":2,\"successful\":1,\"skipped\":0,\"failed\":" + failed
                        + "},\"hits\":{\"total\":{\"value\":0,\"relation\":\"eq\"},\"hits\":[]}" + aggregated + "}");
    }
}
