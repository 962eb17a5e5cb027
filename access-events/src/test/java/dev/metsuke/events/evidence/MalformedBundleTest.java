package dev.metsuke.events.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.metsuke.events.evidence.EvidenceVerdict.Unproven;
import dev.metsuke.events.seal.KeyRing;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whoever made a bundle can write into it what they like. */
class MalformedBundleTest {

    private static final String STREAM = "db1/crm";
    private static final String START =
            "{\"start\":{\"hash\":\"" + "0".repeat(64) + "\",\"sequence\":%s,\"stream\":\"s\"}}\n";

    @TempDir
    Path folder;

    private Path bundle = Path.of("");

    @BeforeEach
    void writeBundle() throws Exception {
        bundle = folder.resolve("export.zip");
        SampleBundle.write(bundle, STREAM);
    }

    @Test
    void namesTheEntryAndTheLineThatCannotBeRead() throws Exception {
        Map<String, String> wrong = Map.of(
                "{\"listed\":",
                "proof.ndjson line 5: not JSON",
                "{\"listed\":-5}",
                "proof.ndjson line 5: listed is -5",
                "{\"listed\":1,\"unproven\":1}",
                "proof.ndjson line 5: it is not of one kind that is known",
                "{\"other\":1}",
                "proof.ndjson line 5: it is not of one kind that is known",
                "{\"seal\":7}",
                "proof.ndjson line 5: seal is not an object",
                "{\"a\":".repeat(9_000) + "1" + "}".repeat(9_000),
                "proof.ndjson line 5: not JSON",
                START.formatted("9223372036854775807"),
                "proof.ndjson line 5: start.sequence is 9223372036854775807",
                START.formatted("-1"),
                "proof.ndjson line 5: start.sequence is -1",
                START.formatted("1e99"),
                "proof.ndjson line 5: start.sequence is not an integer",
                START.formatted("0") + "{\"deleted\":{\"first\":1,\"last\":9223372036854775807}}",
                "proof.ndjson line 6: deleted.last is 9223372036854775807");
        for (Map.Entry<String, String> one : wrong.entrySet()) {
            SampleBundle.write(bundle, STREAM);
            SampleBundle.change(
                    bundle,
                    "proof.ndjson",
                    proof -> proof.lines().limit(4).map(line -> line + "\n").reduce("", String::concat) + one.getKey());
            expect(one.getValue());
        }
    }

    @Test
    void namesTheRecordThatCannotBeRead() throws Exception {
        SampleBundle.change(bundle, "announcements.ndjson", _ -> "rubbish");
        expect("announcements.ndjson line 1: not JSON");
        SampleBundle.write(bundle, STREAM);
        SampleBundle.change(bundle, "manifest.json", _ -> "rubbish");
        expect("manifest.json: not JSON");
        for (String years : List.of("99999999999", "2147483647", "-1")) {
            SampleBundle.write(bundle, STREAM);
            SampleBundle.change(bundle, "deletions.ndjson", _ -> deletion(years, "5"));
            expect("deletions.ndjson line 1: metsuke.deletion.years is " + years);
        }
        SampleBundle.change(bundle, "deletions.ndjson", _ -> deletion("10", "9223372036854775807"));
        expect("deletions.ndjson line 1: metsuke.deletion.documents is 9223372036854775807");
    }

    @Test
    void namesTheSealOfATimeWithWhichOneCannotReckon() throws Exception {
        SampleBundle.change(
                bundle, "proof.ndjson", proof -> proof.replaceFirst("}}}\n", "}},\"month\":\"-999999999-01\"}\n"));
        expect("proof.ndjson line 3: the month of a seal is -999999999-01");
        SampleBundle.write(bundle, STREAM);
        SampleBundle.change(
                bundle,
                "proof.ndjson",
                proof -> proof.replaceFirst("\"signed_at\":\"[^\"]*", "\"signed_at\":\"-1000000000-01-01T00:00:00Z"));
        expect("proof.ndjson line 3: metsuke.seal.signed_at is -1000000000-01-01T00:00:00Z");
    }

    @Test
    void takesNoIndexForThatOfAMonthWithWhichOneCannotReckon() throws Exception {
        SampleBundle.change(bundle, "deletions.ndjson", _ -> deletion("10", "5").replace("2014.03", "+999999999.12"));

        assertThat(SampleBundle.verify(bundle).isProven()).isTrue();
    }

