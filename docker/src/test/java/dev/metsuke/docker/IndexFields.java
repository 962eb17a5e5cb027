package dev.metsuke.docker;

import dev.metsuke.events.archive.ArchiveIndex;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The fields that the archive's index templates give each family of indices, with their types. */
final class IndexFields {

    private static final String TEMPLATES = "/dev/metsuke/archive/setup/";
    private static final JsonMapper MAPPER = new JsonMapper();

    private final Map<String, Map<String, String>> byPattern = new HashMap<>();

    IndexFields() {
        for (ArchiveIndex kind : ArchiveIndex.values()) {
            JsonNode template = read("index/" + kind.family() + ".json");
            Map<String, String> fields = new TreeMap<>();
            for (JsonNode component : template.path("composed_of")) {
                collect(read("component/" + component.asString() + ".json").at("/template/mappings"), "", fields);
            }
            collect(template.at("/template/mappings"), "", fields);
            byPattern.put(template.at("/index_patterns/0").asString(), fields);
        }
    }

    /** Type by name of the fields of the indices that match exactly this pattern; empty where no template has it. */
    Map<String, String> of(String pattern) {
        return byPattern.getOrDefault(pattern, Map.of());
    }

    private static void collect(JsonNode mapping, String parent, Map<String, String> fields) {
        for (String group : List.of("properties", "fields")) {
            mapping.path(group).properties().forEach(entry -> {
                String name = parent + entry.getKey();
                if (entry.getValue().has("type")) {
                    fields.put(name, entry.getValue().path("type").asString());
                }
                collect(entry.getValue(), name + ".", fields);
            });
        }
    }

    private static JsonNode read(String file) {
        try (InputStream in = IndexFields.class.getResourceAsStream(TEMPLATES + file)) {
            if (in == null) {
                throw new IllegalStateException("no template " + file);
            }
            return MAPPER.readTree(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
