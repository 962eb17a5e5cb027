package dev.metsuke.archive.setup;

import dev.metsuke.archive.retention.Lifecycle;
import dev.metsuke.archive.retention.RetentionSettings;
import dev.metsuke.events.archive.ArchiveIndex;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The templates as their files say, fitted to the settings and to what the cluster can do. */
final class TemplateFiles {

    static final String SETTINGS = "metsuke-settings";
    static final String FIELDS = "metsuke-ecs";
    /** Where {@code _meta} keeps the template's fingerprint. */
    static final String FINGERPRINT = "metsuke.sha256";

    private static final String REFRESH = "refresh_interval";
    private static final JsonMapper MAPPER = new JsonMapper();

    private final IndexSettings settings;
    private final RetentionSettings retention;
    private final ClusterAbilities abilities;

    TemplateFiles(IndexSettings settings, RetentionSettings retention, ClusterAbilities abilities) {
        this.settings = settings;
        this.retention = retention;
        this.abilities = abilities;
    }

    /** In the order in which they must be created. */
    List<Template> componentTemplates() {
        return List.of(template(SETTINGS, withSettings(read("component", SETTINGS))), template(FIELDS, fields()));
    }

    List<Template> indexTemplates() {
        return Arrays.stream(ArchiveIndex.values())
                .map(index ->
                        template(index.family(), withLifecycle(withRefresh(index, read("index", index.family())))))
                .toList();
    }

    List<Template> policies() {
        return List.of(
                template(Lifecycle.KEPT, read("lifecycle", Lifecycle.KEPT)),
                template(Lifecycle.EXPIRED, withSnapshots(read("lifecycle", Lifecycle.EXPIRED))));
    }

    /** The fields that are keywords because the cluster has no type {@code wildcard}. */
    List<String> withoutWildcard() {
        if (abilities.wildcard()) {
            return List.of();
        }
        List<String> paths = new ArrayList<>();
        ObjectNode whole = read("component", FIELDS);
        replaceWildcards((ObjectNode) whole.at("/template/mappings/properties"), "", paths);
        return paths;
    }

    private ObjectNode fields() {
        ObjectNode whole = read("component", FIELDS);
        if (!abilities.wildcard()) {
            replaceWildcards((ObjectNode) whole.at("/template/mappings/properties"), "", new ArrayList<>());
        }
        return whole;
    }

    private ObjectNode withSettings(ObjectNode whole) {
        ObjectNode index = (ObjectNode) whole.at("/template/settings/index");
        index.put("number_of_shards", settings.shards());
        index.put(settings.followsNodes() ? "auto_expand_replicas" : "number_of_replicas", settings.replicas());
        index.put(REFRESH, settings.refreshInterval().toMillis() + "ms");
        return whole;
    }

    private ObjectNode withRefresh(ArchiveIndex index, ObjectNode whole) {
        if (index == ArchiveIndex.ALERTS) {
            settingsOf(whole)
                    .put("index." + REFRESH, settings.alertRefreshInterval().toMillis() + "ms");
        }
        return whole;
    }

    private ObjectNode withLifecycle(ObjectNode whole) {
        if (abilities.lifecycle()) {
            settingsOf(whole).put("index.lifecycle.name", Lifecycle.KEPT);
        }
        return whole;
    }

    private static ObjectNode settingsOf(ObjectNode whole) {
        return ((ObjectNode) whole.get("template")).withObjectProperty("settings");
    }

    private ObjectNode withSnapshots(ObjectNode whole) {
        if (retention.snapshotPolicy() != null) {
            ObjectNode actions = (ObjectNode) whole.at("/policy/phases/delete/actions");
            actions.putObject("wait_for_snapshot").put("policy", retention.snapshotPolicy());
        }
        return whole;
    }

    private static void replaceWildcards(ObjectNode properties, String parent, List<String> replaced) {
        properties.properties().forEach(entry -> {
            ObjectNode field = (ObjectNode) entry.getValue();
            String path = parent + entry.getKey();
            if ("wildcard".equals(field.path("type").stringValue(null))) {
                field.put("type", "keyword").put("ignore_above", 2048);
                replaced.add(path);
            }
            if (field.get("properties") instanceof ObjectNode inner) {
                replaceWildcards(inner, path + ".", replaced);
            }
        });
    }

    private static Template template(String name, ObjectNode whole) {
        String fingerprint = fingerprint(whole);
        JsonNode meta = whole.has("policy") ? whole.at("/policy/_meta") : whole.get("_meta");
        ((ObjectNode) meta).put(FINGERPRINT, fingerprint);
        return new Template(name, whole.toString(), fingerprint);
    }

    private static String fingerprint(JsonNode whole) {
        try {
            byte[] hash =
                    MessageDigest.getInstance("SHA-256").digest(whole.toString().getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java platform has SHA-256", e);
        }
    }

    private static ObjectNode read(String kind, String name) {
        String file = kind + "/" + name + ".json";
        try (InputStream in = TemplateFiles.class.getResourceAsStream(file)) {
            if (in == null) {
                throw new IllegalStateException("the program lacks its own file " + file);
            }
            return (ObjectNode) MAPPER.readTree(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * A template, ready to be sent.
     *
     * @param name its name in the cluster
     * @param json the request's body, the fingerprint in it
     * @param fingerprint of everything else in it
     */
    record Template(String name, String json, String fingerprint) {}
}
