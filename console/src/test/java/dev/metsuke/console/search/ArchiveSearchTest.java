package dev.metsuke.console.search;

import static org.assertj.core.api.Assertions.assertThat;

import dev.metsuke.console.entry.AskedName;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
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
                "\"/a/b\" /c|\"\\/a\\/b\" \\/c",
                "user.id:[a\" TO b] /.*x/|user.id:[a\" TO b] \\/.*x\\/",
                "user.id:[a TO b\\] /.*x/|user.id:[a TO b\\] \\/.*x\\/",
                "a\\/b|a\\/b",
                "say\\\" /x/|say\\\" \\/x\\/"
            })
    void takesSlashesAsTheyStand(String query, String safe) {
        assertThat(ArchiveSearch.withoutRegularExpressions(query)).isEqualTo(safe);
    }

    /** The field takes addresses of IP alone; anything else ends the search with an error. */
    @ParameterizedTest
    @CsvSource({"ip:203.0.113.9, true", "ip:2001:db8::1, true", "ip:client.example.jp, false", "ip:unknown, false"})
    void asksTheFieldOfAddressesForAddressesOnly(String account, boolean isAsked) {
        String query = ArchiveSearch.query(asked("", account)).toString();

        assertThat(query.contains("\"source.ip\":{\"value\"")).isEqualTo(isAsked);
    }

    @ParameterizedTest
    @CsvSource({"sato, true", "user.id:sato AND export, true", "user.id:sato AND @timestamp:yesterday, false"})
    void hidesMistakesOnlyWhereAnyFieldIsAsked(String query, boolean isLenient) {
        assertThat(ArchiveSearch.query(asked(query, null)).toString())
                .contains("\"lenient\":" + isLenient, "\"time_zone\":\"Asia/Tokyo\"");
    }

    @Test
    void asksForANameAsGivenAndWithoutWhatCannotBeSeenAroundIt() {
        assertThat(ArchiveSearch.query(asked("", "\u202eabc")).toString())
                .contains("{\"user.id\":{\"value\":\"\u202eabc\"}}", "{\"user.id\":{\"value\":\"abc\"}}");
        assertThat(ArchiveSearch.query(asked("", "sato")).toString()).doesNotContain("should");
    }

    private static SearchQuery asked(String query, @Nullable String account) {
        return new SearchQuery(
                query,
                null,
                null,
                ZoneId.of("Asia/Tokyo"),
                AskedName.of(account).orElse(null),
                null,
                10,
                null);
    }
}
