package dev.metsuke.archive.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import co.elastic.clients.elasticsearch.ElasticsearchClient;
import co.elastic.clients.elasticsearch._types.Refresh;
import co.elastic.clients.elasticsearch._types.query_dsl.Query;
import co.elastic.clients.json.JsonData;
import dev.metsuke.archive.read.PointInTime;
import dev.metsuke.archive.retention.RetentionSettings;
import dev.metsuke.archive.setup.ArchiveSetup;
import dev.metsuke.archive.setup.IndexSettings;
import dev.metsuke.archive.verify.StreamReport.Outcome;
import dev.metsuke.events.archive.ArchiveIndex;
import dev.metsuke.events.evidence.EvidenceVerdict;
import dev.metsuke.events.evidence.EvidenceVerifier;
import dev.metsuke.events.evidence.EvidenceWriter;
import dev.metsuke.events.integrity.Chain;
import dev.metsuke.events.proof.Finding;
import dev.metsuke.events.retention.IndexDeletion;
import dev.metsuke.events.seal.KeyList;
import dev.metsuke.events.seal.KeyRevocation;
import dev.metsuke.events.seal.KeyRing;
import dev.metsuke.events.seal.ListedKey;
import dev.metsuke.events.seal.Seal;
import dev.metsuke.events.seal.SealKeyPair;
import dev.metsuke.events.seal.SealRecord;
import dev.metsuke.operations.search.ElasticsearchConnection;
import dev.metsuke.operations.search.ElasticsearchSettings;
import dev.metsuke.servers.testing.NeedsServers;
import dev.metsuke.servers.testing.TestNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Each tampering that one can think of, done to a real archive; each test has a stream and indices of its own. */
@TestInstance(Lifecycle.PER_CLASS)
@Timeout(180)
@NeedsServers
class TamperedArchiveIT {

    private static final KeyRing KEYS = new KeyRing(List.of(ListedKey.bare(SealedStream.KEY.publicKey())));

    /** For so many access events are kept. */
    private static final int YEARS = 10;

    private final AtomicInteger year = new AtomicInteger(1970);
    private Path folder = Path.of("");

    @SuppressWarnings("NullAway.Init")
    private TestNode node;

    @SuppressWarnings("NullAway.Init")
    private ElasticsearchClient client;

    @BeforeAll
    void startNode(@TempDir Path temporary) throws IOException {
        folder = temporary;
        node = TestNode.start(folder.resolve("elasticsearch"));
        client = ElasticsearchConnection.open(ElasticsearchSettings.of(node.url()));
        ArchiveSetup.apply(
                client,
                new IndexSettings(1, "0-1", Duration.ofSeconds(1), Duration.ofMillis(500)),
                new RetentionSettings(YEARS, Map.of(), Duration.ofHours(1), null));
    }

    @AfterAll
    void stopNode() throws IOException {
        client.close();
        node.close();
    }

    @Test
    void findsWhatNobodyTouchedWhole() throws Exception {
        SealedStream stream = stream("whole", 45);

        StreamReport report = verify(stream);

        assertThat(report.verdict().finding()).isNull();
        assertThat(report.outcome()).isEqualTo(Outcome.WHOLE);
        assertThat(report.verdict().listed()).isEqualTo(45);
        assertThat(report.verdict().seals()).isEqualTo(4);
        assertThat(report.verdict().unsealed()).isEqualTo(5);
    }

    @Test
    void tellsHowFarItHasCome() throws Exception {
        SealedStream stream = stream("waited-for", 45);
        ArchiveVerification.Range range = new ArchiveVerification.Range(null, null, stream.name, Instant.EPOCH);
        Headway ordered = new Headway();
        Headway scanning = new Headway();

        new ArchiveVerification(client, client, KEYS, List.of(), YEARS, Long.MAX_VALUE, Duration.ZERO)
                .verify(range, ordered, _ -> {});
        new ArchiveVerification(client, client, KEYS, List.of(), YEARS, 0, Duration.ZERO)
                .verify(range, scanning, _ -> {});

        assertThat(ordered.seals()).isEqualTo(4);
        // The five behind the last seal are not known to be there before they are read.
        assertThat(ordered.expected()).isEqualTo(40);
        assertThat(ordered.lines()).isEqualTo(45);
        assertThat(scanning.seals()).isEqualTo(4);
        assertThat(scanning.lines()).isEqualTo(scanning.expected()).isGreaterThanOrEqualTo(45);
    }

