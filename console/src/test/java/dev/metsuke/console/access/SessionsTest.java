package dev.metsuke.console.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SessionsTest {

    private static final PasswordHash HASH = PasswordHash.of("secret".toCharArray());
    private static final ConsoleUser HANAKO = new ConsoleUser("花子", HASH, List.of(Role.HR));
    private static final ConsoleUser TARO = new ConsoleUser("taro", HASH, List.of(Role.OFFICER));
    private static final SigningKey KEY = SigningKey.random();
    private static final String OFFICE = "192.0.2.7";

    private Instant now = Instant.parse("2026-12-01T09:00:00.7Z");
    private final Sessions sessions = sessions(KEY, HANAKO, TARO);

    @Test
    void lastsUntilItsTimeIsOver() {
        String token = sessions.begin("花子");
        Instant until = Instant.parse("2026-12-01T17:00:00Z");

        assertThat(sessions.caller(token, OFFICE)).contains(new Caller("花子", Set.of(Role.HR), OFFICE, until));
        now = until.minusMillis(1);
        assertThat(sessions.caller(token, OFFICE)).isPresent();
        now = until;
        assertThat(sessions.caller(token, OFFICE)).isEmpty();
    }

    @Test
    void isKnownWhereTheKeyIsAndNowhereElse() {
        String token = sessions.begin("taro");

        assertThat(sessions(KEY, TARO).caller(token, OFFICE)).isPresent();
        assertThat(sessions(SigningKey.random(), TARO).caller(token, OFFICE)).isEmpty();
        assertThat(new Sessions(List.of(TARO), SessionSettings.DEFAULTS, () -> now).caller(token, OFFICE))
                .isEmpty();
    }

    @Test
    void endsWithThePasswordOrTheUser() {
        String token = sessions.begin("taro");
        ConsoleUser renewed = new ConsoleUser("taro", PasswordHash.of("secret".toCharArray()), List.of(Role.OFFICER));

        assertThat(sessions(KEY, renewed).caller(token, OFFICE)).isEmpty();
        assertThat(sessions(KEY, HANAKO).caller(token, OFFICE)).isEmpty();
    }

    @Test
    void endsWhereItsUserLogsOutHoweverItsSignatureIsSpelt() {
        String token = sessions.begin("taro");
        String beside = sessions.begin("taro");
        // The last of 43 characters has two bits that say nothing.
        String spelt = token.substring(0, token.length() - 1) + next(token.charAt(token.length() - 1));
        assertThat(sessions.caller(spelt, OFFICE)).isPresent();

        sessions.end(token);

        assertThat(sessions.caller(token, OFFICE)).isEmpty();
        assertThat(sessions.caller(spelt, OFFICE)).isEmpty();
        assertThat(sessions.caller(beside, OFFICE)).isPresent();
    }

    @Test
    void nothingCanBePutIntoIt() {
        String[] taros = sessions.begin("taro").split("\\.");
        String[] hanakos = sessions.begin("花子").split("\\.");

        for (int part = 0; part < 3; part++) {
            String[] mixed = taros.clone();
            mixed[part] = part == 1 ? "9" + taros[1] : hanakos[part];
            assertThat(sessions.caller(String.join(".", mixed), OFFICE))
                    .as("part " + part)
                    .isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", ".", "...", "dGFybw.1.2.3", "dGFybw.x..", "*.*.*.*", "dGFybw.99999999999999999999.AAAA.AAAA"
            })
    void whatIsNoneIsNobodys(String token) {
        assertThat(sessions.caller(token, OFFICE)).isEqualTo(Optional.empty());
        sessions.end(token);
    }

    @Test
    void aKeyIsLongAndNotShown() {
        assertThatThrownBy(() -> SigningKey.parse("0123456789abcdef0123456789abcde"))
                .hasMessageContaining("32 characters or more");
        assertThat(SigningKey.parse("0123456789abcdef0123456789abcdef\n"))
                .isEqualTo(SigningKey.parse("0123456789abcdef0123456789abcdef"))
                .hasToString("…");
    }

    private Sessions sessions(SigningKey key, ConsoleUser... users) {
        return new Sessions(List.of(users), new SessionSettings(Duration.ofHours(8), key), () -> now);
    }

    private static char next(char last) {
        String alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
        return alphabet.charAt(alphabet.indexOf(last) ^ 1);
    }
}
