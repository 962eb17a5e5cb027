package dev.metsuke.console.search;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ArchiveSearchTest {

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '\u0000',
            delimiter = '|',
            value = {
                "user.id:/.*/|user.id:\\/.*\\/",
                "url.path:/customers/1|url.path:\\/customers\\/1",
                "\"/a/b\" /c|\"/a/b\" \\/c",
                "a\\/b|a\\/b",
                "say\\\" /x/|say\\\" \\/x\\/"
            })
    void takesSlashesAsTheyStand(String query, String safe) {
        assertThat(ArchiveSearch.withoutRegularExpressions(query)).isEqualTo(safe);
    }
}
