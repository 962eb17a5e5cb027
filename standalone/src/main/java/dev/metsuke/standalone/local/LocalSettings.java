package dev.metsuke.standalone.local;

import dev.metsuke.operations.settings.InvalidSettingsException;
import dev.metsuke.operations.settings.SettingsFile;
import dev.metsuke.shipper.FileNames;
import java.util.List;

/**
 * The settings of an instance on this machine, in which nothing is wrong; where others' servers are, and how they are reached, is left
 * out of them.
 */
public final class LocalSettings {

    private static final List<String> SECTIONS =
            List.of("kafka", "access", "shipper", "policy", "detect", "archive", "console", "servers");

    private final SettingsFile file;
    private final ServersSettings servers;

    private LocalSettings(SettingsFile file, ServersSettings servers) {
        this.file = file;
        this.servers = servers;
    }

    /**
     * Reads all that is needed later on.
     *
     * @throws InvalidSettingsException with all that is wrong in any section of it
     */
    public static LocalSettings of(SettingsFile settings) {
        FileNames.requireUtf8();
        SettingsFile local = settings.without("elasticsearch")
                .without("kafka", "bootstrap-servers")
                .without("kafka", "properties");
        Sections.check(local, SECTIONS);
        return new LocalSettings(local, local.section("servers", ServersSettings.class));
    }

    SettingsFile file() {
        return file;
    }

    /** Where the servers keep their data. */
    public ServersSettings servers() {
        return servers;
    }
}
