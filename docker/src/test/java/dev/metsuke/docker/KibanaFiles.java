package dev.metsuke.docker;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The files that {@code docker/kibana/setup} sends. */
final class KibanaFiles {

    static final Path FOLDER = Path.of("kibana").toAbsolutePath();

    private static final JsonMapper MAPPER = new JsonMapper();
    private static final Pattern KQL_FIELD = Pattern.compile("([\\w@.]+) *(?::|>=|<=|>|<)");

    private KibanaFiles() {}

    /**
     * A line of the file {@code requests}.
     *
     * @param verb put, ensure or import
     * @param path where
     * @param file what, or {@code -}
     * @param make where it is made, for ensure; else empty
     */
    record Request(String verb, String path, String file, String make) {}

    static List<Request> requests() {
        return lines("requests")
                .filter(line -> !line.isBlank() && !line.startsWith("#"))
                .map(line -> line.split(" +", -1))
                .map(words -> new Request(words[0], words[1], words[2], words.length > 3 ? words[3] : ""))
                .toList();
    }

    /** By {@code type:id}, in the order of the file. */
    static Map<String, JsonNode> savedObjects() {
        Map<String, JsonNode> objects = new LinkedHashMap<>();
        lines("objects.ndjson").map(MAPPER::readTree).forEach(object -> {
            String key = key(object);
            if (objects.put(key, object) != null) {
                throw new IllegalStateException("objects.ndjson has " + key + " twice");
            }
        });
        return objects;
    }

    static String key(JsonNode named) {
        return named.path("type").asString() + ":" + named.path("id").asString();
    }

    static JsonNode json(String file) {
        return parse(lines(file).reduce("", (all, line) -> all + line + "\n"));
    }

    static JsonNode parse(String json) {
        return MAPPER.readTree(json);
    }

    /** The fields that a query in Kibana's query language names. */
    static List<String> fieldsOf(String query) {
        Matcher matcher = KQL_FIELD.matcher(query);
        return matcher.results().map(result -> result.group(1)).toList();
    }

    private static Stream<String> lines(String file) {
        try {
            return Files.readAllLines(FOLDER.resolve(file)).stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
