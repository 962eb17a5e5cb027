package dev.metsuke.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.metsuke.console.access.ConsoleUser;
import dev.metsuke.console.access.Network;
import dev.metsuke.console.access.PasswordHash;
import dev.metsuke.console.access.Role;
import dev.metsuke.console.access.SessionSettings;
import dev.metsuke.console.access.SigningKey;
import dev.metsuke.console.language.PageLanguage;
import dev.metsuke.console.publish.ReadingSettings;
import dev.metsuke.console.scim.ScimSettings;
import dev.metsuke.operations.settings.InvalidSettingsException;
import dev.metsuke.operations.settings.SettingsFile;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.Test;

class ConsoleSettingsTest {

    private static final String HASH = PasswordHash.of("secret".toCharArray()).written();
    private static final String KEY = "0123456789abcdef".repeat(2);

    @Test
    void listensOnLoopbackByDefault() {
        ConsoleSettings settings = SettingsFile.defaults().section("console", ConsoleSettings.class);

        assertThat(settings)
                .isEqualTo(new ConsoleSettings(
                        "127.0.0.1",
                        8080,
                        null,
                        List.of(),
                        null,
                        null,
                        PageLanguage.AUTO,
                        List.of(),
                        SessionSettings.DEFAULTS,
                        10_000,
                        Duration.ofSeconds(15),
                        new ReadingSettings(null, Path.of("metsuke-data/keys").toAbsolutePath()),
                        ScimSettings.DEFAULTS));
    }

    @Test
    void readsEverySetting() {
        ConsoleSettings settings = read("""
            console:
              host: 0.0.0.0
              port: 9443
              public-url: https://metsuke.example.jp
              trusted-proxies: [10.1.2.3, "fd00::/8"]
              kibana-url: https://kibana.example.jp
              zone: Asia/Tokyo
              language: ja
              alerts-in-memory: 500
              heartbeat: 5s
              readings: {id: tokyo, key-folder: /var/keys}
              sessions: {last: 8h, key: %s}
              users:
                - name: hanako
                  password-hash: %s
                  roles: [hr, auditor]
            """.formatted(KEY, HASH));

        assertThat(settings)
                .isEqualTo(new ConsoleSettings(
                        "0.0.0.0",
                        9443,
                        URI.create("https://metsuke.example.jp"),
                        List.of(Network.parse("10.1.2.3/32"), Network.parse("fd00::/8")),
                        URI.create("https://kibana.example.jp"),
                        ZoneId.of("Asia/Tokyo"),
                        PageLanguage.JA,
                        List.of(new ConsoleUser("hanako", PasswordHash.parse(HASH), List.of(Role.HR, Role.AUDITOR))),
                        new SessionSettings(Duration.ofHours(8), SigningKey.parse(KEY)),
                        500,
                        Duration.ofSeconds(5),
                        new ReadingSettings("tokyo", Path.of("/var/keys")),
                        ScimSettings.DEFAULTS));
    }

    @Test
    void refusesToBeReachedByOthersWithoutUsers() {
        assertThatThrownBy(() -> read("console:\n  host: 0.0.0.0\n"))
                .isInstanceOf(InvalidSettingsException.class)
                .hasMessageContaining("host is 0.0.0.0, which others can reach: configure console.users");
    }

    /** Whoever comes through a proxy on this machine comes from it. */
    @Test
    void refusesToStandBehindAProxyWithoutUsers() {
        assertThatThrownBy(() -> read("console: {public-url: 'https://203.0.113.9', trusted-proxies: [127.0.0.1]}"))
                .hasMessageContaining(
                        "public-url is https://203.0.113.9, which others can reach: configure console.users")
                .hasMessageContaining(
                        "trusted-proxies stand before a console that others can reach: configure console.users");
        assertThat(read("console: {public-url: 'http://localhost:9000'}").publicUrl())
                .hasPort(9000);
    }

    @Test
    void tellsWhichProxyIsNoAddress() {
        assertThatThrownBy(() -> read("""
            console:
              trusted-proxies:
                - 10.0.0.0/8
                - proxy.example.jp
                - 10.0.0.0/33
                - 10.1.2.3/29
            """))
                .hasMessageContaining("metsuke.yml:4: console.trusted-proxies[1]: is proxy.example.jp; "
                        + "it must be an address or a network, such as 10.1.2.3 or 10.1.2.0/29")
                .hasMessageContaining("metsuke.yml:5: console.trusted-proxies[2]: is 10.0.0.0/33; "
                        + "the prefix of 10.0.0.0 has 0 to 32 bits")
                .hasMessageContaining("metsuke.yml:6: console.trusted-proxies[3]: is 10.1.2.3/29; "
                        + "the network begins with 10.1.2.0; write that, or 10.1.2.3 alone");
    }

    @Test
    void keepsAllElseWhereOneSettingIsAnother() {
        ConsoleSettings settings = read("""
            console:
              trusted-proxies: [10.1.2.3]
              public-url: https://metsuke.example.jp
              users: [{name: hanako, password-hash: %s, roles: [hr]}]
            """.formatted(HASH));

        assertThat(settings.withPort(1).withPort(settings.port())).isEqualTo(settings);
        assertThat(settings.with(ReadingSettings.UNCHAINED).with(settings.readings()))
                .isEqualTo(settings);
    }

    @Test
    void reportsAllProblemsAtOnce() {
        assertThatThrownBy(() -> read("""
            console:
              port: 70000
              alerts-in-memory: 0
              public-url: ftp://x
              kibana-url: kibana
            """))
                .hasMessageContaining("port must be")
                .hasMessageContaining("alerts-in-memory must be")
                .hasMessageContaining("public-url must be")
                .hasMessageContaining("kibana-url must be");
    }

    private static ConsoleSettings read(String yaml) {
        return SettingsFile.of(yaml, "metsuke.yml", Path.of("/")).section("console", ConsoleSettings.class);
    }
}
