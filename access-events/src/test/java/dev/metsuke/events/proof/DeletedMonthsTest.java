package dev.metsuke.events.proof;

import static org.assertj.core.api.Assertions.assertThat;

import dev.metsuke.events.integrity.ChainHead;
import dev.metsuke.events.json.JsonDocument;
import dev.metsuke.events.proof.DeletedMonths.SealedMonth;
import dev.metsuke.events.proof.Finding.Missing;
import dev.metsuke.events.retention.IndexDeletion;
import dev.metsuke.events.seal.Seal;
import dev.metsuke.events.seal.SealKeyPair;
import java.time.Instant;
import java.time.YearMonth;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DeletedMonthsTest {

    private static final SealKeyPair KEY = SealKeyPair.generate();

    private static final Instant NOW = Instant.parse("2022-01-01T00:00:00Z");

    /** Lines 1 to 10 in March, 11 to 20 in April, 21 to 30 in May. */
    private static final List<SealedMonth> SEALS = List.of(
            sealed(1, 10, "2010-03-15T00:00:00Z"),
            sealed(2, 20, "2010-04-15T00:00:00Z"),
            sealed(3, 30, "2010-05-15T00:00:00Z"));

    @ParameterizedTest
    @CsvSource({
        "1, 10, 2010.03, 10, true",
        // Not so many.
        "1, 10, 2010.03, 9, false",
        // Not there, or long before there was a seal.
        "1, 10, 2010.04, 10, false",
        "1, 10, 2009.12, 10, false",
        "5, 5, 2009.12, 10, false",
        // Between the seals of March and April.
        "12, 18, 2010.03, 7, true",
        "12, 18, 2010.04, 7, true",
        "12, 18, 2010.05, 7, false",
        "12, 18, 2010.02, 7, false",
        // Behind the last seal they may be of any time since.
        "31, 33, 2010.07, 3, false",
        "31, 33, 2010.04, 3, false"
    })
    void linesLieInTheMonthsFromSealToSeal(long first, long last, String month, long documents, boolean isExplained) {
        assertThat(months(deletion(month, documents))
                        .explain(new Missing(first, last, null, null), SEALS)
                        .isPresent())
                .isEqualTo(isExplained);
    }

    @Test
    void everyMonthWantsItsRecord() {
        Missing all = new Missing(1, 30, null, null);

        assertThat(months(deletion("2010.03", 100), deletion("2010.05", 100)).explain(all, SEALS))
                .isPresent();
        assertThat(months(deletion("2010.03", 100), deletion("2010.04", 100)).explain(all, SEALS))
                .isPresent();
        assertThat(months(deletion("2010.03", 100)).explain(all, SEALS)).isEmpty();
        assertThat(months(deletion("2010.03", 15), deletion("2010.05", 14)).explain(all, SEALS))
                .isEmpty();
    }

    @Test
    void anIndexThatIsToldOfTwiceCountsOnce() {
        IndexDeletion first = deletion("2010.03", 6);
        IndexDeletion again = new IndexDeletion(
                first.index(),
                first.uuid(),
                7,
                first.expiredAt(),
                first.years(),
                List.of(),
                first.decidedAt().plusSeconds(1));

        assertThat(months(again, first).documents()).isEqualTo(7);
        assertThat(months(first, again).explain(new Missing(1, 8, null, null), SEALS))
                .isEmpty();
    }

    @Test
    void namesTheFirstAndTheLastOfManyIndices() {
        IndexDeletion[] all = IntStream.rangeClosed(1, 20)
                .mapToObj(year -> deletion(1990 + year + ".03", 10))
                .toArray(IndexDeletion[]::new);

        assertThat(months(all)
                        .explain(new Missing(1, 10, null, null), SEALS)
                        .orElseThrow()
                        .describe())
                .isEqualTo("lines 1 to 10 were deleted by retention, as is recorded: 20 indices from"
                        + " metsuke-access-events-1991.03 to metsuke-access-events-2010.03"
                        + " (200 documents, until 2021-01-01T00:30:00Z)");
    }

    @Test
    void clocksMayDisagreeByADay() {
        List<SealedMonth> atTheEnd =
                List.of(sealed(1, 10, "2010-03-31T12:00:00Z"), sealed(2, 20, "2010-04-15T00:00:00Z"));

        assertThat(months(deletion("2010.04", 10)).explain(new Missing(1, 10, null, null), atTheEnd))
                .isPresent();
    }

    /** As somebody moves a seal who can write the archive, and forges a record of a month whose time is over. */
    @Test
    void aSealThatLiesInAnOlderIndexThanItWasSignedInExcusesNoYoungerLines() {
        SealedMonth moved =
                new SealedMonth(sealed(1, 10, "2021-11-15T00:00:00Z").seal(), YearMonth.of(2010, 2));
        SealedMonth genuine = sealed(2, 20, "2021-11-16T00:00:00Z");
        SealedMonth movedToo = new SealedMonth(genuine.seal(), YearMonth.of(2010, 2));
        DeletedMonths months = months(deletion("2010.02", 1_000));
        Missing between = new Missing(11, 18, null, null);
        Missing withSealed = new Missing(11, 20, null, null);

        assertThat(months.explain(between, List.of(moved, genuine))).isEmpty();
        assertThat(months.explain(withSealed, List.of(moved, movedToo))).isEmpty();
        assertThat(months.explain(new Missing(1, 10, null, null), List.of(moved)))
                .isEmpty();
        assertThat(months.doubt(between, List.of(moved, genuine)))
                .contains(new Finding.Misplaced(between, moved.seal(), moved.month()));
        assertThat(months.doubt(between, List.of(sealed(1, 10, "2021-11-15T00:00:00Z"), genuine)))
                .isEmpty();
    }

    /** As somebody tells of young lines as old ones: between an old seal and a young one, of which others are left out. */
    @ParameterizedTest
    @CsvSource({
        // The next seal, in the month behind: which of the two it was does not matter.
        "2, 2010-04-15, 15, 2010.03, true",
        "2, 2010-04-15, 20, 2010.03, true",
        // Years later.
        "2, 2021-04-15, 15, 2010.03, false",
        // Others are left out between.
        "4, 2010-04-15, 15, 2010.03, false",
        "4, 2010-04-15, 20, 2010.03, false",
        "4, 2010-04-15, 20, 2010.04, false",
        "4, 2010-03-30, 15, 2010.03, true"
    })
    void linesMayNotHaveLainWhereNothingIsRecorded(
            long number, String signed, long last, String month, boolean isExplained) {
        List<SealedMonth> seals = List.of(SEALS.getFirst(), sealed(number, 20, signed + "T00:00:00Z"));
        Missing missing = new Missing(11, last, null, null);
        DeletedMonths months = months(deletion(month, 1_000));

        assertThat(months.explain(missing, seals).isPresent()).isEqualTo(isExplained);
        assertThat(months.doubt(missing, seals))
                .isEqualTo(isExplained ? Optional.empty() : Optional.of(new Finding.PerhapsDeleted(missing)));
    }

    @Test
    void whereSealsAreLeftOutEachMonthBetweenThemMustBeRecorded() {
        List<SealedMonth> seals = List.of(SEALS.getFirst(), sealed(9, 90, "2010-05-15T00:00:00Z"));
        Missing missing = new Missing(11, 90, null, null);

        assertThat(months(deletion("2010.03", 100), deletion("2010.04", 100), deletion("2010.05", 100))
                        .explain(missing, seals))
                .isPresent();
        assertThat(months(deletion("2010.03", 100), deletion("2010.05", 100)).doubt(missing, seals))
                .isPresent();
    }

    @Test
    void whatWasDeletedBeforeTheFirstSealThatIsToldLayInItsMonthOrElseItMustBeTheStreamsFirst() {
        Missing missing = new Missing(1, 10, null, null);
        List<SealedMonth> first = List.of(sealed(1, 10, "2010-04-15T00:00:00Z"));
        List<SealedMonth> later = List.of(sealed(2, 10, "2010-04-15T00:00:00Z"));

        assertThat(months(deletion("2010.03", 10)).explain(missing, first)).isPresent();
        assertThat(months(deletion("2010.03", 10)).doubt(missing, later)).isPresent();
        assertThat(months(deletion("2010.04", 10)).explain(missing, later)).isPresent();
        assertThat(months(deletion("2010.04", 10)).doubt(missing, List.of())).isPresent();
    }

    @Test
    void whatWasDeletedBeforeItsTimeExcusesNothing() throws Exception {
        IndexDeletion early = new IndexDeletion(
                "metsuke-access-events-2010.03",
                "uuid",
                10,
                Instant.parse("2020-03-31T00:00:00Z"),
                10,
                List.of(),
                Instant.parse("2021-01-01T00:00:00Z"));

        assertThat(months(early).deletions()).isEmpty();
        assertThat(IndexDeletion.fromJson(JsonDocument.parse(early.toJson()))).isEqualTo(early);
    }

    /** As somebody forges a record who can write the archive. */
    @Test
    void aRecordsOwnWordForHowLongItWasKeptIsNotEnough() {
        IndexDeletion forged = new IndexDeletion(
                "metsuke-access-events-2010.03",
                "uuid",
                10,
                Instant.parse("2011-04-01T00:00:00Z"),
                1,
                List.of(),
                Instant.parse("2011-04-02T00:00:00Z"));

        DeletedMonths months = months(forged);

        assertThat(months.explain(new Missing(1, 10, null, null), SEALS)).isEmpty();
        assertThat(months.tooSoon())
                .singleElement()
                .extracting(Finding.TooSoon::describe)
                .asString()
                .startsWith("metsuke-access-events-2010.03 was deleted after 1 years");
        assertThat(DeletedMonths.of(List.of(forged), 1, NOW).deletions()).containsExactly(forged);
    }

    @Test
    void nothingWasDeletedInTheFuture() {
        IndexDeletion forged = new IndexDeletion(
                "metsuke-access-events-2010.03",
                "uuid",
                10,
                Instant.parse("2020-04-01T00:00:00Z"),
                10,
                List.of(),
                Instant.parse("2020-04-02T00:00:00Z"));

        assertThat(DeletedMonths.of(List.of(forged), 10, Instant.parse("2019-11-01T00:00:00Z"))
                        .deletions())
                .isEmpty();
        assertThat(DeletedMonths.of(List.of(forged), 10, Instant.parse("2020-04-01T23:00:00Z"))
                        .deletions())
                .containsExactly(forged);
    }

    private static DeletedMonths months(IndexDeletion... deletions) {
        return DeletedMonths.of(List.of(deletions), 10, NOW);
    }

    private static IndexDeletion deletion(String month, long documents) {
        return new IndexDeletion(
                "metsuke-access-events-" + month,
                "uuid",
                documents,
                Instant.parse("2021-01-01T00:00:00Z"),
                10,
                List.of("H-1"),
                Instant.parse("2021-01-01T00:30:00Z"));
    }

    private static SealedMonth sealed(long number, long line, String at) {
        Seal seal = Seal.sign("db1/crm", number, new ChainHead(line, "0".repeat(64)), Instant.parse(at), KEY);
        return SealedMonth.of(seal, null);
    }
}
