package dev.metsuke.standalone.command;

import dev.metsuke.console.ConsoleSettings;
import dev.metsuke.console.entry.WrittenTime;
import dev.metsuke.console.publish.ReadingSettings;
import dev.metsuke.events.seal.KeyAnnouncement;
import dev.metsuke.events.seal.KeyRevocation;
import dev.metsuke.events.seal.ListedKey;
import dev.metsuke.events.seal.SealKeys;
import dev.metsuke.operations.settings.SettingsFile;
import dev.metsuke.shipper.ShipperSettings;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "seal-key",
        description = "Lists, rotates or revokes the keys with which this host's shipper seals.",
        footer = {
            "",
            "Examples:",
            "  metsuke seal-key list",
            "  metsuke seal-key rotate",
            "  metsuke seal-key revoke 9f86d081884c7d65 --reason \"the host was broken into\""
        },
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND")
final class SealKeyCommand {

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private ConfigurationOption configuration = new ConfigurationOption();

    @Option(
            names = "--readings",
            description = "The keys that seal this host's readings of the archive, rather than the shipper's.")
    private boolean readings;

    @Command(description = "Shows the keys, the current one last.", mixinStandardHelpOptions = true)
    int list() throws IOException {
        SealKeys keys = keys();
        keys.load();
        if (keys.list().keys().isEmpty()) {
            out().println("no seal keys in " + keys.folder() + "; the shipper makes the first one when it starts");
            return 0;
        }
        keys.list().keys().forEach(key -> out().println(describe(key)));
        out().println("for auditors: " + keys.folder().resolve("keys.json"));
        return 0;
    }

    @Command(
            description =
                    "Makes a new key, which the old one announces. A running shipper takes it with its next seal.",
            mixinStandardHelpOptions = true)
    int rotate() throws IOException {
        KeyAnnouncement announcement = keys().rotate(Instant.now());
        out().println("the key " + announcement.announced().id() + " follows " + announcement.keyId() + " from "
                + announcement.signedAt() + " on; who believes the old key believes the new one");
        return 0;
    }

    @Command(
            description =
                    "Ends the belief in a key. If it was the current one, a new one is made, which must be handed to"
                            + " auditors by other ways.",
            mixinStandardHelpOptions = true)
    int revoke(
            @Parameters(paramLabel = "ID", description = "The key, as list shows it.") String id,
            @Option(
                            names = "--from",
                            paramLabel = "TIME",
                            description =
                                    "From when on nothing it signed is believed, such as 2026-10-31T00:00:00Z, or a"
                                            + " date; now by default.")
                    @Nullable
                    String written,
            @Option(names = "--reason", paramLabel = "TEXT", required = true, description = "Why, in free words.")
                    String reason)
            throws IOException {
        SealKeys keys = keys();
        Instant now = Instant.now();
        ListedKey listed = keys.find(id)
                .orElseThrow(() -> new ParameterException(
                        spec.commandLine(),
                        "there is no key " + id + " in " + keys.folder() + "; see metsuke seal-key list"));
        Instant at = written == null ? behindAllSigned(keys, now) : from(written);
        Instant revokedAt = listed.revokedAt();
        if (revokedAt != null && (listed.revocation() != null ? !at.isBefore(revokedAt) : at.isAfter(revokedAt))) {
            throw new ParameterException(
                    spec.commandLine(),
                    "the key " + id + " is revoked from " + revokedAt + " on already; belief that was taken away does"
                            + " not come back, so --from can only be earlier");
        }
        KeyRevocation revocation;
        try {
            revocation = keys.revoke(id, at, reason, now);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
        }
        out().println(revocation + " is told by the shipper to metsuke.seals, at once if it runs, else when it starts");
        keys.load();
        keys.list().keys().forEach(key -> out().println(describe(key)));
        out().println("give auditors " + keys.folder().resolve("keys.json") + " anew");
        return 0;
    }

    private Instant from(String written) {
        ZoneId zone =
                configuration.load().section("console", ConsoleSettings.class).zoneOrSystems();
        return WrittenTime.parse(written, zone)
                .orElseThrow(() -> new ParameterException(
                        spec.commandLine(), "--from is " + written + "; write " + WrittenTime.FORMS));
    }

    private Instant behindAllSigned(SealKeys keys, Instant now) throws IOException {
        Instant behind = keys.behindAllSigned(now);
        if (behind.isAfter(now)) {
            spec.commandLine()
                    .getErr()
                    .println("the last seals are dated ahead of this host's clock (" + now + "), so the key is believed"
                            + " until " + behind + "; --from takes more of that belief away");
        }
        return behind;
    }

    private static String describe(ListedKey key) {
        StringBuilder text = new StringBuilder(key.key().id()).append("  from ").append(key.validFrom());
        if (key.validUntil() != null) {
            text.append(" until ").append(key.validUntil());
        }
        if (key.announcement() != null) {
            text.append(", announced by ").append(key.announcement().keyId());
        }
        if (key.revokedAt() != null) {
            text.append(", REVOKED from ").append(key.revokedAt()).append(": ").append(key.reason());
        }
        return text.append(key.isCurrent() ? "  current" : "").toString();
    }

    private SealKeys keys() {
        SettingsFile settings = configuration.load();
        if (readings) {
            ReadingSettings of =
                    settings.section("console", ConsoleSettings.class).readings();
            Path keyFolder = of.keyFolder();
            if (keyFolder == null) {
                throw new ParameterException(spec.commandLine(), "console.readings.key-folder names no folder");
            }
            return new SealKeys(keyFolder, of.idOrHosts());
        }
        ShipperSettings shipper = settings.section("shipper", ShipperSettings.class);
        return new SealKeys(shipper.seal().keyFolder(), shipper.shipperId());
    }

    private PrintWriter out() {
        return spec.commandLine().getOut();
    }
}
