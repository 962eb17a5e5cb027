package dev.metsuke.console.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AuthenticationTest {

    private static final PasswordHash HASH = PasswordHash.of("ひみつ:1".toCharArray());
    private final Authentication authentication =
            new Authentication(List.of(new ConsoleUser("hanako", HASH, List.of(Role.HR))));

    @Test
    void knowsAUserByNameAndPassword() {
        assertThat(authentication.caller(basic("hanako:ひみつ:1")))
                .get()
                .isEqualTo(new Caller("hanako", java.util.Set.of(Role.HR)));
        assertThat(authentication.caller(basic("hanako:ひみつ:1"))).isPresent();
    }

    @ParameterizedTest
    @ValueSource(strings = {"hanako:wrong", "hanako:", "nobody:nobody", "taro:ひみつ:1", "hanako"})
    void refusesEverythingElse(String credentials) {
        assertThat(authentication.caller(basic(credentials))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Basic", "Basic ???", "Bearer abc"})
    void refusesWhatIsNoBasicHeader(String header) {
        assertThat(authentication.caller(header)).isEmpty();
        assertThat(authentication.caller(null)).isEmpty();
    }

    @Test
    void letsEveryoneInWithoutUsers() {
        assertThat(new Authentication(List.of()).caller(null))
                .get()
                .extracting(Caller::name)
                .isEqualTo("local");
    }

    @Test
    void readsWhatItWrote() {
        PasswordHash read = PasswordHash.parse(HASH.written());

        assertThat(read).isEqualTo(HASH);
        assertThat(read.matches("ひみつ:1".toCharArray())).isTrue();
        assertThat(read.toString())
                .doesNotContain(HASH.written().substring(HASH.written().lastIndexOf('$')));
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

    private static String basic(String credentials) {
        return "Basic " + Base64.getEncoder().encodeToString(credentials.getBytes(StandardCharsets.UTF_8));
    }
}
