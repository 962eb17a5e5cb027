package dev.metsuke.shipper.privacy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReplacementsTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "sato@example.jp | to sato@example.jp, | to #,",
                "sato@example.jp | ?m=sato%40example.jp&x | ?m=#&x",
                "sato@example.jp | ?m=sato%40EXAMPLE.jp SATO@example.JP | ?m=# #",
                "Müller | MÜLLER m%C3%BCller | # #",
                "O'Brien | SQLTEXT=\"where n=&apos;o&#39;brien&apos;\" | SQLTEXT=\"where n=&apos;#&apos;\"",
                "山田 | <N>&#x5C71;&#30000;</N> &bogus; &#xZ; & | <N>#</N> &bogus; &#xZ; &",
                "山田 | {\"log\":\"{\\\"n\\\":\\\"\\\\u5c71\\\\u7530\\\"}\"} | {\"log\":\"{\\\"n\\\":\\\"#\\\"}\"}",
                "sato@example.jp | %73ato%40example%2Ejp | #",
                "a+b@example.jp | ?m=a%2Bb%40example.jp a+b@example.jp a+b%40example.jp | ?m=# # #",
                "山田 太郎 | n=%E5%B1%B1%e7%94%b0+%E5%A4%AA%E9%83%8E&x | n=#&x",
                "山田 太郎 | n=%25E5%25B1%25B1%25E7%2594%25B0%2520%25E5%25A4%25AA%25E9%2583%258E | n=#",
                "山田 | {\"n\":\"\\u5c71\\u7530様\"} | {\"n\":\"#様\"}",
                "山田 | \\xE5\\xB1\\xB1\\xE7\\x94\\xB0 | #",
                "a/b\"c | {\"n\":\"a\\/b\\\"c\"} | {\"n\":\"#\"}",
                "O'Brien | select 'O''Brien' | select '#'",
                "a\"b | \"x\",\"{\"\"n\"\":\"\"a\\\"\"b\"\"}\" | \"x\",\"{\"\"n\"\":\"\"#\"\"}\"",
                "sato | {\"m\":\"x\\nsato\"} | {\"m\":\"x\\n#\"}",
                "sato | satoshi, osato, sato2, _sato | satoshi, osato, #2, _#",
                "4711 | 4711 147112 /4711/ id=4711 | # 147112 /#/ id=#",
                "11 | 2026-11-23 10:11:12.11 10.0.11.1 HTTP/1.11 id=11, v11 | 2026-11-23 10:11:12.11 10.0.11.1"
                        + " HTTP/1.11 id=#, v11",
                "10023 | C10023 and 10023-2 | C# and #-2",
                "𠮷野家 | \\ud842\\udfb7野家 %F0%A0%AE%B7野家 | # #",
            })
    void replacesAnIdentifierHoweverItIsWritten(String identifier, String text, String expected) {
        Replacements replacements = new Replacements();
        replacements.put(identifier, "#");

        assertThat(replacements.replaceIn(text, List.of())).isEqualTo(expected);
    }

    @Test
    void leavesNothingOfIdentifiersThatOverlap() {
        Replacements replacements = new Replacements();
        replacements.put("山田", "#");
        replacements.put("山田太郎", "##");
        replacements.put("太郎丸", "###");

        assertThat(replacements.replaceIn("山田太郎丸 山田 太郎丸", List.of())).isEqualTo("##丸 # ###");
    }

    @Test
    void withholdsATextThatMayHoldAnIdentifierTooLongToBeLookedFor() {
        Replacements replacements = new Replacements();
        replacements.put("x".repeat(300), "#");

        assertThat(replacements.replaceIn("x".repeat(299), List.of())).isEqualTo("x".repeat(299));
        assertThat(replacements.replaceIn("a" + "x".repeat(300), List.of()))
                .isEqualTo("withheld: 301 characters, among them an identifier of 300");
    }

    @Test
    @Timeout(20)
    void isNotHeldUpByALineThatAlmostMatchesEverywhere() {
        Replacements replacements = new Replacements();
        replacements.put(".".repeat(255) + "x", "#");
        String line = ".".repeat(1 << 18);

        assertThat(replacements.replaceIn(line, List.of())).isEqualTo(line);
    }

    @Test
    void takesBrokenEscapesAsText() {
        Replacements replacements = new Replacements();
        replacements.put("x", "#");

        assertThat(replacements.replaceIn("% %4 %zz \\ \\u12 \\x \\xZZ %C3 %F5%80%80%80 x\\", List.of()))
                .isEqualTo("% %4 %zz \\ \\u12 \\# \\xZZ %C3 %F5%80%80%80 #\\");
    }
}
