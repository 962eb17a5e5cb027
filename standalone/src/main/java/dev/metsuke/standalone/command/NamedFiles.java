package dev.metsuke.standalone.command;

import static dev.metsuke.operations.settings.SettingsFile.EACH_ITEM;

import dev.metsuke.operations.kafka.KafkaSettings;
import dev.metsuke.operations.search.ElasticsearchConnection;
import dev.metsuke.operations.settings.InvalidSettingsException;
import dev.metsuke.operations.settings.SettingsFile;
import dev.metsuke.operations.settings.SettingsFile.NamedFile;
import dev.metsuke.shipper.privacy.PseudonymKey;
import dev.metsuke.standalone.local.KafkaFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** The files that settings name, and a part needs when it starts; nothing is connected to, and nothing made. */
final class NamedFiles {

    private NamedFiles() {}

    /** What is wrong with those of some sections, each with the place of its setting. */
    static List<String> problems(SettingsFile settings, Collection<String> sections) {
        List<String> problems = new ArrayList<>();
        if (sections.contains("kafka")) {
            problems.addAll(stores(settings));
        }
        if (sections.contains("elasticsearch")) {
            for (NamedFile named : settings.filesAt("elasticsearch", List.of("certificate-authority"))) {
                problems.addAll(authority(named));
            }
        }
        if (sections.contains("shipper")) {
            for (NamedFile named :
                    settings.filesAt("shipper", List.of("sources", EACH_ITEM, "pseudonyms", "key-file"))) {
                problems.addAll(pseudonymsKey(named));
            }
        }
        if (sections.contains("detect")) {
            for (NamedFile named : settings.filesAt("detect", List.of("state-dir"))) {
                problems.addAll(stateFolder(named));
            }
        }
        return problems;
    }

    private static List<String> stores(SettingsFile settings) {
        try {
            return KafkaFiles.problems(settings, settings.section("kafka", KafkaSettings.class));
        } catch (InvalidSettingsException e) {
            // What is wrong in the section is told of it.
            return List.of();
        }
    }

    private static List<String> authority(NamedFile named) {
        try {
            var _ = ElasticsearchConnection.trust(named.file());
            return List.of();
        } catch (IOException e) {
            // Names the setting.
            return List.of(named.place() + ": " + e.getMessage());
        }
    }

    private static List<String> pseudonymsKey(NamedFile named) {
        try {
            var _ = PseudonymKey.read(named.file());
            return List.of();
        } catch (InvalidSettingsException e) {
            return e.problems().stream()
                    .map(problem -> named.place() + ": " + named.setting() + ": " + problem)
                    .toList();
        }
    }

    private static List<String> stateFolder(NamedFile named) {
        Path there = named.file().toAbsolutePath();
        while (!Files.exists(there) && there.getParent() != null) {
            there = there.getParent();
        }
        boolean isUsable = Files.isDirectory(there) && Files.isWritable(there);
        return isUsable
                ? List.of()
                : List.of(named.place() + ": " + named.setting() + ": " + named.file() + " cannot be written: " + there
                        + (Files.isDirectory(there)
                                ? " is not writable by " + System.getProperty("user.name")
                                : " is no folder"));
    }
}
