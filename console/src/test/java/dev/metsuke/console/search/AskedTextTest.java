package dev.metsuke.console.search;

import static org.assertj.core.api.Assertions.assertThat;

import dev.metsuke.console.entry.AskedName;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class AskedTextTest {

    @Test
    void tellsTheQuestionAsItWasUnderstood() {
        SearchQuery wanted = new SearchQuery(
                "event.action:export",
                Instant.parse("2026-10-31T15:00:00Z"),
                null,
                ZoneOffset.UTC,
                AskedName.exactly("sato"),
                null,
                1,
                null);

        assertThat(AskedText.of("metsuke search", wanted).with("--person", null).text())
                .isEqualTo("metsuke search 'event.action:export' --account sato --from 2026-10-31T15:00:00Z");
    }

    @Test
    void letsNoWordPassForAnOption() {
        assertThat(new AskedText("console search")
                        .with("* OR \"' --account sato --dataset '\"")
                        .with("--account", "kato --to 2020-01-01")
                        .with("--dataset", "顧客台帳")
                        .text())
                .isEqualTo("console search '* OR \"'\\'' --account sato --dataset '\\''\"'"
                        + " --account 'kato --to 2020-01-01' --dataset 顧客台帳");
    }
}