    @Test
    void namesTheNearestStreamsInPlaceOfOneThatIsNotThere() throws Exception {
        stream("nearest", 5);
        ArchiveVerification.Range typo = new ArchiveVerification.Range(null, null, "it/naerest", Instant.now());

        assertThatThrownBy(() -> new ArchiveVerification(client, client, KEYS, List.of(), YEARS).verify(typo, _ -> {}))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("there is no stream it/naerest in the archive")
                .hasMessageContaining("the nearest names are it/nearest");
    }

    @Test
    void refusesByItsNameAnIndexThatIsClosed() throws Exception {
        SealedStream stream = stream("closed", 45);
        client.indices().close(close -> close.index(stream.indexBefore));
        try {
            assertThatThrownBy(() -> verify(stream))
                    .isInstanceOf(IOException.class)
                    .hasMessageStartingWith("the index " + stream.indexBefore + " is closed, and nobody knows what it"
                            + " holds; open it for as long as this takes (POST /" + stream.indexBefore + "/_open)");
        } finally {
            client.indices().open(open -> open.index(stream.indexBefore));
        }

        assertThat(verify(stream).outcome()).isEqualTo(Outcome.WHOLE);
    }

    @Test
    void countsForManyStreamsAtOnceAsForEachByItself() throws Exception {
        SealedStream stream = stream("counted", 45);
        List<Query> queries = new ArrayList<>(Collections.nCopies(1_201, StreamLines.withoutPlace(stream.name)));
        queries.add(StreamLines.ofStream(stream.name, 11, 30));
        queries.add(StreamLines.ofStream(stream.name, 1, Long.MAX_VALUE));

        try (PointInTime archive = PointInTime.open(client, ArchiveIndex.ACCESS_EVENTS, ArchiveIndex.SEALS)) {
            assertThat(archive.counts(queries)).hasSize(1_203).endsWith(0L, 20L, 45L);
            assertThat(archive.counts(List.of())).isEmpty();
        }
    }

    @Test
    void verifiesBetweenTwoMoments() throws Exception {
        SealedStream stream = stream("range", 45);
        Instant noon = SealedStream.NOON;

        StreamReport report = verify(stream, noon.plusSeconds(15), noon.plusSeconds(25), noon, KEYS, List.of());

        assertThat(report.outcome()).isEqualTo(Outcome.WHOLE);
        assertThat(report.verdict().first()).isEqualTo(11);
        assertThat(report.verdict().last()).isEqualTo(30);
    }

    @Test
    void namesTheLineOfWhichAByteWasAltered() throws Exception {
        SealedStream stream = stream("byte", 45);
        stream.put(17, stream.text(17).replace("<b> line 17", "<b> line 71"));

        assertTampered(
                stream,
                "changed: line 17, /var/log/crm.log at byte 1700, document it-byte-17 in " + stream.indexBefore);
        StreamReport report = verify(stream);
        assertThat(numberOf(report.verdict().before())).isEqualTo(1);
        assertThat(numberOf(report.verdict().after())).isEqualTo(2);
    }

