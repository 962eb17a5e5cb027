package dev.metsuke.standalone.local;

import co.elastic.clients.elasticsearch.ElasticsearchClient;
import dev.metsuke.archive.Archive;
import dev.metsuke.archive.ArchiveSettings;
import dev.metsuke.archive.setup.ArchiveSetup;
import dev.metsuke.console.Console;
import dev.metsuke.console.ConsoleSettings;
import dev.metsuke.detect.DetectSettings;
import dev.metsuke.detect.Detection;
import dev.metsuke.detect.policy.Policy;
import dev.metsuke.operations.http.OperationsEndpoints;
import dev.metsuke.operations.kafka.AccessRules;
import dev.metsuke.operations.kafka.AccessSettings;
import dev.metsuke.operations.kafka.AccessSetup;
import dev.metsuke.operations.kafka.TopicSetup;
import dev.metsuke.operations.metrics.Metrics;
import dev.metsuke.operations.search.ElasticsearchConnection;
import dev.metsuke.operations.settings.SettingsFile;
import dev.metsuke.operations.setup.SetupReport;
import dev.metsuke.shipper.FileNames;
import dev.metsuke.shipper.Shipper;
import dev.metsuke.shipper.ShipperSettings;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.kafka.common.acl.AclBinding;

/** Makes each part out of the settings file; the one place that knows which sections a part takes. */
public final class Assembly {

    private final SettingsFile settings;
    private final Engines engines;
    private final Metrics metrics;

    public Assembly(SettingsFile settings, Engines engines, Metrics metrics) {
        this.settings = settings;
        this.engines = engines;
        this.metrics = metrics;
    }

    /** Creates topics and templates, and leaves alone what is there. */
    public SetupReport setup() throws IOException {
        return setupKafka().plus(setupElasticsearch());
    }

    /** Creates topics and access rules, and leaves alone what is there. */
    public SetupReport setupKafka() throws IOException {
        return TopicSetup.apply(engines.kafka()).plus(AccessSetup.apply(engines.kafka(), access()));
    }

    /** Creates templates and policies, and leaves alone what is there. */
    public SetupReport setupElasticsearch() throws IOException {
        ArchiveSettings archive = settings.section("archive", ArchiveSettings.class);
        try (ElasticsearchClient client =
                ElasticsearchConnection.open(engines.elasticsearch(), ElasticsearchConnection.OF_SMALL_WORK)) {
            return ArchiveSetup.apply(client, archive.indices(), archive.retention());
        }
    }

    private Map<String, List<AclBinding>> access() {
        return AccessRules.of(
                settings.section("access", AccessSettings.class),
                settings.section("detect", DetectSettings.class).applicationId(),
                settings.section("archive", ArchiveSettings.class).groupId());
    }

    public Shipper shipper() {
        return new Shipper(shipperSettings(), engines.kafka(), metrics.registry());
    }

    public Detection detection() {
        return new Detection(
                engines.kafka(),
                settings.section("detect", DetectSettings.class),
                settings.section("policy", Policy.class),
                metrics.registry());
    }

    public Archive archive() {
        return new Archive(
                engines.kafka(),
                engines.elasticsearch(),
                settings.section("archive", ArchiveSettings.class),
                metrics.registry());
    }

    public Console console(ConsoleSettings console, Supplier<OperationsEndpoints> operations) throws IOException {
        return new Console(console, engines.kafka(), engines.elasticsearch(), metrics, operations);
    }

    ShipperSettings shipperSettings() {
        FileNames.requireUtf8();
        return settings.section("shipper", ShipperSettings.class);
    }

    public ConsoleSettings consoleSettings() {
        return settings.section("console", ConsoleSettings.class);
    }
}
