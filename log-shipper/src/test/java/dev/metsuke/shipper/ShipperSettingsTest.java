package dev.metsuke.shipper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.metsuke.operations.settings.InvalidSettingsException;
import dev.metsuke.operations.settings.SettingsFile;
import dev.metsuke.shipper.parse.Format;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class ShipperSettingsTest {

    @Test
    void hasTheseDefaults() {
        ShipperSettings settings = read("id: edge\nsources: [{name: a, paths: [a.log], format: combined}]");

        assertThat(settings)
                .isEqualTo(ShipperSettings.of(
                        "edge",
                        List.of(SourceSettings.of("a", List.of(Path.of("/etc/a.log")), new Format.Combined()))));
    }

    @Test
    void isNamedAfterTheHost() {
        assertThat(read("sources: []").shipperId()).isNotBlank().isEqualTo(HostName.get());
    }

    @Test
    void reportsEveryMistakeWithItsPath() {
        assertThatThrownBy(() -> read("""
            sources:
              - name: a
                paths: [a.log]
                format: {type: json-lines, time: at}
                zone: Asia/Tokio
                encoding: shift-jis-x
                urls: [{path: '/a(', dataset: d}]
              - name: b
                paths: [b.log]
                format: {type: pgaudit-stderr, line-prefix: '%u '}
              - name: c
                paths: [c.log]
                format: word
            """))
                .isInstanceOf(InvalidSettingsException.class)
                .hasMessageContaining("shipper.sources[0].format.time")
                .hasMessageContaining("shipper.sources[0].zone")
                .hasMessageContaining("shipper.sources[0].encoding")
                .hasMessageContaining("shipper.sources[0].urls[0].path")
                .hasMessageContaining("shipper.sources[1].format.line-prefix")
                .hasMessageContaining("shipper.sources[2].format");
    }

    @Test
    void refusesTwoSourcesOfOneName() {
        assertThatThrownBy(() -> read(
                        "sources: [{name: a, paths: [x], format: combined}, {name: a, paths: [y], format: combined}]"))
                .hasMessageContaining("different names");
    }

    private static ShipperSettings read(String yaml) {
        return SettingsFile.of("shipper:\n" + yaml.indent(2), "test.yml", Path.of("/etc"))
                .section("shipper", ShipperSettings.class);
    }
}
