package dev.metsuke.standalone.local;

import dev.metsuke.archive.ArchiveSettings;
import dev.metsuke.console.ConsoleSettings;
import dev.metsuke.detect.DetectSettings;
import dev.metsuke.detect.policy.Policy;
import dev.metsuke.operations.http.OperationsSettings;
import dev.metsuke.operations.kafka.AccessSettings;
import dev.metsuke.operations.kafka.KafkaSettings;
import dev.metsuke.operations.search.ElasticsearchSettings;
import dev.metsuke.operations.settings.InvalidSettingsException;
import dev.metsuke.operations.settings.SettingsFile;
import dev.metsuke.shipper.ShipperSettings;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import java.util.SequencedMap;

/** The sections of the settings file and what each is read as; the one place that has them all. */
public final class Sections {

    /** Where it stands it says something: one that lost its lines is not the usual policy. */
    private static final String POLICY = "policy";

    /** In the order of the example. */
    public static final SequencedMap<String, Class<? extends Record>> ALL;

    static {
        SequencedMap<String, Class<? extends Record>> all = new LinkedHashMap<>();
        all.put("kafka", KafkaSettings.class);
        all.put("access", AccessSettings.class);
        all.put("elasticsearch", ElasticsearchSettings.class);
        all.put("operations", OperationsSettings.class);
        all.put("shipper", ShipperSettings.class);
        all.put(POLICY, Policy.class);
        all.put("detect", DetectSettings.class);
        all.put("archive", ArchiveSettings.class);
        all.put("console", ConsoleSettings.class);
        all.put("servers", ServersSettings.class);
        ALL = Collections.unmodifiableSequencedMap(all);
    }

    private Sections() {}

    /**
     * Reads these, so that whoever starts something has seen what is wrong before.
     *
     * @throws InvalidSettingsException with every problem of all of them
     */
    public static void check(SettingsFile settings, Collection<String> names) {
        List<String> problems = new ArrayList<>();
        for (String name : names) {
            try {
                Class<? extends Record> type = Objects.requireNonNull(ALL.get(name));
                boolean mayNotBeEmpty =
                        name.equals(POLICY) && settings.sections().contains(name);
                var _ = mayNotBeEmpty ? settings.givenSection(name, type) : settings.section(name, type);
            } catch (InvalidSettingsException e) {
                problems.addAll(e.problems());
            }
        }
        if (!problems.isEmpty()) {
            throw new InvalidSettingsException(problems);
        }
    }
}
