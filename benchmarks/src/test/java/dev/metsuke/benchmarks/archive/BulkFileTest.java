package dev.metsuke.benchmarks.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BulkFileTest {

    @TempDir
    Path folder;

    private Path file;

    @BeforeEach
    void write() throws IOException {
        file = folder.resolve("documents");
        try (BulkFile.Writer writer = new BulkFile.Writer(file)) {
            for (int i = 0; i < 50; i++) {
                writer.add("id-" + i, ("{\"n\":" + i + "}").getBytes(StandardCharsets.UTF_8));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {80, 81, 99, 500, 1_000_000})
    void cutsBetweenDocumentsAndLosesNone(int bytes) throws Exception {
        List<String> bulks = new ArrayList<>();

        BulkFile.read(file, bytes, bulk -> bulks.add(new String(bulk, StandardCharsets.UTF_8)));

        assertThat(bulks)
                .allSatisfy(bulk -> assertThat(bulk)
                        .hasSizeLessThanOrEqualTo(bytes)
                        .startsWith("{\"create\":")
                        .endsWith("}\n"));
        assertThat(String.join("", bulks)).isEqualTo(Files.readString(file));
    }

    @Test
    void refusesADocumentThatFitsNoBulk() {
        assertThatThrownBy(() -> BulkFile.read(file, 20, _ -> {})).hasMessageContaining("longer than a bulk");
    }
}
