package dev.metsuke.console.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AuthenticationTest {

    private static final PasswordHash HASH = PasswordHash.of("ひみつ:1".toCharArray());
    private static final String OFFICE = "192.0.2.7";
    private static final String ELSEWHERE = "198.51.100.66";

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private Instant now = Instant.parse("2026-11-27T09:00:00Z");
    private final Authentication authentication = new Authentication(
            List.of(new ConsoleUser("hanako", HASH, List.of(Role.HR)), new ConsoleUser("taro", HASH, List.of(Role.HR))),
            () -> now,
            meters);

    @Test
    void knowsAUserByNameAndPassword() {
        LogIn hanako = new LogIn.LetIn(new Caller("hanako", Set.of(Role.HR), OFFICE));

        assertThat(logIn("hanako:ひみつ:1", OFFICE)).isEqualTo(hanako);
        assertThat(logIn("hanako:ひみつ:1", OFFICE)).isEqualTo(hanako);
        assertThat(logIn("hanako:ひみつ:1", ELSEWHERE))
                .isEqualTo(new LogIn.LetIn(new Caller("hanako", Set.of(Role.HR), ELSEWHERE)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"hanako:wrong", "hanako:", "nobody:nobody", "sato:ひみつ:1"})
    void refusesEverythingElse(String credentials) {
        assertThat(logIn(credentials, OFFICE)).isInstanceOf(LogIn.Wrong.class);
        assertThat(failed("wrong")).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Basic", "Basic ???", "Bearer abc", "Basic aGFuYWtv"})
    void asksForCredentialsWhereThereAreNone(String header) {
        assertThat(authentication.logInByHeader(header, OFFICE)).isInstanceOf(LogIn.Missing.class);
        assertThat(authentication.logInByHeader(null, OFFICE)).isInstanceOf(LogIn.Missing.class);
        assertThat(failed("wrong")).isZero();
    }

    @Test
    void letsEveryoneInWithoutUsers() {
        assertThat(new Authentication(List.of(), InstantSource.system(), new SimpleMeterRegistry())
                        .logInByHeader(null, OFFICE))
                .isEqualTo(new LogIn.LetIn(Caller.local(OFFICE)));
    }

    @Test
    void looksAtNoFurtherGuessesForAWhileButKnowsWhoLoggedInBefore() {
        logIn("hanako:ひみつ:1", OFFICE);
        for (int i = 0; i < FailedLogIns.MOST_OF_NAME; i++) {
            assertThat(logIn("hanako:guess" + i, OFFICE)).isInstanceOf(LogIn.Wrong.class);
        }

        assertThat(logIn("hanako:guess", OFFICE))
                .isInstanceOfSatisfying(
                        LogIn.NotNow.class, not -> assertThat(not.after()).isEqualTo(FailedLogIns.WINDOW));
        assertThat(failed("not looked at")).isEqualTo(1);
        assertThat(logIn("hanako:ひみつ:1", OFFICE)).isInstanceOf(LogIn.LetIn.class);
        assertThat(logIn("taro:ひみつ:1", OFFICE)).isInstanceOf(LogIn.LetIn.class);
        assertThat(logIn("hanako:guess", ELSEWHERE)).isInstanceOf(LogIn.Wrong.class);
        now = now.plus(FailedLogIns.WINDOW);
        assertThat(logIn("hanako:guess", OFFICE)).isInstanceOf(LogIn.Wrong.class);
    }

    @Test
    void takesManyRequestsWithTheSameCredentialsForOneGuess() throws Exception {
        try (ExecutorService browsers = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Callable<LogIn>> requests = Collections.nCopies(50, () -> logIn("hanako:ひみつ:1", OFFICE));

            for (Future<LogIn> answer : browsers.invokeAll(requests)) {
                assertThat(answer.get()).isInstanceOf(LogIn.LetIn.class);
            }
        }
    }

    @Test
    void logsAStrangersNameAsOneShortLine() {
        Credentials credentials = Credentials.of(basic("sa\nto\u001b[1m" + "x".repeat(5_000) + ":secret"))
                .orElseThrow();

        assertThat(credentials.toString())
                .isEqualTo(credentials.shownName())
                .startsWith("sa\uFFFDto\uFFFD[1mx")
                .hasSize(64)
                .doesNotContain("secret");
    }

    @Test
    void readsWhatItWrote() {
        PasswordHash read = PasswordHash.parse(HASH.written());

        assertThat(read).isEqualTo(HASH);
        assertThat(read.matches("ひみつ:1".toCharArray())).isTrue();
        assertThat(read.toString())
                .doesNotContain(HASH.written().substring(HASH.written().lastIndexOf('$')));
    }

    /** Else it would tell that there is no such user. */
    @Test
    void takesAsLongForNobodyAsForAUser() {
        PasswordHash cheap = PasswordHash.parse(HASH.written().replace("$600000$", "$100000$"));

        assertThat(cheap.ofNobody().written()).startsWith("pbkdf2-sha256$100000$");
        assertThat(cheap.ofNobody().matches("".toCharArray())).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "secret",
                "pbkdf2-sha256$1000$AAAAAAAAAAAAAAAAAAAAAA==$AAAA",
                "pbkdf2-sha256$600000$AA==$AA==",
                "md5$1$a$b"
            })
    void refusesWeakOrForeignHashes(String written) {
        assertThatThrownBy(() -> PasswordHash.parse(written)).isInstanceOf(IllegalArgumentException.class);
    }

    private LogIn logIn(String credentials, String address) {
        return authentication.logInByHeader(basic(credentials), address);
    }

    private double failed(String reason) {
        return meters.counter("metsuke.console.logins.failed", "reason", reason).count();
    }

    private static String basic(String credentials) {
        return "Basic " + Base64.getEncoder().encodeToString(credentials.getBytes(StandardCharsets.UTF_8));
    }
}
