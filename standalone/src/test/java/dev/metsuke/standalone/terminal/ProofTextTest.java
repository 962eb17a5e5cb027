package dev.metsuke.standalone.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.metsuke.archive.verify.StreamReport;
import dev.metsuke.archive.verify.StreamReport.Outcome;
import dev.metsuke.events.evidence.EvidenceVerdict;
import dev.metsuke.events.integrity.ChainHead;
import dev.metsuke.events.proof.Finding;
import dev.metsuke.events.proof.StreamVerdict;
import dev.metsuke.events.retention.IndexDeletion;
import dev.metsuke.events.seal.Seal;
import dev.metsuke.events.seal.SealKeyPair;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
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
                List.of(new EvidenceVerdict.Lines(stream, 0, 0, 0, 0, 0, 0, List.of())), List.of("a\rb"), null));
        List<String> ofForgery = ProofText.of(new EvidenceVerdict(List.of(), List.of(), "holds \u001b[2Kx"));

        assertThat(ofArchive).hasSize(5);
        assertThat(ofBundle).hasSize(2);
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
                .startsWith("1 streams: 1 whole (1 without lines in this range), 0 tampered with");
    }

    @Test
    void saysOfAnExportedFileWhatRetentionDeletedBesideItsLines() {
        Finding.Deleted deleted =
                new Finding.Deleted(new Finding.Missing(13, 16, null, null), List.of(DELETION)).withUnproven(17);
        EvidenceVerdict verdict = new EvidenceVerdict(
                List.of(new EvidenceVerdict.Lines("db1/crm", 16, 1, 20, 15, 2, 1, List.of(deleted))), List.of(), null);

        assertThat(verdict.isProven()).isTrue();
        assertThat(ProofText.of(verdict))
                .containsExactly(
                        "db1/crm  15 of 16 lines proven genuine by 2 seals; complete from line 1 to line 20,"
                                + " but for what retention deleted",
                        "  " + deleted.describe());
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
                .contains("db1/crm  whole but for what retention deleted  10 lines (11 to 20), 1 seals")
                .anyMatch(line -> line.startsWith("  lines 1 to 10 were deleted by retention, as is recorded: "
                        + "metsuke-access-events-2016.05 (400 documents, "));
        assertThat(ProofText.summary(List.of(report), Duration.ofSeconds(1)))
                .startsWith("1 streams: 1 whole (1 but for what retention deleted), 0 tampered with");
    }
}
