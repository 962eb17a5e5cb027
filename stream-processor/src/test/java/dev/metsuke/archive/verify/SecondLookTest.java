package dev.metsuke.archive.verify;

import static org.assertj.core.api.Assertions.assertThat;

import co.elastic.clients.elasticsearch.ElasticsearchClient;
import dev.metsuke.archive.verify.ArchiveVerification.Range;
import dev.metsuke.archive.verify.StreamReport.Outcome;
import dev.metsuke.events.integrity.ChainHead;
import dev.metsuke.events.proof.Finding;
import dev.metsuke.events.seal.KeyRing;
import dev.metsuke.events.seal.ListedKey;
import dev.metsuke.events.seal.Seal;
import dev.metsuke.events.seal.SealKeyPair;
import dev.metsuke.events.seal.SealRecord;
import dev.metsuke.operations.search.ElasticsearchConnection;
import dev.metsuke.operations.search.ElasticsearchSettings;
import dev.metsuke.servers.testing.ScriptedNode;
import dev.metsuke.servers.testing.ScriptedNode.Answer;
import dev.metsuke.servers.testing.ScriptedNode.Question;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** An archive without documents, of which seals are known that it has not got; the second time one looks, some may have come. */
class SecondLookTest {

    private static final SealKeyPair KEY = SealKeyPair.generate();
    private static final Seal FIRST = seal(1, 20);
    private static final Seal FOURTH = seal(4, 80);

    private final AtomicInteger moments = new AtomicInteger();
    /** A field; documents that have it come between the first look and the second. */
    private String arriving = "none";

    @SuppressWarnings("NullAway.Init")
    private ScriptedNode node;

    @BeforeEach
    void serve() throws IOException {
        node = ScriptedNode.start(this::answer);
    }

    @AfterEach
    void stop() {
        node.close();
    }

    @Test
    void accusesNobodyForLinesThatHaveBegunToCome() throws IOException {
        arriving = "metsuke.integrity.sequence";

        StreamReport report = verify(FIRST);

        assertThat(report.outcome()).isEqualTo(Outcome.UNKNOWN);
        assertThat(report.verdict().finding()).isInstanceOf(Finding.Arriving.class);
    }

    @Test
    void accusesNobodyForSealsThatHaveBegunToCome() throws IOException {
        arriving = "metsuke.seal.number";

        StreamReport report = verify(FIRST, FOURTH);

        assertThat(report.aboutSeals()).containsExactly(new Finding.MissingSeals(2, 3, false));
    }

    @Test
    void callsMissingWhatIsNotThereTheSecondTimeEither() throws IOException {
        StreamReport report = verify(FIRST, FOURTH);

        assertThat(report.outcome()).isEqualTo(Outcome.TAMPERED);
        assertThat(report.verdict().finding()).isInstanceOf(Finding.Missing.class);
        assertThat(report.aboutSeals()).containsExactly(new Finding.MissingSeals(2, 3, true));
    }

    private StreamReport verify(SealRecord... copies) throws IOException {
        KeyRing keys = new KeyRing(List.of(ListedKey.bare(KEY.publicKey())));
        List<StreamReport> reports = new ArrayList<>();
        try (ElasticsearchClient client = ElasticsearchConnection.open(ElasticsearchSettings.of(node.url()))) {
            new ArchiveVerification(client, client, keys, List.of(copies), 10, Long.MAX_VALUE, Duration.ZERO)
                    .verify(Range.all(Instant.now(), Duration.ZERO), reports::add);
        }
        assertThat(reports).hasSize(1);
        return reports.getFirst();
    }

    private static Seal seal(long number, long line) {
        return Seal.sign(
                "db1/crm", number, new ChainHead(line, "0".repeat(64)), Instant.EPOCH.plusSeconds(number), KEY);
    }

    private Answer answer(Question question) {
        Answer empty = ScriptedNode.ofEmptyArchive(question);
        if (question.address().getPath().endsWith("-*/_pit")) {
            return Answer.of(empty.json().replace("\"moment\"", "\"moment-" + moments.incrementAndGet() + "\""));
        }
        if (!question.isSearch()) {
            return empty;
        }
        boolean hasCome =
                !question.body().contains("moment-1") && question.body().contains(arriving);
        return hasCome ? Answer.of(empty.json().replace("\"value\":0", "\"value\":1")) : empty;
    }
}
