package dev.metsuke.archive.index;

import static org.assertj.core.api.Assertions.assertThat;

import co.elastic.clients.elasticsearch._types.ErrorCause;
import dev.metsuke.archive.index.BulkOutcome.Extent;
import dev.metsuke.archive.index.BulkOutcome.Indexed;
import dev.metsuke.archive.index.BulkOutcome.Poison;
import dev.metsuke.archive.index.BulkOutcome.Retry;
import dev.metsuke.archive.index.OutcomeOf.Whole;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OutcomeOfTest {

    @Test
    void documentWithoutErrorIsIndexed() {
        assertThat(OutcomeOf.document(201, null)).isEqualTo(new Indexed(true));
    }

    @Test
    void documentThatIsThereAlreadyIsIndexed() {
        assertThat(OutcomeOf.document(409, error("version_conflict_engine_exception", "exists")))
                .isEqualTo(new Indexed(false));
    }

    @Test
    void mappingConflictIsPoisonWithItsRootCause() {
        ErrorCause conflict = ErrorCause.of(error -> error.type("document_parsing_exception")
                .reason("failed to parse field [source.ip]")
                .causedBy(error("illegal_argument_exception", "'x' is not an IP string literal.")));
        assertThat(OutcomeOf.document(400, conflict))
                .isEqualTo(new Poison("document_parsing_exception: failed to parse field [source.ip];"
                        + " illegal_argument_exception: 'x' is not an IP string literal."));
    }

    @ParameterizedTest
    @ValueSource(strings = {"validation_exception", "cluster_block_exception"})
    void whatAnOperatorCanMendIsTriedAgain(String type) {
        assertThat(OutcomeOf.document(400, error(type, "r"))).isEqualTo(new Retry(type + ": r", Extent.DOCUMENT));
    }

    @Test
    void saysOfAClosedIndexHowItIsOpened() {
        assertThat(OutcomeOf.document(400, error("index_closed_exception", "closed")))
                .isEqualTo(new Retry(
                        "index_closed_exception: closed; it goes on once the index is open again: POST /<index>/_open",
                        Extent.DOCUMENT));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"pipeline with id [geo] does not exist", "no write index is defined for alias [m]. The write"})
    void soIsAPipelineOrAnAliasThatIsNotAsItShouldBe(String reason) {
        assertThat(OutcomeOf.document(400, error("illegal_argument_exception", reason)))
                .isEqualTo(new Retry("illegal_argument_exception: " + reason, Extent.DOCUMENT));
        assertThat(OutcomeOf.document(400, error("illegal_argument_exception", "immense term " + reason)))
                .isInstanceOf(Poison.class);
    }

    @ParameterizedTest
    @ValueSource(ints = {401, 403, 404, 500, 502, 503, 504})
    void unavailableIsTriedAgain(int status) {
        assertThat(OutcomeOf.document(status, error("t", "r"))).isEqualTo(new Retry("t: r", Extent.DOCUMENT));
    }

    @Test
    void tooManyRequestsAsksForLessAtOnce() {
        assertThat(OutcomeOf.document(429, error("es_rejected_execution_exception", "r")))
                .isEqualTo(new Retry("es_rejected_execution_exception: r", Extent.OVERLOAD));
    }

    @Test
    void aFullDiskConcernsTheIndicesThatLieOnIt() {
        assertThat(OutcomeOf.document(429, error("cluster_block_exception", "r")))
                .isEqualTo(new Retry("cluster_block_exception: r", Extent.DOCUMENT));
    }

    @Test
    void onlyABlockOfAllWritesIsAClosedIndex() {
        assertThat(OutcomeOf.isClosed(403, error("cluster_block_exception", "r")))
                .isTrue();
        assertThat(OutcomeOf.isClosed(429, error("cluster_block_exception", "r")))
                .isFalse();
        assertThat(OutcomeOf.isClosed(403, error("security_exception", "r"))).isFalse();
        assertThat(OutcomeOf.isClosed(201, null)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 413})
    void refusedBulkIsSplitUntilTheCulpritIsAlone(int status) {
        assertThat(OutcomeOf.bulk(status, "r", 2)).isEqualTo(new Whole.Split());
        assertThat(OutcomeOf.bulk(status, "r", 1)).isEqualTo(new Whole.All(new Poison("r")));
    }

    @Test
    void whatAProxyRefusesIsNoDocumentsFaultButForItsLength() {
        assertThat(OutcomeOf.strange(400, 1)).isEqualTo(new Whole.All(new Retry("HTTP status 400", Extent.EVERYTHING)));
        assertThat(OutcomeOf.strange(413, 1)).isEqualTo(new Whole.All(new Poison("HTTP status 413")));
        assertThat(OutcomeOf.strange(429, 1)).isEqualTo(new Whole.All(new Retry("HTTP status 429", Extent.OVERLOAD)));
    }

    @Test
    void unavailableClusterIsTriedAgain() {
        assertThat(OutcomeOf.bulk(503, "r", 2)).isEqualTo(new Whole.All(new Retry("r", Extent.EVERYTHING)));
        assertThat(OutcomeOf.bulk(429, "r", 1)).isEqualTo(new Whole.All(new Retry("r", Extent.OVERLOAD)));
    }

    private static ErrorCause error(String type, String reason) {
        return ErrorCause.of(error -> error.type(type).reason(reason));
    }
}
