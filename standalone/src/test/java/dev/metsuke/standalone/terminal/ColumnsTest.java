package dev.metsuke.standalone.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ColumnsTest {

    @ParameterizedTest
    @CsvSource({
        "sato, 4",
        "佐藤 健, 7",
        "サトウ（営業）, 14",
        "ｻﾄｳ, 3",
        "Ａ１ー, 6",
        "佐藤\u3000健, 8",
        "ハ\u3099, 2",
        "\uD842\uDFB7野家, 6",
        "é, 1",
    })
    void padsByWhatATerminalShows(String text, int width) {
        assertThat(Columns.padded(text, 20)).isEqualTo(text + " ".repeat(20 - width));
        assertThat(Columns.padded(text, width - 1)).isEqualTo(text);
    }
}
