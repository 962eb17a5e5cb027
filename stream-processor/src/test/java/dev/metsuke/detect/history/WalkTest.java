package dev.metsuke.detect.history;

import static org.assertj.core.api.Assertions.assertThat;

import dev.metsuke.detect.state.CompactReader;
import dev.metsuke.detect.state.CompactWriter;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class WalkTest {

    private static final Walk.Form<String> FORM = new Walk.Form<>("", WalkTest::write, CompactReader::text);

    private static final Instant NEXT = Instant.parse("2026-11-02T03:04:05.000000006Z");

    /** What is under way when another build takes over goes on. */
    @Test
    void isStoredAsEverWithWhatItCarriesBehindIt() {
        Walk<String> walk = at(Place.before(NEXT));

        byte[] stored = walk.bytes(FORM);

        assertThat(stored)
                .asHexString()
                .isEqualToIgnoringCase(
                        "80bcb5ad0d008084b4ae0d00caf6bfae0d0c80f2e5b00d00904e047631" + "0e63617272696564");
        assertThat(Walk.of(stored, FORM)).isEqualTo(walk);
    }

    @Test
    void isStoredWithTheIdThatIsNextAmidTheAccessesOfOneTime() {
        Walk<String> walk = at(new Place(NEXT, "e-17"));

        assertThat(Walk.of(walk.bytes(FORM), FORM)).isEqualTo(walk);
    }

    private static Walk<String> at(Place next) {
        return new Walk<>(
                Instant.parse("2026-10-20T00:00:00Z"),
                Instant.parse("2026-11-01T00:00:00Z"),
                next,
                Instant.parse("2026-11-30T00:00:00Z"),
                5000,
                "v1",
                "carried");
    }

    private static void write(String carried, CompactWriter out) {
        out.text(carried);
    }
}
