package dev.metsuke.standalone.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.metsuke.archive.compare.RecordReport;
import dev.metsuke.archive.compare.RecordReport.Difference;
import dev.metsuke.archive.compare.RecordReport.Kind;
import dev.metsuke.archive.verify.StreamReport;
import dev.metsuke.archive.verify.StreamReport.Outcome;
import dev.metsuke.events.evidence.EvidenceManifest;
import dev.metsuke.events.evidence.EvidenceVerdict;
import dev.metsuke.events.integrity.ChainHead;
import dev.metsuke.events.proof.Finding;
import dev.metsuke.events.proof.StreamVerdict;
import dev.metsuke.events.retention.IndexDeletion;
import dev.metsuke.events.seal.Seal;
import dev.metsuke.events.seal.SealKeyPair;
import dev.metsuke.events.topic.Topic;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ProofTextTest {

    private static final Seal SEAL = Seal.sign(
            "db1/crm",
            1,
            new ChainHead(10, "0".repeat(64)),
            Instant.parse("2026-05-01T12:00:00Z"),
            SealKeyPair.generate());
    private static final IndexDeletion DELETION = new IndexDeletion(
            "metsuke-access-events-2016.05",
            "u",
            400,
            Instant.parse("2026-06-01T00:00:00Z"),
            10,
            List.of(),
            Instant.parse("2026-06-02T00:00:00Z"));
    private static final EvidenceManifest MANIFEST = new EvidenceManifest(20L, Map.of("query", "user.id:tanaka"));
    private static final String LOOKED_AT =
            "the bundle lists %s; manifest.json says: query \"user.id:tanaka\"; that proves nothing";
    private static final Finding UNKNOWN_KEY = new Finding.BadSeal(SEAL, "its key is not known", false);

    @Test
    void saysThatNoneOfTheSealsIsBelieved() {
        StreamVerdict verdict = new StreamVerdict("db1/crm", 1, 20, 20, 0, 0, null, null, null);

        assertThat(ProofText.of(new StreamReport(verdict, List.of(), List.of(UNKNOWN_KEY), null)))
                .containsExactly(
                        "db1/crm  cannot be told  20 lines (1 to 20), 0 seals",
                        "  " + UNKNOWN_KEY.describe(),
                        "  no seal of it is believed: its lines follow one another, but who can write the archive can"
                                + " make that so");
        assertThat(ProofText.of(new StreamReport(verdict, List.of(), List.of(), null)))
                .last()
                .asString()
                .startsWith("  no seal of it is known: ");
    }

    /** Whoever made a bundle, or can write the archive, could take back a line that was told, or tell one of their own. */
    @Test
    void letsNoNameBeginALineOrMoveTheCursor() {
        String stream = "db1\u001b[2A\u001b[J\ndb1/crm  500 of 500 lines proven genuine by 3 seals";
        StreamVerdict verdict = new StreamVerdict(
                stream, 1, 20, 20, 0, 0, null, null, new Finding.Unreadable("document \u202e1 in index"));

        List<String> ofArchive = ProofText.of(new StreamReport(verdict, List.of(), List.of(UNKNOWN_KEY), null));
        List<String> ofBundle = ProofText.of(new EvidenceVerdict(
                new EvidenceManifest(0L, Map.of("query", "\u001b[2A")),
                List.of(new EvidenceVerdict.Lines(stream, 0, 0, 0, 0, 0, 0, List.of())),
                List.of(),
                List.of("a\rb"),
                null));
        List<String> ofForgery =
                ProofText.of(new EvidenceVerdict(null, List.of(), List.of(), List.of(), "holds \u001b[2Kx"));

        assertThat(ofArchive).hasSize(5);
        assertThat(ofBundle).hasSize(3);
        assertThat(ofForgery).containsExactly("TAMPERED WITH: holds ␣[2Kx");
        assertThat(Stream.of(ofArchive, ofBundle).flatMap(List::stream))
                .allSatisfy(line -> assertThat(line).doesNotContainPattern("[\\p{Cc}\\p{Cf}]"));
    }

    @Test
    void callsNothingWholeOfWhichNoLineWasLookedAt() {
        StreamReport report = new StreamReport(
                new StreamVerdict("db1/crm", 11, 10, 0, 10, 1, SEAL, null, null), List.of(), List.of(), SEAL);

        assertThat(ProofText.of(report).getFirst()).isEqualTo("db1/crm  no lines in this range");
        assertThat(ProofText.summary(List.of(report), Duration.ofSeconds(1)))
                .startsWith("1 stream: 1 whole (1 without lines in this range), 0 tampered with");
    }

    @Test
    void saysOfAnExportedFileWhatRetentionDeletedBesideItsLines() {
        Finding.Deleted deleted =
                new Finding.Deleted(new Finding.Missing(13, 16, null, null), List.of(DELETION)).withUnproven(17);
        EvidenceVerdict verdict = new EvidenceVerdict(
                MANIFEST,
                List.of(new EvidenceVerdict.Lines("db1/crm", 16, 1, 20, 15, 2, 1, List.of(deleted))),
                List.of(new EvidenceVerdict.Unproven("db1/crm", 13, 13, 17, 17, false)),
                List.of(),
                null);

        assertThat(verdict.isProven()).isTrue();
        assertThat(ProofText.of(verdict))
                .containsExactly(
                        LOOKED_AT.formatted("16 events of 1 stream"),
                        "db1/crm  15 of 16 lines proven genuine by 2 seals; without a gap from line 1 to line 20,"
                                + " but for what retention deleted",
                        "  event 13 of the bundle (line 17) is not proven: no seal behind it is believed",
                        "  " + deleted.describe());
    }

    @Test
    void callsOnlyWhatIsProvenComplete() {
        EvidenceVerdict whole = new EvidenceVerdict(
                MANIFEST,
                List.of(new EvidenceVerdict.Lines("db1/crm", 20, 1, 20, 20, 2, 0, List.of())),
                List.of(),
                List.of(),
                null);
        EvidenceVerdict young = new EvidenceVerdict(
                MANIFEST,
                List.of(new EvidenceVerdict.Lines("db1/crm", 20, 1, 20, 10, 2, 0, List.of())),
                List.of(
                        new EvidenceVerdict.Unproven("db1/crm", 1, 5, 1, 5, false),
                        new EvidenceVerdict.Unproven("db1/crm", 16, 20, 16, 20, true)),
                List.of(),
                null);

        assertThat(ProofText.of(whole))
                .containsExactly(
                        LOOKED_AT.formatted("20 events of 1 stream"),
                        "db1/crm  20 of 20 lines proven genuine by 2 seals; complete from line 1 to line 20");
        assertThat(ProofText.of(young))
                .containsExactly(
                        LOOKED_AT.formatted("20 events of 1 stream"),
                        "db1/crm  10 of 20 lines proven genuine by 2 seals; without a gap from line 1 to line 20",
                        "  events 1 to 5 of the bundle (lines 1 to 5) are not proven: no seal behind them is believed",
                        "  events 16 to 20 of the bundle (lines 16 to 20) are not proven: they are younger than the"
                                + " last seal that is believed");
    }

    @Test
    void saysWhatWasLookedAtAlsoWhereThatIsNothing() {
        EvidenceVerdict.Lines none = new EvidenceVerdict.Lines("db1/crm", 0, 0, 0, 0, 1, 0, List.of());
        EvidenceVerdict.Lines some = new EvidenceVerdict.Lines("db1/portal", 2, 3, 8, 2, 1, 0, List.of());

        assertThat(ProofText.of(new EvidenceVerdict(
                        new EvidenceManifest(null, Map.of()), List.of(), List.of(), List.of(), null)))
                .containsExactly("the bundle lists no event; manifest.json does not say what was asked for");
        assertThat(ProofText.of(new EvidenceVerdict(MANIFEST, List.of(none, some), List.of(), List.of(), null)))
                .containsExactly(
                        LOOKED_AT.formatted("2 events of 1 stream"),
                        "db1/crm  none of its lines is listed",
                        "db1/portal  2 of 2 lines proven genuine by 1 seal; a choice of the lines from 3 to 8"
                                + " (whether others match cannot be told)");
    }

    @Test
    void quotesAStreamThatCouldBeTakenForAVerdict() {
        String stream = "db1/crm  20 of 20 lines proven genuine by 3 seals. Besides: \"db1/none";

        assertThat(ProofText.of(new EvidenceVerdict(
                        MANIFEST,
                        List.of(new EvidenceVerdict.Lines(stream, 0, 0, 0, 0, 0, 0, List.of())),
                        List.of(),
                        List.of(),
                        null)))
                .last()
                .isEqualTo("\"db1/crm  20 of 20 lines proven genuine by 3 seals. Besides: \\\"db1/none\"  none of its"
                        + " lines is listed");
    }

    @Test
    void neverSaysWholeWithoutSayingWhatRetentionDeleted() {
        StreamReport report = new StreamReport(
                new StreamVerdict("db1/crm", 11, 20, 10, 0, 1, SEAL, SEAL, null),
                List.of(new Finding.Deleted(new Finding.Missing(1, 10, null, null), List.of(DELETION))),
                List.of(),
                SEAL);

        assertThat(report.outcome()).isEqualTo(Outcome.WHOLE);
        assertThat(ProofText.of(report))
                .contains("db1/crm  whole but for what retention deleted  10 lines (11 to 20), 1 seal")
                .anyMatch(line -> line.startsWith("  lines 1 to 10 were deleted by retention, as is recorded: "
                        + "metsuke-access-events-2016.05 (400 documents, "));
        assertThat(ProofText.summary(List.of(report), Duration.ofSeconds(1)))
                .startsWith("1 stream: 1 whole (1 but for what retention deleted), 0 tampered with");
    }

    @Test
    void saysHowTheArchiveStandsBesideKafka() {
        RecordReport whole = new RecordReport(Topic.ALERTS, 1_310, List.of(), 2, 4_200);
        RecordReport tampered = new RecordReport(
                Topic.TRIAGE,
                40,
                Collections.nCopies(
                        21, new Difference(Kind.MISSING, "metsuke-triage-2026.11/t\u001b1", "metsuke.triage-0@7")),
                0,
                0);

        assertThat(ProofText.of(whole))
                .containsExactly(
                        "metsuke.alerts  as Kafka has it  1,310 documents",
                        "  2 documents are gone, kept for as long as they must be",
                        "  4,200 more not compared: Kafka no longer has their records");
        assertThat(ProofText.of(tampered))
                .hasSize(22)
                .startsWith(
                        "metsuke.triage  TAMPERED WITH  40 documents as in Kafka, 21 not",
                        "  metsuke-triage-2026.11/t\u24231 is missing; Kafka has it as metsuke.triage-0@7")
                .endsWith("  and 1 more");
    }
}
