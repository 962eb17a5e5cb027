package dev.metsuke.events.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.metsuke.events.access.AccessEvent;
import dev.metsuke.events.access.SampleEvents;
import dev.metsuke.events.integrity.Chain;
import dev.metsuke.events.integrity.ChainHead;
import dev.metsuke.events.integrity.StreamWriter;
import dev.metsuke.events.proof.DeletedMonths.SealedMonth;
import dev.metsuke.events.proof.Finding.Deleted;
import dev.metsuke.events.proof.Finding.Missing;
import dev.metsuke.events.proof.FoundLine;
import dev.metsuke.events.retention.IndexDeletion;
import dev.metsuke.events.seal.KeyAnnouncement;
import dev.metsuke.events.seal.KeyList;
import dev.metsuke.events.seal.KeyRevocation;
import dev.metsuke.events.seal.KeyRing;
import dev.metsuke.events.seal.KeyStatement;
import dev.metsuke.events.seal.ListedKey;
import dev.metsuke.events.seal.Seal;
import dev.metsuke.events.seal.SealKeyPair;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EvidenceTest {

    private static final String STREAM = "db1/crm";
    private static final SealKeyPair KEY = SealKeyPair.generate();
    private static final KeyRing RING = new KeyRing(List.of(ListedKey.bare(KEY.publicKey())));

    private static final int YEARS = 10;
    private static final Instant NOW = Instant.parse("2026-11-24T00:00:00Z");

    @TempDir
    Path folder;

    private final List<byte[]> events = new ArrayList<>();
    private final List<Seal> seals = new ArrayList<>();
    private Path bundle = Path.of("");
    /** In the month of which index the archive has the first seal; null for that of its signature. */
    private @Nullable YearMonth placeOfFirst;

    @BeforeEach
    void chainThirtyEvents() {
        bundle = folder.resolve("export.zip");
        chainThirty(EvidenceTest::event);
    }

    private void chainThirty(IntFunction<AccessEvent> made) {
        events.clear();
        seals.clear();
        StreamWriter writer = new StreamWriter(STREAM, ChainHead.GENESIS);
        Chain chain = new Chain(ChainHead.GENESIS);
        for (int i = 1; i <= 30; i++) {
            events.add(chain.link(writer.write(made.apply(i))));
            if (i % 10 == 0) {
                seals.add(Seal.sign(STREAM, seals.size() + 1, chain.head(), Instant.ofEpochSecond(i), KEY));
            }
        }
    }

    private static AccessEvent event(int number) {
        return SampleEvents.complete().toBuilder()
                .id("event-" + number)
                .original("=cmd|' \"日本語\"\t\u0001\u007f\u2028 \ud83d\ude00 line " + number)
                .build();
    }

    @Test
    void provesAWholeRangeComplete() throws Exception {
        write(Set.of(11, 12, 13, 14, 15, 16, 17, 18, 19, 20));

        EvidenceVerdict verdict = verify(RING);

        assertThat(verdict.isProven()).isTrue();
        assertThat(verdict.streams())
                .containsExactly(new EvidenceVerdict.Lines(STREAM, 10, 11, 20, 10, 2, 0, List.of()));
        assertThat(verdict.streams().getFirst().isComplete()).isTrue();
    }

    @Test
    void provesAChoiceWithoutShowingTheOthers() throws Exception {
        write(Set.of(3, 7, 25));

        EvidenceVerdict verdict = verify(RING);

        assertThat(verdict.isProven()).isTrue();
        assertThat(verdict.streams().getFirst().listed()).isEqualTo(3);
        assertThat(verdict.streams().getFirst().isComplete()).isFalse();
        for (String name : List.of("events.ndjson", "events.csv", "proof.ndjson")) {
            assertThat(content(name)).doesNotContain("line 4").doesNotContain("event-4");
        }
    }

    @Test
    void noticesAChangedLine() throws Exception {
        write(Set.of(3, 7, 25));
        change("events.ndjson", text -> text.replaceFirst("tanaka", "sato"));

        assertThat(forgery()).contains("line 3").contains("does not follow");
    }

    @Test
    void noticesAMissingAnAddedAndAMovedLine() throws Exception {
        write(Set.of(3, 7, 25));
        String honest = content("events.ndjson");
        List<String> lines = honest.lines().toList();

        change("events.ndjson", _ -> lines.get(0) + "\n" + lines.get(2) + "\n");
        assertThat(forgery()).contains("missing");
        change("events.ndjson", _ -> honest + lines.get(2) + "\n");
        assertThat(forgery()).contains("more events");
        change("events.ndjson", _ -> honest + "\n" + lines.get(2) + "\n");
        assertThat(forgery()).contains("more events");
        change("events.ndjson", _ -> lines.get(1) + "\n" + lines.get(0) + "\n" + lines.get(2) + "\n");
        assertThat(forgery()).isNotNull();
    }

    @Test
    void noticesWhatLiesBesideOrTwiceInTheBundle() throws Exception {
        write(Set.of(3, 7, 25));
        byte[] honest = Files.readAllBytes(bundle);
        try (FileSystem zip = FileSystems.newFileSystem(bundle)) {
            Files.writeString(zip.getPath("more.ndjson"), "{}");
        }
        assertThat(forgery()).contains("more.ndjson");

        Files.write(bundle, twice(honest, "events.ndjson", "events.ndjsoo"));
        assertThat(forgery()).contains("events.ndjson twice");
    }

    /** No library writes an entry of one name twice; so one is written under another name, and renamed in the bytes. */
    private byte[] twice(byte[] honest, String name, String other) throws IOException {
        Files.write(bundle, honest);
        try (FileSystem zip = FileSystems.newFileSystem(bundle)) {
            Files.writeString(zip.getPath(other), "{}\n");
        }
        String bytes = Files.readString(bundle, StandardCharsets.ISO_8859_1);
        assertThat(bytes).contains(other);
        return bytes.replace(other, name).getBytes(StandardCharsets.ISO_8859_1);
    }

    @Test
    void noticesThatTheCsvSaysSomethingElse() throws Exception {
        write(Set.of(3, 7, 25));
        change("events.csv", text -> text.replaceFirst("tanaka", "sato"));

        assertThat(forgery()).contains("events.csv");
    }

    @Test
    void takesRowsThatAnEarlierVersionWroteWithADatasetThatIsLongOrBlank() throws Exception {
        String longest = "d".repeat(1_024);
        for (String dataset : List.of(longest + "ddd", " ")) {
            chainThirty(number -> event(number).toBuilder().dataset(dataset).build());
            write(Set.of(3, 4));
            assertThat(verify(RING).isProven()).isTrue();

            change(
                    "events.csv",
                    text -> text.replace(longest + "…", dataset).replace("\"success\",\"\",", "\"success\",\" \","));

            assertThat(content("events.csv")).contains("\"" + dataset + "\"");
            assertThat(verify(RING).isProven()).isTrue();
        }
        change("events.csv", text -> text.replaceFirst("\" \"", "\"x\""));
        assertThat(forgery()).isEqualTo("events.csv: row 1 does not say what events.ndjson says");
    }

    @Test
    void noticesAForgedProof() throws Exception {
        write(Set.of(3, 7, 25));
        change("proof.ndjson", text -> text.replaceFirst("\"omitted\":\\[\"..", "\"omitted\":[\"00"));

        assertThat(forgery()).isNotNull();
    }

    @Test
    void noticesALineThatIsListedTwiceInTheNameOfAnother() throws Exception {
        write(Set.of(3));
        change("proof.ndjson", text -> text + text);
        change("events.ndjson", text -> text + text);
        change("events.csv", text -> text + text.substring(text.indexOf("\r\n") + 2));

        assertThat(forgery()).contains("tells of lines twice");
    }

    @Test
    void cannotJudgeWithoutTheKey() throws Exception {
        write(Set.of(3));

        EvidenceVerdict verdict = verify(new KeyRing(List.of()));

        assertThat(verdict.forgery()).isNull();
        assertThat(verdict.isProven()).isFalse();
        assertThat(verdict.doubts())
                .singleElement()
                .asString()
                .contains(KEY.publicKey().id());
    }

    @Test
    void believesAKeyThatABelievedOneAnnounces() throws Exception {
        SealKeyPair first = SealKeyPair.generate();
        write(Set.of(3), List.of(KeyAnnouncement.sign("db1", KEY.publicKey(), Instant.EPOCH, first)));

        assertThat(verify(new KeyRing(List.of(ListedKey.bare(first.publicKey()))))
                        .isProven())
                .isTrue();
    }

    @Test
    void believesNothingThatARevokedKeySealedAfterItsRevocation() throws Exception {
        KeyRevocation revocation = revocation(15, KEY);
        write(Set.of(3, 13), List.of(revocation));

        EvidenceVerdict verdict = verify(RING);

        assertThat(verdict.forgery()).isNull();
        assertThat(verdict.isProven()).isFalse();
        assertThat(verdict.doubts()).singleElement().asString().contains("seal 2", "not trustworthy", "stolen");
        assertThat(verdict.streams().getFirst().sealed()).isEqualTo(1);
        write(Set.of(3), List.of(revocation));
        assertThat(verify(RING).isProven()).isTrue();
    }

    @Test
    void noticesARevocationThatWasTakenOutForgedOrSignedByAThirdKey() throws Exception {
        KeyRevocation revocation = revocation(25, KEY);
        Seal first = seals.getFirst();
        seals.set(0, Seal.sign(STREAM, 1, first.head(), first.signedAt(), List.of(revocation.id()), KEY));

        write(Set.of(3), List.of(revocation));
        assertThat(verify(RING).isProven()).isTrue();
        write(Set.of(3), List.of());
        assertThat(forgery()).contains("the revocation " + revocation.id(), "is missing");
        write(Set.of(3), List.of(revocation));
        change("revocations.ndjson", text -> text.replace("stolen", "errors"));
        assertThat(forgery()).contains("the revocation of the key", "is not genuine");
        KeyRevocation ofAThird = revocation(25, SealKeyPair.generate());
        write(Set.of(3), List.of(revocation, ofAThird));
        EvidenceVerdict verdict = verify(RING);
        assertThat(verdict.doubts()).singleElement().asString().contains("cannot be judged", ofAThird.keyId());
        assertThat(verdict.streams().getFirst().sealed()).isEqualTo(1);
    }

    private static KeyRevocation revocation(int second, SealKeyPair signer) {
        return KeyRevocation.sign(
                "db1",
                KEY.publicKey().id(),
                Instant.ofEpochSecond(second),
                "stolen",
                Instant.ofEpochSecond(40),
                signer);
    }

    @Test
    void saysWhichLinesRetentionDeletedAndWhatIsNotProvenWithoutThem() throws Exception {
        writeWithout(13, 16, List.of(deletion("1970.01", 4)));

        EvidenceVerdict verdict = verify(RING);

        assertThat(verdict.forgery()).isNull();
        assertThat(verdict.isProven()).isTrue();
        EvidenceVerdict.Lines lines = verdict.streams().getFirst();
        assertThat(lines.isComplete()).isTrue();
        assertThat(lines.listed()).isEqualTo(16);
        assertThat(lines.sealed()).isEqualTo(13);
        assertThat(lines.deleted())
                .singleElement()
                .extracting(Deleted::describe)
                .asString()
                .startsWith("lines 13 to 16 were deleted by retention, as is recorded: ")
                .endsWith("no seal proves the last 2; line 17 cannot be proven without them");
    }

    @Test
    void excusesNoMissingLineWithoutARecordOfItsTimeAndYears() throws Exception {
        writeWithout(13, 16, List.of());
        assertThat(forgery()).isEqualTo(STREAM + ": lines 13 to 16 are missing");
        writeWithout(13, 16, List.of(deletion("1970.01", 3)));
        assertThat(forgery()).contains("lines 13 to 16 are missing");
        writeWithout(13, 16, List.of(deletion("1970.02", 4)));
        assertThat(forgery()).contains("lines 13 to 16 are missing");
        writeWithout(13, 16, List.of(deletion("1970.01", 4)));
        assertThat(Objects.requireNonNull(
                        EvidenceVerifier.verify(bundle, RING, () -> 11, NOW).forgery()))
                .contains("lines 13 to 16 are missing", "metsuke-access-events-1970.01 was deleted after 10 years");
    }

    /** As where the archive is there. */
    @Test
    void cannotTellWhereOnlyTheOldPlaceOfASealWouldExplainWhatIsMissing() throws Exception {
        for (int i = 0; i < 2; i++) {
            Seal seal = seals.get(i);
            seals.set(i, Seal.sign(STREAM, seal.number(), seal.head(), Instant.parse("1970-03-05T00:00:00Z"), KEY));
        }
        placeOfFirst = YearMonth.of(1970, 1);
        writeWithout(13, 16, List.of(deletion("1970.01", 4)));

        EvidenceVerdict verdict = verify(RING);

        assertThat(verdict.forgery()).isNull();
        assertThat(verdict.isProven()).isFalse();
        assertThat(verdict.doubts())
                .singleElement()
                .asString()
                .startsWith(STREAM + ": lines 13 to 16 are missing; seal 1 of ")
                .contains("lies in the index of 1970-01, before it was signed");
        assertThat(verdict.streams().getFirst().isComplete()).isFalse();
        writeWithout(13, 16, List.of(deletion("1970.01", 3)));
        assertThat(forgery()).isEqualTo(STREAM + ": lines 13 to 16 are missing");
    }

    @Test
    void excusesNoMoreLinesInAllThanRetentionDeleted() throws Exception {
        writeWithout(Set.of(4, 5, 6, 13, 14, 15, 16), List.of(deletion("1970.01", 7)));
        assertThat(verify(RING).isProven()).isTrue();
        writeWithout(Set.of(4, 5, 6, 13, 14, 15, 16), List.of(deletion("1970.01", 6)));
        assertThat(forgery()).contains("7 lines of all streams are missing", "deleted 6 documents only");
    }

    @Test
    void noticesALineThatIsNotTheOneBehindTheDeletedOnesAndOneThatIsToldAsDeletedElsewhere() throws Exception {
        writeWithout(13, 16, List.of(deletion("1970.01", 4)));
        change("events.ndjson", text -> text.replaceFirst("(?m)^.*line 17\".*\n", ""));
        assertThat(forgery()).contains("is not the line behind those that were deleted");
        writeWithout(13, 16, List.of(deletion("1970.01", 4)));
        change("proof.ndjson", text -> text.replace("\"first\":13", "\"first\":12"));
        assertThat(forgery()).contains("lines 12 to 16", "told as deleted, which is not behind line 12");
    }

    /** Or one could tell lines of any time as left between old ones. */
    @Test
    void takesLinesForUnprovenWhereASealBehindThemIsNotTold() throws Exception {
        seals.set(1, Seal.sign(STREAM, 3, seals.get(1).head(), seals.get(1).signedAt(), KEY));
        writeWithout(13, 16, List.of(deletion("1970.01", 4)));

        EvidenceVerdict verdict = verify(RING);

        assertThat(verdict.isProven()).isFalse();
        assertThat(verdict.streams().getFirst().unsealed()).isEqualTo(3);
    }

    /** Or lines of today could be told as deleted by an old seal that stands once more before them, or by telling them twice. */
    @Test
    void noticesAProofThatGoesBackOrTellsASealOnceMore() throws Exception {
        writeWithout(13, 16, List.of(deletion("1970.01", 100)));
        String start = content("proof.ndjson").lines().findFirst().orElseThrow();
        change("proof.ndjson", text -> text + start + "\n");
        assertThat(forgery())
                .isEqualTo("proof.ndjson goes back behind line 0 of " + STREAM + ", and tells of lines twice");
        write(Set.of(3));
        change("proof.ndjson", text -> text.replaceFirst("(?m)^\\{\"seal\".*\n", "$0$0"));
        assertThat(forgery()).startsWith(STREAM + ": seal 1 of ").contains("it does not come behind seal 1 of ");
        writeWithout(13, 16, List.of(deletion("1970.01", 100)));
        change(
                "proof.ndjson",
                text -> text.replaceFirst(
                        "(?m)^\\{\"deleted\".*\n(.*\n)", "$0{\"deleted\":{\"first\":18,\"last\":19}}\n$1"));
        assertThat(forgery()).contains("goes back behind line");
    }

    @Test
    void cannotTellOfDeletedLinesWithoutASealBehindThem() throws Exception {
        writeWithout(13, 16, List.of(deletion("1970.01", 100)));
        change("proof.ndjson", text -> text.replaceAll("(?m)^\\{(\"month\":[^,]*,)?\"seal\".*\n", ""));

        EvidenceVerdict verdict = verify(RING);

        assertThat(verdict.forgery()).isNull();
        assertThat(verdict.isProven()).isFalse();
        assertThat(verdict.doubts())
                .singleElement()
                .asString()
                .startsWith(STREAM + ": lines 13 to 16 are missing; retention may have deleted them");
        assertThat(verdict.streams().getFirst().isComplete()).isFalse();
    }

    @Test
    void asksForNoYearsWhereNothingWasDeleted() throws Exception {
        write(Set.of(3));

        assertThat(EvidenceVerifier.verify(
                                bundle,
                                RING,
                                () -> {
                                    throw new AssertionError("asked");
                                },
                                NOW)
                        .isProven())
                .isTrue();
    }

    private void writeWithout(int from, int to, List<IndexDeletion> deletions) throws IOException {
        writeWithout(IntStream.rangeClosed(from, to).boxed().collect(Collectors.toSet()), deletions);
    }

    /** The first twenty lines but those, as an export does. */
    private void writeWithout(Set<Integer> gone, List<IndexDeletion> deletions) throws IOException {
        try (EvidenceWriter writer = new EvidenceWriter(bundle)) {
            writer.start(STREAM, ChainHead.GENESIS);
            for (int i = 1; i <= 20; i++) {
                int first = i;
                while (gone.contains(i)) {
                    i++;
                }
                if (i == first) {
                    writer.listed(line(i));
                } else {
                    writer.deleted(new Missing(first, i - 1, null, null));
                    writer.start(STREAM, Objects.requireNonNull(line(i).head()));
                    writer.unproven(line(i));
                }
                if (i % 10 == 0) {
                    writer.seal(SealedMonth.of(seals.get(i / 10 - 1), i == 10 ? placeOfFirst : null));
                }
            }
            writer.finish(Map.of("query", "a test"), new KeyList(List.of()), List.of(), deletions);
        }
    }

    private FoundLine line(int number) {
        return Objects.requireNonNull(FoundLine.of(events.get(number - 1), () -> "here"));
    }

    private static IndexDeletion deletion(String month, long documents) {
        return new IndexDeletion(
                "metsuke-access-events-" + month,
                "uuid",
                documents,
                Instant.parse("1980-03-01T00:00:00Z"),
                YEARS,
                List.of(),
                Instant.parse("1980-03-01T00:30:00Z"));
    }

    private EvidenceVerdict verify(KeyRing ring) throws IOException {
        return EvidenceVerifier.verify(bundle, ring, () -> YEARS, NOW);
    }

    @Test
    void aSpreadsheetTakesNoCellForAFormula() throws Exception {
        write(Set.of(3));

        assertThat(content("events.csv")).contains("\"'=cmd|' \"\"日本語\"\"").contains("\"tanaka\"");
    }

    @Test
    void takesABundleOfBeforeRevocationsWereRecords() throws Exception {
        write(Set.of(3, 7, 25));
        delete("revocations.ndjson");

        assertThat(verify(RING).isProven()).isTrue();
    }

    @Test
    void aSecondImplementationComesToTheSame() throws Exception {
        assumeTrue(hasPython(), "SKIPPED: python3 is not installed, so the second implementation is not run");
        Path script = folder.resolve("verify_evidence.py");
        try (InputStream source = Objects.requireNonNull(getClass().getResourceAsStream("verify_evidence.py"))) {
            Files.copy(source, script);
        }
        Path key = Files.writeString(folder.resolve("key.pem"), KEY.publicKey().toPem());
        Path otherKey = Files.writeString(
                folder.resolve("other.pem"), SealKeyPair.generate().publicKey().toPem());
        write(Set.of(3, 7, 11, 12, 25));

        assertThat(python(script, key)).contains("5 events proven genuine");
        delete("revocations.ndjson");
        assertThat(python(script, key)).contains("5 events proven genuine");
        write(Set.of(3), List.of(revocation(15, KEY)));
        assertThat(python(script, key)).contains("1 events proven genuine");
        write(Set.of(3, 13), List.of(revocation(15, KEY)));
        assertThat(python(script, key)).contains("seal 2 is not trustworthy: its key was revoked");
        writeWithout(13, 16, List.of(deletion("1970.01", 4)));
        assertThat(python(script, key)).contains("13 events proven genuine", "lines 13 to 16 are told as deleted");
        write(Set.of(3), List.of(revocation(5, SealKeyPair.generate())));
        assertThat(python(script, key)).contains("1 events proven genuine");
        write(Set.of(3, 7, 11, 12, 25));
        assertThat(python(script, otherKey)).contains("TAMPERED WITH: seal 1 is not signed");
        change("events.ndjson", text -> text.replaceFirst("tanaka", "sato"));
        assertThat(python(script, key)).contains("TAMPERED WITH: event event-3 does not follow");
        write(Set.of(3, 7, 11, 12, 25));
        change("events.ndjson", text -> text.replaceFirst("\"user\":", "\"user\":{\"id\":\"sato\"},\"user\":"));
        assertThat(python(script, key)).contains("TAMPERED WITH: an event is not canonical: ");
        write(Set.of(3, 7, 11, 12, 25));
        change("events.ndjson", text -> text + "{}");
        assertThat(python(script, key)).contains("TAMPERED WITH: there are more events than the proof tells of");
    }

    private static boolean hasPython() {
        try {
            return new ProcessBuilder("python3", "--version").start().waitFor() == 0;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private String python(Path script, Path key) throws IOException, InterruptedException {
        Process process = new ProcessBuilder("python3", script.toString(), bundle.toString(), key.toString())
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        return said;
    }

    private void write(Set<Integer> listed) throws IOException {
        write(listed, List.of());
    }

    /** Stretch by stretch, as an export does. */
    private void write(Set<Integer> listed, List<? extends KeyStatement> statements) throws IOException {
        try (EvidenceWriter writer = new EvidenceWriter(bundle)) {
            boolean isOpen = false;
            for (int stretch = 0; stretch < 3; stretch++) {
                int from = stretch * 10 + 1;
                if (listed.stream().noneMatch(number -> number >= from && number < from + 10)) {
                    isOpen = false;
                    continue;
                }
                if (!isOpen) {
                    writer.start(
                            STREAM,
                            stretch == 0
                                    ? ChainHead.GENESIS
                                    : seals.get(stretch - 1).head());
                    if (stretch > 0) {
                        writer.seal(SealedMonth.of(seals.get(stretch - 1), null));
                    }
                }
                for (int i = from; i < from + 10; i++) {
                    FoundLine line = line(i);
                    if (listed.contains(i)) {
                        writer.listed(line);
                    } else {
                        writer.omitted(line);
                    }
                }
                writer.seal(SealedMonth.of(seals.get(stretch), null));
                isOpen = true;
            }
            writer.finish(Map.of("query", "a test"), new KeyList(List.of()), List.copyOf(statements), List.of());
        }
        try (var files = Files.list(folder)) {
            assertThat(files.filter(file -> file.getFileName().toString().startsWith(".")))
                    .isEmpty();
        }
    }

    private String forgery() throws IOException {
        return Objects.requireNonNull(verify(RING).forgery(), "nothing was noticed");
    }

    private String content(String name) throws IOException {
        try (FileSystem zip = FileSystems.newFileSystem(bundle)) {
            return Files.readString(zip.getPath(name));
        }
    }

    private void delete(String name) throws IOException {
        try (FileSystem zip = FileSystems.newFileSystem(bundle)) {
            Files.delete(zip.getPath(name));
        }
    }

    private void change(String name, UnaryOperator<String> change) throws IOException {
        try (FileSystem zip = FileSystems.newFileSystem(bundle)) {
            Path entry = zip.getPath(name);
            String before = Files.readString(entry);
            String after = change.apply(before);
            assertThat(after).isNotEqualTo(before);
            Files.writeString(entry, after);
        }
    }
}
