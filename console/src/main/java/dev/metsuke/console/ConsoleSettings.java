package dev.metsuke.console;

import dev.metsuke.console.access.ConsoleUser;
import dev.metsuke.console.access.ListenAddress;
import dev.metsuke.console.access.Network;
import dev.metsuke.console.access.Role;
import dev.metsuke.console.access.SessionSettings;
import dev.metsuke.console.language.PageLanguage;
import dev.metsuke.console.publish.ReadingSettings;
import dev.metsuke.console.scim.ScimSettings;
import dev.metsuke.operations.settings.Check;
import dev.metsuke.operations.settings.Default;
import dev.metsuke.operations.settings.WebAddress;
import java.net.URI;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Section {@code console}: where pages and API are served, and to whom.
 *
 * @param host address to bind; one that others can reach takes users
 * @param port port to bind; 0 takes any free one
 * @param publicUrl under what address users reach it, where a proxy or a name stands before it
 * @param trustedProxies where proxies stand that tell in {@code X-Forwarded-For} where a request comes from: addresses and networks
 * @param kibanaUrl where people reach Kibana, set up with Metsuke's spaces, so that each alert links to it; absent, none does
 * @param zone where times without an offset are meant; the system's own where absent
 * @param language in which pages are: the reader's, by the browser, or one for everybody
 * @param users who may log in; without any, whoever sits at this machine may do everything
 * @param sessions for how long they stay logged in
 * @param alertsInMemory how many of the newest alerts are held in memory; older ones come from the archive
 * @param heartbeat how often a silent stream of alerts says that it is alive
 * @param readings how readings of the archive are chained and sealed
 * @param scim what an identity provider tells of accounts
 */
public record ConsoleSettings(
        @Default("127.0.0.1") String host,
        @Default("8080") int port,
        @Nullable URI publicUrl,
        List<Network> trustedProxies,
        @Nullable URI kibanaUrl,
        @Nullable ZoneId zone,
        @Default("auto") PageLanguage language,
        List<ConsoleUser> users,
        SessionSettings sessions,
        @Default("10000") int alertsInMemory,
        @Default("15s") Duration heartbeat,
        ReadingSettings readings,
        ScimSettings scim) {

    public ConsoleSettings {
        trustedProxies = List.copyOf(trustedProxies);
        users = List.copyOf(users);
        Check.that()
                .holds(port >= 0 && port <= 65_535, "port must be 0 to 65535, not " + port)
                .holds(
                        !users.isEmpty() || ListenAddress.isLoopback(host),
                        "host is " + host + ", which others can reach: configure console.users, or bind 127.0.0.1")
                .holds(
                        !users.isEmpty() || isOfThisMachine(publicUrl),
                        "public-url is " + publicUrl + ", which others can reach: configure console.users")
                .holds(
                        !users.isEmpty() || trustedProxies.isEmpty(),
                        "trusted-proxies stand before a console that others can reach: configure console.users")
                .holds(
                        users.stream().map(ConsoleUser::name).distinct().count() == users.size(),
                        "users must have different names")
                .holds(
                        WebAddress.isAbsentOrOne(publicUrl),
                        "public-url must be an http or https address, not " + publicUrl)
                .holds(
                        WebAddress.isAbsentOrOne(kibanaUrl),
                        "kibana-url must be an http or https address, not " + kibanaUrl)
                .holds(alertsInMemory >= 1, "alerts-in-memory must be 1 or more, not " + alertsInMemory)
                .holds(heartbeat.isPositive(), "heartbeat must be longer than nothing")
                .orThrow();
    }

    /** Or none, for what is no address at all is told of by itself. */
    private static boolean isOfThisMachine(@Nullable URI address) {
        return address == null || address.getHost() == null || ListenAddress.isLoopback(address.getHost());
    }

    /** Loopback, the port given, all else by default. */
    public static ConsoleSettings onPort(int port) {
        return new ConsoleSettings(
                "127.0.0.1",
                port,
                null,
                List.of(),
                null,
                null,
                PageLanguage.AUTO,
                List.of(),
                SessionSettings.DEFAULTS,
                10_000,
                Duration.ofSeconds(15),
                ReadingSettings.UNCHAINED,
                ScimSettings.DEFAULTS);
    }

    public ConsoleSettings with(ReadingSettings other) {
        return new ConsoleSettings(
                host,
                port,
                publicUrl,
                trustedProxies,
                kibanaUrl,
                zone,
                language,
                users,
                sessions,
                alertsInMemory,
                heartbeat,
                other,
                scim);
    }

    public ConsoleSettings withPort(int other) {
        return new ConsoleSettings(
                host,
                other,
                publicUrl,
                trustedProxies,
                kibanaUrl,
                zone,
                language,
                users,
                sessions,
                alertsInMemory,
                heartbeat,
                readings,
                scim);
    }

    /** Who triages alerts, by name; without users nobody is known. */
    public List<String> officers() {
        return users.stream()
                .filter(user -> user.roles().contains(Role.OFFICER))
                .map(ConsoleUser::name)
                .sorted()
                .toList();
    }

    /** Whether alerts may be given to somebody of that name. */
    boolean mayTriage(String name) {
        return users.isEmpty() || officers().contains(name);
    }

    /** What a time without an offset means. */
    public ZoneId zoneOrSystems() {
        return zone == null ? ZoneId.systemDefault() : zone;
    }
}
