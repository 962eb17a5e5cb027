package dev.metsuke.console.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CsvUploadTest {

    @Test
    void publishesUnlessATrialIsAskedFor() {
        assertThat(CsvUpload.parsed(null)).contains(false);
        assertThat(CsvUpload.parsed("false")).contains(false);
        assertThat(CsvUpload.parsed("true")).contains(true);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "1", "yes", "TRUE"})
    void takesNothingElseForPublish(String written) {
        assertThat(CsvUpload.parsed(written)).isEmpty();
    }
}
