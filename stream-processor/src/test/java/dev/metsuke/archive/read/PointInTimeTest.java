package dev.metsuke.archive.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import co.elastic.clients.elasticsearch.ElasticsearchClient;
import co.elastic.clients.elasticsearch._types.query_dsl.Query;
import dev.metsuke.archive.read.PointInTime.Part;
import dev.metsuke.events.archive.ArchiveIndex;
import dev.metsuke.operations.search.ElasticsearchConnection;
import dev.metsuke.operations.search.ElasticsearchSettings;
import dev.metsuke.servers.testing.ScriptedNode;
import dev.metsuke.servers.testing.ScriptedNode.Answer;
import dev.metsuke.servers.testing.ScriptedNode.Question;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Answers as a server gives them that has no room for a while. */
class PointInTimeTest {

    private static final Query ALL = Query.of(query -> query.matchAll(all -> all));

    @SuppressWarnings("NullAway.Init")
    private ScriptedNode node;

    private int refusals;
    private int refusalStatus = 429;
    private volatile boolean isSilent;
    private final AtomicInteger searches = new AtomicInteger();

    @BeforeEach
    void serve() throws IOException {
        node = ScriptedNode.start(this::answer);
    }

    @AfterEach
    void stop() {
        node.close();
    }

    @Test
    void asksAgainWhereTheServerHasNoRoom() throws IOException {
        refusals = 2;
        try (ElasticsearchClient client = client();
                PointInTime archive = PointInTime.open(client, ArchiveIndex.SEALS)) {
            RawPage page = archive.pageAsItLies(ALL, new Part(0, 1), 100, null).page();

            assertThat(page.hits()).hasSize(1);
            assertThat(refusals).isZero();
        }
    }

    @Test
    void saysWhatTheServerSays() throws IOException {
        refusals = Integer.MAX_VALUE;
        refusalStatus = 403;
        try (ElasticsearchClient client = client();
                PointInTime archive = PointInTime.open(client, ArchiveIndex.SEALS)) {
            assertThatThrownBy(() -> archive.pageAsItLies(ALL, new Part(0, 1), 100, null))
                    .isInstanceOf(IOException.class)
                    .hasMessage(
                            "Elasticsearch answered 403: not now; check elasticsearch.api-key, and which privileges it"
                                    + " has");
        }
    }

    @Test
    void asksASilentNodeOnceAndSaysWhichItIs() throws IOException {
        try (ElasticsearchClient client =
                        ElasticsearchConnection.open(ElasticsearchSettings.of(node.url()), Duration.ofSeconds(2));
                PointInTime archive = PointInTime.open(client, ArchiveIndex.SEALS)) {
            isSilent = true;

            assertThatThrownBy(() -> archive.page(ALL, List.of(), 1_000, null, true))
                    .isInstanceOf(IOException.class)
                    .hasMessageStartingWith("Elasticsearch at " + node.url() + " does not answer in time (")
                    .hasMessageEndingWith("; check elasticsearch.url");
            assertThat(searches).hasValue(1);
        }
    }

    private ElasticsearchClient client() throws IOException {
        return ElasticsearchConnection.open(ElasticsearchSettings.of(node.url()));
    }

    private Answer answer(Question question) {
        if (!question.isSearch()) {
            return ScriptedNode.ofEmptyArchive(question);
        }
        searches.incrementAndGet();
        if (isSilent) {
            return Answer.SILENCE;
        }
        if (refusals > 0) {
            refusals--;
            return new Answer(
                    refusalStatus,
                    "{\"error\":{\"root_cause\":[{\"type\":\"any\",\"reason\":\"not"
                            + " now\"}],\"type\":\"any\",\"reason\":\"not now\"},\"status\":" + refusalStatus + "}");
        }
        return Answer.of("{\"hits\":{\"hits\":[{\"_id\":\"1\",\"_index\":\"i\",\"_source\":{},\"sort\":[1]}]}}");
    }
}
