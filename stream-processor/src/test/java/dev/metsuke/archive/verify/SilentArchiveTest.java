package dev.metsuke.archive.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import co.elastic.clients.elasticsearch.ElasticsearchClient;
import dev.metsuke.archive.verify.ArchiveVerification.Range;
import dev.metsuke.events.integrity.ChainHead;
import dev.metsuke.events.seal.KeyRing;
import dev.metsuke.events.seal.Seal;
import dev.metsuke.events.seal.SealKeyPair;
import dev.metsuke.events.seal.SealRecord;
import dev.metsuke.operations.search.ElasticsearchConnection;
import dev.metsuke.operations.search.ElasticsearchSettings;
import dev.metsuke.servers.testing.ScriptedNode;
import dev.metsuke.servers.testing.ScriptedNode.Answer;
import dev.metsuke.servers.testing.ScriptedNode.Question;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Answers as a node with an empty archive, which falls silent when lines are asked for. */
class SilentArchiveTest {

    private static final int STREAMS = 10 * Runtime.getRuntime().availableProcessors();

    @SuppressWarnings("NullAway.Init")
    private ScriptedNode node;

    private final AtomicInteger askedForLines = new AtomicInteger();

    @BeforeEach
    void serve() throws IOException {
        node = ScriptedNode.start(this::answer);
    }

    @AfterEach
    void stop() {
        node.close();
    }

    @Test
    void isNotAskedForEveryStreamOnceItIsGivenUp() throws IOException {
        SealKeyPair key = SealKeyPair.generate();
        List<SealRecord> copies = IntStream.range(0, STREAMS)
                .<SealRecord>mapToObj(i -> Seal.sign("db" + i + "/crm", 1, ChainHead.GENESIS, Instant.EPOCH, key))
                .toList();
        URI address = node.url();
        try (ElasticsearchClient client =
                ElasticsearchConnection.open(ElasticsearchSettings.of(address), Duration.ofSeconds(1))) {
            ArchiveVerification verification =
                    new ArchiveVerification(client, client, new KeyRing(List.of()), copies, 10);

            assertThatThrownBy(() -> verification.verify(Range.all(Instant.now(), Duration.ZERO), _ -> {}))
                    .isInstanceOf(IOException.class)
                    .hasMessageStartingWith("Elasticsearch at " + address + " does not answer in time (");
        }
        assertThat(askedForLines).hasPositiveValue().hasValueLessThan(STREAMS / 2);
    }

    private Answer answer(Question question) {
        if (question.body().contains("\"sort\":[{\"metsuke.integrity.sequence\"")) {
            askedForLines.incrementAndGet();
            return Answer.SILENCE;
        }
        return ScriptedNode.ofEmptyArchive(question);
    }
}
