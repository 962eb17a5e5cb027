package dev.metsuke.archive.setup;

import static org.assertj.core.api.Assertions.assertThat;

import co.elastic.clients.elasticsearch.ElasticsearchClient;
import dev.metsuke.operations.search.ElasticsearchConnection;
import dev.metsuke.operations.search.ElasticsearchSettings;
import dev.metsuke.servers.testing.ScriptedNode;
import dev.metsuke.servers.testing.ScriptedNode.Answer;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class ArchiveSetupTest {

    @Test
    void namesTheKeyThatTheClusterRefuses() throws IOException {
        String asked = "Elasticsearch does not tell whether its templates are in place (HTTP status %d)";
        String key = "; check elasticsearch.api-key, and which privileges it has";

        assertThat(obstacleWhereAnswerIs(401)).isEqualTo(asked.formatted(401) + key);
        assertThat(obstacleWhereAnswerIs(403)).isEqualTo(asked.formatted(403) + key);
        assertThat(obstacleWhereAnswerIs(429)).isEqualTo(asked.formatted(429));
        assertThat(obstacleWhereAnswerIs(404)).endsWith("; run metsuke setup");
    }

    private static String obstacleWhereAnswerIs(int status) throws IOException {
        try (ScriptedNode node = ScriptedNode.start(_ -> new Answer(status, ""));
                ElasticsearchClient client = ElasticsearchConnection.open(ElasticsearchSettings.of(node.url()))) {
            return ArchiveSetup.obstacle(client).orElse("none");
        }
    }
}
