package dev.metsuke.standalone.command;

import dev.metsuke.console.ConsoleSettings;
import dev.metsuke.console.publish.ReadingSettings;
import dev.metsuke.events.json.MalformedDocumentException;
import dev.metsuke.events.seal.KeyList;
import dev.metsuke.events.seal.ListedKey;
import dev.metsuke.events.seal.PublicSealKey;
import dev.metsuke.events.seal.SealKeys;
import dev.metsuke.operations.settings.SettingsFile;
import dev.metsuke.shipper.ShipperSettings;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/** {@code --keys}: whose seals are believed. */
final class TrustedKeys {

    @Option(
            names = "--keys",
            paramLabel = "FILE",
            description =
                    "The public keys to believe: a shipper's keys.json, or a PEM file of one key; may be given several"
                            + " times.")
    private List<Path> files = List.of();

    /** Those of the files; without any, those of the shipper and of the readings that the settings describe, on this host. */
    KeyList read(SettingsFile settings) throws IOException {
        if (!files.isEmpty()) {
            return readFiles();
        }
        ShipperSettings shipper = settings.section("shipper", ShipperSettings.class);
        List<ListedKey> keys = new ArrayList<>(ofThisHost(shipper.seal().keyFolder(), shipper.shipperId()));
        ReadingSettings readings =
                settings.section("console", ConsoleSettings.class).readings();
        Path keyFolder = readings.keyFolder();
        if (keyFolder != null) {
            keys.addAll(ofThisHost(keyFolder, readings.idOrHosts()));
        }
        return new KeyList(keys);
    }

    private static List<ListedKey> ofThisHost(Path keyFolder, String id) throws IOException {
        Path list = new SealKeys(keyFolder, id).folder().resolve("keys.json");
        return Files.isReadable(list) ? read(list) : List.of();
    }

    /** Those of the files alone. */
    KeyList readFiles() throws IOException {
        List<ListedKey> keys = new ArrayList<>();
        for (Path file : files) {
            keys.addAll(read(file));
        }
        return new KeyList(keys);
    }

    private static List<ListedKey> read(Path file) throws IOException {
        byte[] bytes = InputFile.read(file);
        try {
            String text = new String(bytes, StandardCharsets.UTF_8);
            return text.stripLeading().startsWith("{")
                    ? KeyList.fromJson(bytes).keys()
                    : List.of(ListedKey.bare(PublicSealKey.ofPem(text)));
        } catch (MalformedDocumentException e) {
            throw new IOException(file + " holds no public keys: " + e.getMessage(), e);
        }
    }
}
