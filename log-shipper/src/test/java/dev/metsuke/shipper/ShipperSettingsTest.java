package dev.metsuke.shipper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.metsuke.operations.settings.InvalidSettingsException;
import dev.metsuke.operations.settings.SettingsFile;
import dev.metsuke.shipper.parse.Combined;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ShipperSettingsTest {

    @Test
    void hasTheseDefaults() {
        ShipperSettings settings = read("id: edge\nsources: [{name: a, paths: [a.log], format: combined}]");

        assertThat(settings)
                .isEqualTo(ShipperSettings.of(
                        "edge",
                        Path.of("/etc/metsuke-data/keys"),
                        List.of(SourceSettings.of("a", List.of(Path.of("/etc/a.log")), new Combined()))));
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
              - name: d
                paths: ['/var/log/[a.log']
                format: combined
              - name: e
                paths: [e.log]
                format: combined
                urls:
                  - {path: 'customers/.*', methods: [get], dataset: d}
                  - {path: '/customers\\?id=.*', dataset: d}
              - name: f
                paths: [f.log]
                format: {type: json-lines, action: read, time: {pointer: /t, pattern: yyyy/mm/dd HH:mm}}
            """))
                .isInstanceOf(InvalidSettingsException.class)
                .hasMessageContaining("shipper.sources[0].format.time")
                .hasMessageContaining("shipper.sources[0].zone")
                .hasMessageContaining("shipper.sources[0].encoding")
                .hasMessageContaining("shipper.sources[0].urls[0].path")
                .hasMessageContaining("shipper.sources[1]: format.line-prefix needs the time")
                .hasMessageContaining("shipper.sources[2].format")
                .hasMessageContaining("shipper.sources[3]: paths must be globs")
                .hasMessageContaining("shipper.sources[4].urls[0]: methods must be as requests have them")
                .hasMessageContaining("shipper.sources[4].urls[0]: path is the whole path")
                .hasMessageContaining("shipper.sources[4].urls[1]: path is a URL's path without its query")
                .hasMessageContaining("shipper.sources[5].format.time.pattern")
                .hasMessageContaining("it does not tell a time");
    }

    @Test
    void refusesDatasetsWithoutAName() {
        assertThatThrownBy(() -> read("""
            sources:
              - {name: a, paths: [a.log], format: combined, dataset: ''}
              - {name: b, paths: [b.log], format: combined, tables: {customers: ' '}}
              - {name: c, paths: [c.log], format: combined, urls: [{path: /a, dataset: ''}]}
            """))
                .isInstanceOf(InvalidSettingsException.class)
                .hasMessageContaining("shipper.sources[0]: dataset must not be blank")
                .hasMessageContaining("shipper.sources[1]: tables must name datasets that are not blank")
                .hasMessageContaining("shipper.sources[2].urls[0]: dataset must not be blank");
    }

    @Test
    void refusesTwoSourcesOfOneName() {
        assertThatThrownBy(() -> read(
                        "sources: [{name: a, paths: [x], format: combined}, {name: a, paths: [y], format: combined}]"))
                .hasMessageContaining("different names, not twice [a]");
    }

    @Test
    void refusesTwoSourcesOfOneStream() {
        assertThatThrownBy(() -> read("""
            sources:
              - {name: a, paths: [a.log], format: combined}
              - {name: b, stream: a, paths: [b.log], format: combined}
            """))
                .isInstanceOf(InvalidSettingsException.class)
                .hasMessageContaining("different streams, not twice [a]");
    }

    @Test
    void refusesAFlushTimeoutThatIsShorterThanAFileMustRest() {
        String source = "sources: [{name: a, paths: [x], format: combined, flush-timeout: 10s}]";

        assertThat(read(source).sources().getFirst().flushTimeout()).isEqualTo(Duration.ofSeconds(10));
        assertThatThrownBy(() -> read("rest-after: 11s\n" + source))
                .hasMessageContaining("sources must have no flush-timeout that is shorter than rest-after");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "forget-after: 200000d | forget-after must be 10000d or less",
                "scan-interval: 200000d | scan-interval must be 10000d or less",
                "rest-after: 200000d | rest-after must be 10000d or less",
                "seal: {interval: 200000d} | interval must be 10000d or less",
                "rest-after: 0s | rest-after must be 10ms or more",
                "sources: [{name: a, paths: [x], format: combined, flush-timeout: 200000d}] | flush-timeout must be"
                        + " 10000d",
                "sources: [{name: a, paths: [x], format: combined, urls: [{path: ''}]}] | path is the whole path of a"
                        + " URL",
            })
    void refusesWhatCannotWork(String settings, String problem) {
        assertThatThrownBy(() -> read(settings))
                .isInstanceOf(InvalidSettingsException.class)
                .hasMessageContaining(problem);
    }

    @Test
    void wantsTheTimeInAPrefixUnlessAnEnvelopeTellsIt() {
        String inner = "{type: pgaudit-stderr, line-prefix: '%u '}";
        assertThatThrownBy(
                        () -> read("sources: [{name: a, paths: [x], format: {type: multi-line, record-start: x, inner: "
                                + inner + "}}]"))
                .hasMessageContaining("format.line-prefix needs the time");
        assertThat(read("sources: [{name: a, paths: [x], format: {type: syslog, inner: " + inner + "}}]")
                        .sources())
                .hasSize(1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "CST | means several zones; write the one that is meant: America/Chicago, Asia/Shanghai",
                "IST | Asia/Kolkata, Europe/Dublin, Asia/Jerusalem",
                "est | America/New_York, America/Panama",
                "JST | an abbreviation; write Asia/Tokyo",
                "Tokyo | write a place such as Asia/Tokyo, or an offset such as +09:00",
            })
    void refusesAZoneThatMayMeanAnother(String zone, String problem) {
        assertThatThrownBy(() -> read("sources: [{name: a, paths: [x], format: combined, zone: " + zone + "}]"))
                .isInstanceOf(InvalidSettingsException.class)
                .hasMessageContaining("test.yml:2: shipper.sources[0].zone: is " + zone + "; ")
                .hasMessageContaining(problem);
    }

    @ParameterizedTest
    @CsvSource({"Asia/Tokyo", "UTC", "GMT", "+09:00", "America/Argentina/Buenos_Aires", "EST5EDT"})
    void takesAZoneThatMeansOne(String zone) {
        ShipperSettings settings = read("sources: [{name: a, paths: [x], format: combined, zone: '" + zone + "'}]");

        assertThat(settings.sources().getFirst().zone()).isEqualTo(ZoneId.of(zone));
    }

    private static ShipperSettings read(String yaml) {
        return SettingsFile.of("shipper:\n" + yaml.indent(2), "test.yml", Path.of("/etc"))
                .section("shipper", ShipperSettings.class);
    }
}
