package dev.metsuke.console.search;

import static org.assertj.core.api.Assertions.assertThat;

import dev.metsuke.events.language.Language;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QuerySyntaxTest {

    private static final String EXPECTED = "\nWas expecting one of:\n    <NOT> ...\n    \"+\" ...\n";

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '\u0000',
            delimiter = '|',
            value = {
                "(|1|the query ends at column 1, where more is expected, as in user.id:sato AND event.action:export",
                "a AND|5|the query ends at column 5, where more is expected, as in user.id:sato AND"
                        + " event.action:export",
                "user.id:|8|the query ends at column 8, where a value is expected behind the colon, as in user.id:sato"
                        + " AND event.action:export",
                "a AND (b|8|the bracket at column 7 is not closed, or more is expected at the end, as in user.id:sato"
                        + " AND event.action:export"
            })
    void saysWhereAQueryEndsTooSoon(String query, int column, String fault) {
        assertThat(fault(query, encountered("<EOF>", column))).contains(fault);
    }

    @Test
    void saysThatARangeIsNotComplete() {
        assertThat(fault("n:[1", "Encountered \"<EOF>\" at line 1, column 4.\nWas expecting:\n    \"TO\" ...\n"))
                .contains("the range at column 3 is not complete; write [1 TO 9], or [1 TO *] where it has no end");
    }

    @Test
    void saysWhatIsNotExpectedWhereItWasWritten() {
        assertThat(fault("a AND AND b", encountered(" <AND> \"AND \"", 6)))
                .hasValueSatisfying(fault -> assertThat(fault).startsWith("AND at column 7 is not expected there; "));
        assertThat(fault("a:b:c", encountered(" \":\" \": \"", 3)))
                .contains(": at column 4 is not expected there; a value that has a colon stands in quotation marks,"
                        + " as in url.original:\"a:b\"");
        // The parser was given \/a\/b) instead.
        assertThat(fault("/a/b)", encountered(" \")\" \") \"", 6)))
                .hasValueSatisfying(fault -> assertThat(fault).startsWith(") at column 5 is not expected there; "));
    }

    @Test
    void saysWhatCannotBeReadAtAll() {
        String lexical = "Lexical error at line 1, column 5.  Encountered: <EOF>";
        assertThat(fault("x \"abc", lexical)).contains("the quotation mark at column 3 is not closed");
        assertThat(fault("abc\\", lexical))
                .contains("the query ends with a backslash; one that is meant is written \\\\");
        assertThat(fault("a}", lexical))
                .hasValueSatisfying(fault -> assertThat(fault).startsWith("} at column 2 is not expected"));
        assertThat(fault("*a", "'*' or '?' not allowed as first character in WildcardQuery"))
                .contains("a word cannot begin with * or ?; write how it begins, as in user.id:batch*");
    }

    @Test
    void leavesOtherFaultsToOthers() {
        assertThat(fault("n:many", "For input string: \"many\"")).isEmpty();
    }

    @Test
    void saysItInJapaneseAsWell() {
        assertThat(QuerySyntax.fault("a:b:c", encountered(" \":\" \": \"", 3)))
                .hasValueSatisfying(fault -> assertThat(fault.in(Language.JAPANESE))
                        .isEqualTo("4文字目に「:」を置くことはできません。コロンを含む値は、url.original:\"a:b\" のように引用符で囲んでください。"));
        assertThat(QuerySyntax.fault("abc\\", "Lexical error"))
                .hasValueSatisfying(
                        fault -> assertThat(fault.in(Language.JAPANESE)).contains("は、\\\\ と入力"));
    }

    private static Optional<String> fault(String query, String reason) {
        return QuerySyntax.fault(query, reason).map(fault -> fault.in(Language.ENGLISH));
    }

    private static String encountered(String token, int column) {
        return "Encountered \"" + token + "\" at line 1, column " + column + "." + EXPECTED;
    }
}