    @Test
    void namesTheLineOfWhichAParsedFieldWasUpdated() throws Exception {
        SealedStream stream = stream("field", 45);
        client.update(
                update -> update.index(stream.indexOf(33))
                        .id(stream.id(33))
                        .doc(Map.of("user", Map.of("id", "somebody-else")))
                        .refresh(Refresh.True),
                JsonData.class);

        assertTampered(stream, "changed: line 33,");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-5", ""})
    void namesADocumentWithoutAPlaceInTheStream(String number) throws Exception {
        SealedStream stream = stream("unplaced" + number.replace('-', 'm'), 45);
        String forged = stream.text(17)
                .replaceFirst("\"sequence\":17", number.isEmpty() ? "\"other\":17" : "\"sequence\":" + number);
        stream.put(stream.indexOf(17), "forged" + number, forged);

        assertTampered(stream, "added: 1 documents name the stream, and a number that no line has, or none");
    }

    @Test
    void namesAnAddedDocumentThatNoShipperWrote() throws Exception {
        SealedStream stream = stream("pretty", 45);
        stream.put(stream.indexOf(17), "forged", stream.text(17).replace("\":", "\" : "));

        assertTampered(stream, "has no place in the chain of the form that shippers write");
    }

    @Test
    void takesALineThatMayStillBeOnItsWayForNoProof() throws Exception {
        SealedStream stream = stream("arriving", 45);
        stream.delete(43);

        assertThat(verify(stream, null, null, SealedStream.NOON, KEYS, List.of())
                        .outcome())
                .isEqualTo(Outcome.UNKNOWN);
        assertTampered(stream, "line 43 is missing; before stands line 42,");
    }

    @Test
    void namesADeletedDocument() throws Exception {
        SealedStream stream = stream("deleted", 45);
        stream.delete(27);

        assertTampered(stream, "line 27 is missing; before stands line 26,");
    }

    @Test
    void namesTheLinesOfADeletedIndex() throws Exception {
        SealedStream stream = streamInIndicesOfItsOwn("index", 45);
        client.indices().delete(delete -> delete.index(stream.indexBefore));

        assertTampered(stream, "lines 1 to 20 are missing; behind stands line 21,");
    }

    @Test
    void namesTheLinesOfADeletedIndexAtTheEnd() throws Exception {
        SealedStream stream = streamInIndicesOfItsOwn("index-end", 45);
        client.indices().delete(delete -> delete.index(stream.index));

        assertTampered(stream, "lines 21 to 40 are missing; before stands line 20,");
    }

    @Test
    void saysThatRetentionDeletedTheBeginning() throws Exception {
        SealedStream stream = streamInIndicesOfItsOwn("retention", 45);
        stream.sealBesideLines();
        deletedAsRecorded(stream, stream.indexBefore, 20);

        StreamReport report = verify(stream);

        assertThat(report.outcome()).isEqualTo(Outcome.WHOLE);
        assertThat(described(report))
                .startsWith("lines 1 to 20 were deleted by retention, as is recorded: ")
                .contains(stream.indexBefore + " (20 documents, 2020-01-01T06:00:00Z)")
                .doesNotContain("cannot be proven");
        assertThat(report.verdict().first()).isEqualTo(21);
        assertThat(report.verdict().last()).isEqualTo(45);
        assertThat(numberOf(report.verdict().before())).isEqualTo(4);
    }

    @Test
    void saysThatRetentionDeletedAMonthBetweenOthers() throws Exception {
        SealedStream stream = streamInIndicesOfItsOwn("retention-between", 45);
        stream.sealBesideLines();
        String later = stream.index.replace(".02", ".03");
        for (int i = 24; i <= 45; i++) {
            stream.put(later, stream.id(i), stream.text(i));
        }
        deletedAsRecorded(stream, stream.index, 3);

        StreamReport report = verify(stream);

        assertThat(report.outcome()).isEqualTo(Outcome.WHOLE);
        assertThat(described(report))
                .startsWith("lines 21 to 23 were deleted by retention, as is recorded: " + stream.index)
                .contains("line 24 cannot be proven without them");
        assertThat(report.verdict().last()).isEqualTo(45);

        // When
        stream.put(later, stream.id(32), stream.text(32).replace("line 32", "line 23"));

        // Then
        assertTampered(stream, "changed: line 32,", "lines 21 to 23 were deleted by retention");
    }

    /** As somebody does who can write the archive alone: genuine seals among old ones, and a record of an old month. */
    @Test
    void believesNoSealThatItIsOlderThanItsSignature() throws Exception {
        SealedStream stream = new SealedStream(client, "it/moved-seals", year.incrementAndGet(), 45);
        stream.sealBesideLines();
        deletedAsRecorded(stream, stream.indexBefore, 20);

        StreamReport report = verify(stream);

        assertThat(report.outcome()).isEqualTo(Outcome.UNKNOWN);
        assertThat(described(report))
                .startsWith("lines 1 to 20 are missing; ")
                .contains("seal 1 of it/moved-seals", "before it was signed")
                .contains("or somebody moved it");
    }

    /** As older versions left it, where a hold kept the month before. */
    @Test
    void copiesStandInForSealsThatWereDeletedWithTheirLines() throws Exception {
        int indexYear = year.incrementAndGet();
        SealedStream stream = new SealedStream(
                client,
                "it/trimmed",
                indexYear,
                45,
                (number, head, at) -> Seal.sign(
                        "it/trimmed",
                        number,
                        head,
                        Instant.parse(indexYear + (number < 3 ? "-01" : number < 4 ? "-02" : "-03") + "-15T00:00:00Z"),
                        SealedStream.KEY));
        String later = stream.index.replace(".02", ".03");
        for (int i = 34; i <= 45; i++) {
            stream.put(later, stream.id(i), stream.text(i));
        }
        stream.sealBesideLines();
        String seals = stream.index.replace(ArchiveIndex.ACCESS_EVENTS.family(), ArchiveIndex.SEALS.family());
        stream.put(
                seals.replace(".02", ".03"),
                stream.seals.get(3).id(),
                new String(stream.seals.get(3).toJson(), StandardCharsets.UTF_8));
        deletedAsRecorded(stream, stream.index, 13);
        client.indices().delete(delete -> delete.index(seals));

        assertTampered(stream, "seal 3 is missing");
        StreamReport report = verify(stream, null, null, Instant.now(), KEYS, List.copyOf(stream.seals));
        assertThat(report.outcome()).isEqualTo(Outcome.WHOLE);
        assertThat(described(report)).startsWith("lines 21 to 33 were deleted by retention");
    }

    @Test
    void excusesNoMoreLinesThanRetentionDeleted() throws Exception {
        SealedStream stream = streamInIndicesOfItsOwn("retention-more", 45);
        stream.sealBesideLines();
        deletedAsRecorded(stream, stream.indexBefore, 9);

        assertTampered(stream, "lines 1 to 20 are missing");
    }

    @Test
    void excusesNoLinesOfAnIndexThatIsThere() throws Exception {
        SealedStream stream = streamInIndicesOfItsOwn("retention-there", 45);
        stream.sealBesideLines();
        recordDeletion(stream, stream.indexBefore, 20);
        for (int i = 1; i <= 19; i++) {
            stream.delete(i);
        }

        assertTampered(stream, "lines 1 to 19 are missing");
    }

    private void deletedAsRecorded(SealedStream stream, String index, long documents) throws IOException {
        recordDeletion(stream, index, documents);
        client.indices().delete(delete -> delete.index(index));
    }

    private static void recordDeletion(SealedStream stream, String index, long documents) throws IOException {
        recordDeletion(stream, index, documents, YEARS);
    }

    private static void recordDeletion(SealedStream stream, String index, long documents, int years)
            throws IOException {
        IndexDeletion deletion = new IndexDeletion(
                index,
                "uuid",
                documents,
                Instant.parse("2020-01-01T00:00:00Z"),
                years,
                List.of(),
                Instant.parse("2020-01-01T06:00:00Z"));
        stream.put("metsuke-retention-2020.01", index, new String(deletion.toJson(), StandardCharsets.UTF_8));
    }

    @Test
    void namesTwoSwappedLines() throws Exception {
        SealedStream stream = stream("swapped", 45);
        String one = stream.text(15);
        String other = stream.text(36);
        int place = one.lastIndexOf("\"integrity\":");
        int otherPlace = other.lastIndexOf("\"integrity\":");
        int behind = one.indexOf('}', place);
        int otherBehind = other.indexOf('}', otherPlace);
        stream.put(15, other.substring(0, otherPlace) + one.substring(place, behind) + other.substring(otherBehind));
        stream.put(36, one.substring(0, place) + other.substring(otherPlace, otherBehind) + one.substring(behind));

        assertTampered(stream, "reordered: line 15,", "belongs");
        assertThat(verify(stream).verdict().finding()).isInstanceOf(Finding.Reordered.class);
    }

    @Test
    void namesAnInsertedLineWithAGoodLookingHash() throws Exception {
        SealedStream stream = stream("inserted", 45);
        stream.put(stream.index, "aaa", relinked(stream, 24, "tanaka", "mori"));

        assertTampered(stream, "added: line 24,", "document aaa in");
    }

    @Test
    void noticesThatAllHashesWereMadeAnew() throws Exception {
        SealedStream stream = stream("rewritten", 45);
        byte[] hash = new byte[32];
        for (int i = 1; i <= 45; i++) {
            String text = i == 14 ? stream.text(i).replace("tanaka", "mori") : stream.text(i);
            hash = Chain.next(hash, leaf(text));
            stream.put(i, withHash(text, hash));
        }

        assertTampered(stream, "rewritten: lines 11 to 20 lead to another hash than the one sealed");
    }

    @Test
    void noticesAReplayedSeal() throws Exception {
        SealedStream stream = stream("replayed", 45);
        Seal old = stream.seals.getFirst();
        stream.put(SealedStream.sealIndex(), "again", new String(old.toJson(), StandardCharsets.UTF_8));

        assertTampered(stream, "seal 1 of it/replayed", "again");
    }

    @Test
    void noticesAnOldSealInThePlaceOfALaterOne() throws Exception {
        SealedStream stream = stream("redated", 45);
        Seal old = stream.seals.getFirst();
        Seal last = stream.seals.getLast();
        Seal forged = new Seal(old.stream(), 4, old.head(), last.signedAt(), List.of(), old.keyId(), old.signature());
        stream.deleteSeal(4);
        stream.put(SealedStream.sealIndex(), last.id(), new String(forged.toJson(), StandardCharsets.UTF_8));

        assertTampered(stream, "seal 4 of it/redated", "its signature is not that of the key");
    }

    @Test
    void noticesADeletedSeal() throws Exception {
        SealedStream stream = stream("seal", 45);
        stream.deleteSeal(2);

        assertTampered(stream, "seal 2 is missing");
    }

    @Test
    void namesATailThatWasCutOffBeforeTheLastSeal() throws Exception {
        SealedStream stream = stream("tail", 45);
        for (int i = 38; i <= 45; i++) {
            stream.delete(i);
        }

        assertTampered(stream, "lines 38 to 40 are missing; before stands line 37,");
    }

    @Test
    void saysUpToWhereTheTailIsProven() throws Exception {
        SealedStream stream = stream("unsealed", 45);
        for (int i = 41; i <= 45; i++) {
            stream.delete(i);
        }

        StreamReport report = verify(stream);

        assertThat(report.outcome()).isEqualTo(Outcome.WHOLE);
        assertThat(report.verdict().last()).isEqualTo(40);
        assertThat(report.provenUntil()).isEqualTo(SealedStream.NOON.plusSeconds(40));
    }

    @Test
    void noticesByCopiesOfTheSealsThatLinesAndSealsWereCutOff() throws Exception {
        SealedStream stream = stream("both", 45);
        for (int i = 31; i <= 45; i++) {
            stream.delete(i);
        }
        stream.deleteSeal(4);

        assertThat(verify(stream).outcome()).isEqualTo(Outcome.WHOLE);
        List<SealRecord> copies = List.copyOf(stream.seals);
        StreamReport report = verify(stream, null, null, Instant.now(), KEYS, copies);
        assertThat(report.outcome()).isEqualTo(Outcome.TAMPERED);
        assertThat(described(report)).contains("lines 31 to 40 are missing");
    }

    @Test
    void cannotTellWhatMayStillBeOnItsWay() throws Exception {
        SealedStream stream = stream("young", 45);
        stream.delete(39);
        stream.delete(40);
        for (int i = 41; i <= 45; i++) {
            stream.delete(i);
        }

        StreamReport young = verify(stream, null, null, SealedStream.NOON.plusSeconds(35), KEYS, List.of());
        assertThat(young.outcome()).isEqualTo(Outcome.UNKNOWN);
        assertThat(verify(stream).outcome()).isEqualTo(Outcome.TAMPERED);
    }

    @Test
    void cannotTellWithoutAKey() throws Exception {
        SealedStream stream = stream("keyless", 45);

        StreamReport report = verify(stream, null, null, Instant.now(), new KeyRing(List.of()), List.of());

        assertThat(report.outcome()).isEqualTo(Outcome.UNKNOWN);
        assertThat(described(report)).contains(SealedStream.KEY.publicKey().id());
    }

    @Test
    void whatARevokedKeySealedBeforeHoldsAndWhatItSealedLaterIsNamed() throws Exception {
        RevokedKey revoked = revokedKey("revoked");
        revoked.tell();

        StreamReport covered = verify(revoked.stream, revoked.given());
        revoked.stream.deleteSeal(4);
        StreamReport open = verify(revoked.stream, revoked.given());

        assertThat(covered.outcome()).isEqualTo(Outcome.WHOLE);
        assertThat(described(covered))
                .contains("seal 3 of revoked/crm", "is not trustworthy", "stolen", "its lines are proven by seal 4")
                .doesNotContain("seal 2", "seal 1 ");
        assertThat(open.outcome()).isEqualTo(Outcome.UNKNOWN);
        assertThat(open.provenUntil()).isEqualTo(SealedStream.NOON.plusSeconds(20));
        assertThat(described(open)).contains("seal 3 of revoked/crm", "is not trustworthy");
    }

    @Test
    void namesARevocationThatWasTakenAway() throws Exception {
        RevokedKey revoked = revokedKey("unrevoked");

        StreamReport report = verify(revoked.stream, revoked.given());
        StreamReport young =
                verify(revoked.stream, null, null, SealedStream.NOON.plusSeconds(35), revoked.given(), List.of());
        StreamReport withCopy =
                verify(revoked.stream, null, null, Instant.now(), revoked.given(), List.of(revoked.revocation));

        assertThat(report.outcome()).isEqualTo(Outcome.TAMPERED);
        assertThat(described(report))
                .contains("the revocation " + revoked.revocation.id() + " of a key is missing, of which seal 4 of");
        assertThat(young.outcome()).isEqualTo(Outcome.UNKNOWN);
        assertThat(withCopy.outcome()).isEqualTo(Outcome.WHOLE);
        assertThat(described(withCopy)).contains("seal 3 of unrevoked/crm", "is not trustworthy");
    }

    @Test
    void namesARevocationThatIsThereAgainAndOneThatWasAltered() throws Exception {
        RevokedKey revoked = revokedKey("replayed");
        revoked.tell();
        String honest = new String(revoked.revocation.toJson(), StandardCharsets.UTF_8);
        assertThat(aboutKeys(revoked)).isEmpty();

        revoked.stream.put(SealedStream.sealIndex(), "again", honest);
        List<Finding> replayed = aboutKeys(revoked);
        revoked.stream.put(SealedStream.sealIndex(), "again", honest.replace("stolen", "errors"));
        List<Finding> altered = aboutKeys(revoked);

        assertThat(replayed).singleElement().satisfies(finding -> {
            assertThat(finding.isProof()).isTrue();
            assertThat(finding.describe()).contains("it is there as again, not as " + revoked.revocation.id());
        });
        assertThat(altered)
                .allMatch(Finding::isProof)
                .extracting(Finding::describe)
                .anyMatch(text -> text.contains("its signature is not that of the key"));
        assertThat(verify(revoked.stream, revoked.given()).outcome()).isEqualTo(Outcome.WHOLE);
    }

    @Test
    void aRevocationByAThirdKeyIsNamedAndTakesNoBeliefAway() throws Exception {
        RevokedKey revoked = revokedKey("third");
        revoked.tell();
        KeyRevocation forged = KeyRevocation.sign(
                "third",
                revoked.first.publicKey().id(),
                SealedStream.NOON,
                "forged",
                SealedStream.NOON.plusSeconds(35),
                SealKeyPair.generate());
        revoked.stream.put(SealedStream.sealIndex(), forged.id(), new String(forged.toJson(), StandardCharsets.UTF_8));

        StreamReport report = verify(revoked.stream, revoked.given());
        List<Finding> aboutKeys = aboutKeys(revoked);

        assertThat(report.outcome()).isEqualTo(Outcome.WHOLE);
        assertThat(report.verdict().seals()).isEqualTo(3);
        assertThat(aboutKeys).singleElement().satisfies(finding -> {
            assertThat(finding.isProof()).isFalse();
            assertThat(finding.describe()).contains("cannot be judged", forged.keyId());
        });
    }

    @Test
    void aBundleCarriesTheRevocation() throws Exception {
        RevokedKey revoked = revokedKey("bundle");
        Path file = folder.resolve("revoked.zip");

        assertThatThrownBy(() -> export(revoked.stream, "*", file)).hasMessageContaining("the revocation");
        revoked.tell();
        export(
                revoked.stream,
                "*",
                file,
                new KeyList(List.copyOf(revoked.given().keys())));
        EvidenceVerdict covered = verdict(file, revoked.given());
        revoked.stream.deleteSeal(4);
        export(
                revoked.stream,
                "*",
                file,
                new KeyList(List.copyOf(revoked.given().keys())));
        EvidenceVerdict open = verdict(file, revoked.given());

        assertThat(covered.forgery()).isNull();
        assertThat(covered.doubts()).isEmpty();
        assertThat(covered.streams().getFirst().sealed()).isEqualTo(40);
        assertThat(open.forgery()).isNull();
        assertThat(open.doubts()).singleElement().asString().contains("seal 3 of", "is not trustworthy");
        assertThat(open.streams().getFirst().sealed()).isEqualTo(20);
    }

    /** A stream of which a key seals the first 30 lines though it is revoked from second 25 on, and another one the rest. */
    private final class RevokedKey {

        private final String shipper;
        private final SealKeyPair first = SealKeyPair.generate();
        private final SealKeyPair second = SealKeyPair.generate();
        private final KeyRevocation revocation;
        private final SealedStream stream;

        RevokedKey(String shipper) throws IOException {
            this.shipper = shipper;
            Instant noon = SealedStream.NOON;
            revocation = KeyRevocation.sign(
                    shipper, first.publicKey().id(), noon.plusSeconds(25), "stolen", noon.plusSeconds(32), first);
            String name = shipper + "/crm";
            stream = new SealedStream(
                    client,
                    name,
                    1970,
                    45,
                    (number, head, at) -> number < 4
                            ? Seal.sign(name, number, head, at, first)
                            : Seal.sign(name, number, head, at, List.of(revocation.id()), second));
        }

        /** Without the revocation. */
        KeyRing given() {
            return new KeyRing(List.of(
                    ListedKey.first(first.publicKey(), shipper, SealedStream.NOON),
                    ListedKey.first(second.publicKey(), shipper, SealedStream.NOON.plusSeconds(32))));
        }

        void tell() throws IOException {
            stream.put(
                    SealedStream.sealIndex(), revocation.id(), new String(revocation.toJson(), StandardCharsets.UTF_8));
        }
    }

    private RevokedKey revokedKey(String shipper) throws IOException {
        return new RevokedKey(shipper);
    }

    private List<Finding> aboutKeys(RevokedKey revoked) throws IOException {
        ArchiveVerification.Range range = new ArchiveVerification.Range(null, null, revoked.stream.name, Instant.now());
        return new ArchiveVerification(client, client, revoked.given(), List.of(), YEARS)
                .verify(range, _ -> {}).stream()
                        .filter(finding -> finding.describe().contains(" of " + revoked.shipper + " "))
                        .toList();
    }

    private StreamReport verify(SealedStream stream, KeyRing keys) throws IOException {
        return verify(stream, null, null, Instant.now(), keys, List.of());
    }

    @Test
    void exportsAWholeRangeWithItsProof() throws Exception {
        SealedStream stream = stream("export", 45);
        Path file = folder.resolve("whole.zip");

        EvidenceExport.Exported exported = export(stream, "*", file);

        assertThat(exported).isEqualTo(new EvidenceExport.Exported(45, 5, 0, 0));
        EvidenceVerdict verdict = verdict(file, KEYS);
        assertThat(verdict.forgery()).isNull();
        assertThat(verdict.streams()).singleElement().satisfies(lines -> {
            assertThat(lines.isComplete()).isTrue();
            assertThat(lines.sealed()).isEqualTo(40);
            assertThat(lines.unsealed()).isEqualTo(5);
        });
    }

    @Test
    void exportsAChoiceWithItsProof() throws Exception {
        SealedStream stream = stream("choice", 40);
        Path file = folder.resolve("choice.zip");

        EvidenceExport.Exported exported = export(stream, "event.action:export AND user.id:tanaka", file);

        assertThat(exported.events()).isEqualTo(2);
        EvidenceVerdict verdict = verdict(file, KEYS);
        assertThat(verdict.isProven()).isTrue();
        assertThat(verdict.streams().getFirst().first()).isEqualTo(14);
        assertThat(verdict.streams().getFirst().last()).isEqualTo(28);
    }

    @Test
    void exportsNothingOfAStreamThatIsNotWhole() throws Exception {
        SealedStream stream = stream("broken", 45);
        stream.delete(27);
        Path file = folder.resolve("broken.zip");

        assertThatThrownBy(() -> export(stream, "*", file))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("line 27 is missing");
        assertThat(file).doesNotExist();
    }

    @Test
    void exportsWhatRetentionLeftAndSaysOfItWhatVerificationOfTheArchiveSays() throws Exception {
        SealedStream stream = streamInIndicesOfItsOwn("export-kept", 45);
        String later = stream.index.replace(".02", ".03");
        for (int i = 34; i <= 45; i++) {
            stream.put(later, stream.id(i), stream.text(i));
        }
        stream.sealBesideLines();
        Path file = folder.resolve("kept.zip");

        // When
        deletedAsRecorded(stream, stream.index, 13);
        EvidenceExport.Exported exported = export(stream, "*", file);

        // Then
        StreamReport ofArchive = verify(stream);
        assertThat(exported).isEqualTo(new EvidenceExport.Exported(32, 5, 0, 13));
        assertThat(ofArchive.outcome()).isEqualTo(Outcome.WHOLE);
        EvidenceVerdict verdict = verdict(file, KEYS);
        assertThat(verdict.forgery()).isNull();
        assertThat(verdict.doubts()).isEmpty();
        EvidenceVerdict.Lines lines = verdict.streams().getFirst();
        assertThat(lines.isComplete()).isTrue();
        assertThat(lines.sealed()).isEqualTo(26);
        assertThat(lines.orphaned()).isEqualTo(1);
        assertThat(lines.deleted())
                .singleElement()
                .satisfies(deleted -> assertThat(deleted.describe() + "\n")
                        .startsWith("lines 21 to 33 were deleted by retention")
                        .endsWith("line 34 cannot be proven without them\n")
                        .isEqualTo(described(ofArchive)));
    }

    @Test
    void exportsNothingBesideLinesThatAreMissingThoughRetentionDeletedOthers() throws Exception {
        SealedStream stream = streamInIndicesOfItsOwn("export-more", 45);
        stream.sealBesideLines();
        // Kept for longer than what other tests delete, so that theirs does not count.
        int longer = YEARS + 1;
        recordDeletion(stream, stream.indexBefore, 20, longer);
        client.indices().delete(delete -> delete.index(stream.indexBefore));
        stream.delete(27);

        assertThatThrownBy(() -> export(stream, "*", folder.resolve("more.zip"), new KeyList(List.of()), longer))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("nothing is exported: 21 lines of all streams are missing")
                .hasMessageContaining("deleted 20 documents only");
    }

    private static EvidenceVerdict verdict(Path file, KeyRing keys) throws IOException {
        return EvidenceVerifier.verify(file, keys, () -> YEARS, Instant.now());
    }

    private EvidenceExport.Exported export(SealedStream stream, String query, Path file) throws IOException {
        return export(stream, query, file, new KeyList(List.of()));
    }

    private EvidenceExport.Exported export(SealedStream stream, String query, Path file, KeyList keys)
            throws IOException {
        return export(stream, query, file, keys, YEARS);
    }

    private EvidenceExport.Exported export(SealedStream stream, String query, Path file, KeyList keys, int years)
            throws IOException {
        Query wanted = Query.of(both -> both.bool(all -> all.filter(one ->
                        one.term(term -> term.field("metsuke.integrity.stream").value(stream.name)))
                .filter(one -> one.queryString(text -> text.query(query)))));
        try (PointInTime archive = EvidenceExport.open(client, client);
                EvidenceWriter bundle = new EvidenceWriter(file)) {
            return EvidenceExport.write(archive, wanted, Map.of("query", query), keys, years, bundle);
        }
    }

    /** Beside the others: to make an index takes the node longer than to fill it. */
    private SealedStream stream(String name, int lines) throws IOException {
        return new SealedStream(client, "it/" + name, 1970, lines);
    }

    private SealedStream streamInIndicesOfItsOwn(String name, int lines) throws IOException {
        int indexYear = year.incrementAndGet();
        return new SealedStream(
                client,
                "it/" + name,
                indexYear,
                lines,
                (number, head, at) -> Seal.sign(
                        "it/" + name,
                        number,
                        head,
                        Instant.parse(indexYear + (number <= 2 ? "-01" : "-02") + "-15T00:00:00Z"),
                        SealedStream.KEY));
    }

    private StreamReport verify(SealedStream stream) throws IOException {
        return verify(stream, null, null, Instant.now(), KEYS, List.of());
    }

    private StreamReport verify(
            SealedStream stream,
            @Nullable Instant from,
            @Nullable Instant to,
            Instant settled,
            KeyRing keys,
            List<SealRecord> copies)
            throws IOException {
        List<StreamReport> reports = new ArrayList<>();
        ArchiveVerification.Range range = new ArchiveVerification.Range(from, to, stream.name, settled);
        for (long scanFrom : new long[] {0, Long.MAX_VALUE}) {
            new ArchiveVerification(client, client, keys, copies, YEARS, scanFrom, Duration.ZERO)
                    .verify(range, reports::add);
        }
        assertThat(reports).hasSize(2);
        assertThat(reports.getFirst().outcome()).isEqualTo(reports.getLast().outcome());
        assertThat(described(reports.getFirst())).isEqualTo(described(reports.getLast()));
        assertThat(reports.getFirst().verdict().last())
                .isEqualTo(reports.getLast().verdict().last());
        return reports.getFirst();
    }

    private void assertTampered(SealedStream stream, String... said) throws IOException {
        StreamReport report = verify(stream);
        assertThat(report.outcome()).isEqualTo(Outcome.TAMPERED);
        assertThat(described(report)).contains(said);
    }

    private static String described(StreamReport report) {
        StringBuilder text = new StringBuilder();
        Finding finding = report.verdict().finding();
        if (finding != null) {
            text.append(finding.describe()).append('\n');
        }
        report.deleted().forEach(deleted -> text.append(deleted.describe()).append('\n'));
        report.aboutSeals().forEach(about -> text.append(about.describe()).append('\n'));
        return text.toString();
    }

    private static long numberOf(@Nullable Seal seal) {
        return seal == null ? 0 : seal.number();
    }

    /** The line with another content, and the hash that follows from the line before. */
    private static String relinked(SealedStream stream, int number, String from, String to) throws Exception {
        String text = stream.text(number).replace(from, to);
        byte[] before = HexFormat.of().parseHex(hashOf(stream.text(number - 1)));
        return withHash(text, Chain.next(before, leaf(text)));
    }

    private static byte[] leaf(String text) throws Exception {
        String without = text.replaceFirst("(\"integrity\":\\{)\"hash\":\"[0-9a-f]{64}\",", "$1");
        return MessageDigest.getInstance("SHA-256").digest(without.getBytes(StandardCharsets.UTF_8));
    }

    private static String hashOf(String text) {
        int at = text.indexOf("\"integrity\":{\"hash\":\"") + 21;
        return text.substring(at, at + 64);
    }

    private static String withHash(String text, byte[] hash) {
        return text.replace(hashOf(text), HexFormat.of().formatHex(hash));
    }
}