    /** What is not signed does not matter, of whatever kind it is. */
    @Test
    void passesOverWhatSealsHaveBesideWhatIsSigned() throws Exception {
        SampleBundle.change(
                bundle,
                "proof.ndjson",
                proof -> proof.replace("{\"seal\":{", "{\"seal\":{\"a\":1.5,\"b\":null,\"c\":1e99,"));

        assertThat(SampleBundle.verify(bundle).isProven()).isTrue();
    }

    @Test
    void refusesAManifestThatTellsOfOtherEvents() throws Exception {
        assertThat(SampleBundle.verify(bundle).manifest())
                .isEqualTo(new EvidenceManifest(10L, Map.of("query", "user.id:tanaka")));
        for (String name : List.of("proof.ndjson", "events.ndjson")) {
            SampleBundle.change(bundle, name, _ -> "");
        }
        SampleBundle.change(bundle, "events.csv", csv -> csv.substring(0, csv.indexOf("\r\n") + 2));

        assertThat(SampleBundle.verify(bundle).forgery())
                .isEqualTo("manifest.json tells of 10 events, and events.ndjson has 0");
    }

    @Test
    void tellsWhichEventsNoSealProves() throws Exception {
        assertThat(SampleBundle.verify(bundle).unproven()).isEmpty();
        String last = SampleBundle.text(bundle, "proof.ndjson").lines().toList().getLast() + "\n";

        SampleBundle.change(bundle, "proof.ndjson", proof -> proof.replace(last, ""));

        assertThat(SampleBundle.verify(bundle).unproven()).containsExactly(new Unproven(STREAM, 6, 10, 6, 10, true));
        assertThat(EvidenceVerifier.verify(bundle, new KeyRing(List.of()), () -> 10, Instant.EPOCH)
                        .unproven())
                .containsExactly(new Unproven(STREAM, 1, 10, 1, 10, false));
    }

    @Test
    void tellsEventsBetweenSealsApartFromThoseBehindTheLastOne() throws Exception {
        SampleBundle.change(bundle, "proof.ndjson", proof -> {
            List<String> lines = proof.lines().toList();
            String hash = lines.get(2).replaceFirst(".*\"hash\":\"([0-9a-f]*)\".*", "$1");
            return lines.get(0) + "\n" + lines.get(1) + "\n{\"start\":{\"hash\":\"" + hash
                    + "\",\"sequence\":5,\"stream\":\"" + STREAM + "\"}}\n" + lines.get(3) + "\n" + lines.get(4) + "\n";
        });

        assertThat(SampleBundle.verify(bundle).unproven()).containsExactly(new Unproven(STREAM, 1, 5, 1, 5, false));
    }

    @Test
    void namesTheSealsOfAnUnknownKey() throws Exception {
        EvidenceVerdict verdict = EvidenceVerifier.verify(bundle, new KeyRing(List.of()), () -> 10, Instant.EPOCH);

        assertThat(verdict.doubts())
                .singleElement()
                .asString()
                .startsWith("seal 1 of db1/crm (line 5, ")
                .contains(" cannot be judged, nor can 1 later ones of its stream and key: it is signed by the key "
                        + SampleBundle.KEY.publicKey().id());
    }

    @Test
    void quotesAStreamThatCouldBeTakenForMoreThanAName() throws Exception {
        SampleBundle.write(bundle, "db1/a  is whole \u201d; db1/b");
        SampleBundle.change(bundle, "proof.ndjson", proof -> proof.replaceFirst("\"sequence\":5", "\"sequence\":4"));

        assertThat(SampleBundle.verify(bundle).forgery())
                .startsWith(
                        "the lines up to line 5 of \"db1/a  is whole \u201d; db1/b\" do not lead to seal 1 of \"db1/a "
                                + " is");
    }

    @Test
    void saysFromWhatTheFirstListedLineDoesNotFollow() throws Exception {
        SampleBundle.change(bundle, "proof.ndjson", proof -> proof.replaceFirst("\"hash\":\"0", "\"hash\":\"1"));

        assertThat(SampleBundle.verify(bundle).forgery())
                .endsWith(" does not follow from what proof.ndjson claims before it");
    }

    private void expect(String message) {
        assertThatThrownBy(() -> SampleBundle.verify(bundle))
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith(bundle + " is no bundle: " + message);
    }

    private static String deletion(String years, String documents) {
        return ("{\"@timestamp\":\"2024-04-01T00:00:00Z\",\"metsuke\":{\"deletion\":{\"documents\":%s,"
                        + "\"expired_at\":\"2024-04-01T00:00:00Z\",\"index\":\"metsuke-access-events-2014.03\","
                        + "\"other_holds\":[],\"uuid\":\"u\",\"years\":%s}}}\n")
                .formatted(documents, years);
    }
}
