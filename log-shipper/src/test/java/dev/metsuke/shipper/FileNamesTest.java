package dev.metsuke.shipper;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.metsuke.operations.settings.InvalidSettingsException;
import org.junit.jupiter.api.Test;

class FileNamesTest {

    @Test
    void refusesALocaleInWhichNamesAreLost() {
        assertThatThrownBy(() -> FileNames.requireUtf8("ANSI_X3.4-1968"))
                .isInstanceOf(InvalidSettingsException.class)
                .hasMessageContaining("LC_ALL=C.UTF-8");
        assertThatCode(() -> FileNames.requireUtf8("UTF-8")).doesNotThrowAnyException();
    }
}
