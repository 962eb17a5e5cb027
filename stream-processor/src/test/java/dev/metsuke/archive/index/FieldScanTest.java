package dev.metsuke.archive.index;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FieldScanTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"event\":{\"id\":\"x\"}}",
                "{\"event.id\":\"x\"}",
                "{\"id\":\"no\",\"event\":{\"a\":{\"id\":\"no\"},\"b\":[{\"id\":\"no\"}],\"id\":\"x\"}}",
                "{\"event\":{\"kind\":\"alert\"},\"event.id\":\"x\"}",
                "{\"metsuke\":{\"event\":{\"id\":\"no\"}},\"event\":{\"id\":\"x\"},\"then\":\"not read",
            })
    void findsNestedAndDottedNames(String json) {
        assertThat(FieldScan.text(json.getBytes(UTF_8), "event.id")).hasValue("x");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "null",
                "not json",
                "{\"event\":{\"id\":7}}",
                "{\"event\":\"id\"}",
                "{\"event\":{\"id\":",
                "{\"a\":{\"event\":{\"id\":\"no\"}}}"
            })
    void findsNothingWhereThereIsNoSuchText(String json) {
        assertThat(FieldScan.text(json.getBytes(UTF_8), "event.id")).isEmpty();
    }

    @Test
    void putsDocumentOnOneLineWithoutTouchingTheRecord() {
        byte[] record = "{\n\"a\":\r\n\"b\\n\"}".getBytes(UTF_8);
        byte[] line = FieldScan.onOneLine(record);
        assertThat(new String(line, UTF_8)).isEqualTo("{ \"a\":  \"b\\n\"}");
        assertThat(new String(record, UTF_8)).contains("\n");
    }

    @Test
    void passesDocumentOnOneLineThroughAsItIs() {
        byte[] record = "{\"a\":1}".getBytes(UTF_8);
        assertThat(FieldScan.onOneLine(record)).isSameAs(record);
    }
}
