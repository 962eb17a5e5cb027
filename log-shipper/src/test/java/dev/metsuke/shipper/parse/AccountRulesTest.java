package dev.metsuke.shipper.parse;

import static org.assertj.core.api.Assertions.assertThat;

import dev.metsuke.operations.account.AccountRules;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AccountRulesTest {

    private final AccountRules rules =
            new AccountRules(AccountRules.LetterCase.LOWER, true, Map.of("sato2", "sato", "root", "system"));

    @ParameterizedTest
    @CsvSource({"EXAMPLE\\Sato, sato", "sato@example.jp, sato", "SATO2, sato", "' root ', system", "@x, @x", "木村, 木村"})
    void spellsAnAccountInOneWay(String written, String account) {
        assertThat(rules.normalise(written)).isEqualTo(account);
    }

    /** Or who retired would go on unseen: the application takes both for one name, and no report could name the other. */
    @ParameterizedTest
    @ValueSource(
            strings = {"\u200bsato", "sa\u200bto", "\u202esato\u202c", "\u00a0sato\u3000", "sa\u00adto", "\ufeffSato"})
    void leavesOffWhatCannotBeSeen(String written) {
        assertThat(rules.normalise(written)).isEqualTo("sato");
        assertThat(AccountRules.keepAll().normalise(written)).isEqualToIgnoringCase("sato");
    }

    @Test
    void keepsWhatIsSeen() {
        assertThat(AccountRules.keepAll().normalise("山田 太郎")).isEqualTo("山田 太郎");
        assertThat(AccountRules.keepAll().normalise("J\u00f3zsef-\ud842\udfb7")).isEqualTo("J\u00f3zsef-\ud842\udfb7");
    }

    @Test
    void knowsNoAccountWhereTheLogNamesNone() {
        assertThat(rules.normalise("\u200b\u00a0")).isNull();
        assertThat(rules.normalise(null)).isNull();
        assertThat(rules.normalise("-")).isNull();
        assertThat(rules.normalise(" ")).isNull();
    }

    @Test
    void keepsNamesByDefault() {
        assertThat(AccountRules.keepAll().normalise("EXAMPLE\\Sato")).isEqualTo("EXAMPLE\\Sato");
    }

    @Test
    void keepsBytesThatAreNoText() {
        byte[] bytes = {'a', (byte) 0xE6, 'b', (byte) 0xFF};

        assertThat(Encoding.UTF_8.decode(bytes, 0, bytes.length)).isEqualTo("a\\xE6b\\xFF");
    }

    @Test
    void decodesJapaneseEncodings() {
        byte[] bytes = "目付".getBytes(Charset.forName("MS932"));

        assertThat(Encoding.parse("MS932").decode(bytes, 0, bytes.length)).isEqualTo("目付");
        assertThat(Encoding.parse("UTF-8").charset()).isEqualTo(StandardCharsets.UTF_8);
    }
}
