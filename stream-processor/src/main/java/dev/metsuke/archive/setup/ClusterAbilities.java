package dev.metsuke.archive.setup;

import co.elastic.clients.elasticsearch.ElasticsearchClient;
import co.elastic.clients.elasticsearch._types.ElasticsearchException;
import co.elastic.clients.transport.endpoints.BinaryEndpoint;
import co.elastic.clients.transport.endpoints.BinaryResponse;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a cluster can do beyond the server's core.
 *
 * @param wildcard whether it has the field type {@code wildcard}
 * @param lifecycle whether it has index lifecycle management
 * @param because why what is missing is missing
 */
record ClusterAbilities(boolean wildcard, boolean lifecycle, String because) {

    private static final int FORBIDDEN = 403;

    /** The typed client wants fields that the answer to this question does not have. */
    private static final BinaryEndpoint<String> MODULES = new BinaryEndpoint<>(
            "es/nodes.info",
            question -> "GET",
            question -> "/_nodes/plugins",
            question -> Map.of(),
            question -> Map.of("filter_path", "nodes.*.modules.name"),
            question -> Map.of(),
            false,
            null);

    private static final JsonMapper MAPPER = new JsonMapper();

    /** Asks the cluster's nodes for their modules. */
    static ClusterAbilities of(ElasticsearchClient client) throws IOException {
        try (BinaryResponse answer = client._transport().performRequest("modules", MODULES, null);
                InputStream json = answer.content()) {
            return ofModules(onEveryNode(MAPPER.readTree(json)));
        } catch (ElasticsearchException e) {
            if (e.status() == FORBIDDEN) {
                return new ClusterAbilities(
                        false, false, "the API key may not ask what the nodes can do; give it the privilege monitor");
            }
            throw e;
        }
    }

    static ClusterAbilities ofModules(Set<String> modules) {
        return new ClusterAbilities(
                modules.contains("wildcard"), modules.contains("x-pack-ilm"), "this cluster has no such module");
    }

    static Set<String> onEveryNode(JsonNode answer) {
        Set<String> common = new HashSet<>();
        boolean first = true;
        for (JsonNode node : answer.path("nodes")) {
            Set<String> modules = new HashSet<>();
            node.path("modules")
                    .forEach(module -> modules.add(module.path("name").asString()));
            if (first) {
                common.addAll(modules);
                first = false;
            } else {
                common.retainAll(modules);
            }
        }
        return common;
    }
}
