package dev.metsuke.servers.testing;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.function.Function;

/**
 * Answers as a node of Elasticsearch would that a test wants and no real one gives when it is wanted: one that has no room, that found a
 * part only, or that falls silent.
 */
public final class ScriptedNode implements AutoCloseable {

    private static final String NO_HITS =
            "{\"took\":1,\"timed_out\":false,\"_shards\":{\"total\":0,\"successful\":0,\"failed\":0},"
                    + "\"hits\":{\"total\":{\"value\":0,\"relation\":\"eq\"},\"hits\":[]}}";
    private static final String A_MOMENT =
            "{\"id\":\"moment\",\"_shards\":{\"total\":1,\"successful\":1,\"skipped\":0,\"failed\":0},"
                    + "\"succeeded\":true,\"num_freed\":1}";

    private final HttpServer server;

    private ScriptedNode(HttpServer server) {
        this.server = server;
    }

    /**
     * What is asked.
     *
     * @param address path and query
     * @param body as it was sent
     */
    public record Question(URI address, String body) {

        public boolean isSearch() {
            return address.getPath().endsWith("_search");
        }
    }

    /**
     * What is answered.
     *
     * @param status HTTP's; {@link #SILENCE} has none
     * @param json the body; none where it is empty
     */
    public record Answer(int status, String json) {

        /** The question is taken, and never answered. */
        public static final Answer SILENCE = new Answer(0, "");

        public static Answer of(String json) {
            return new Answer(200, json);
        }
    }

    /** Starts on a free port of this machine; questions are answered one by one. */
    public static ScriptedNode start(Function<Question, Answer> script) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> answer(exchange, script));
        server.start();
        return new ScriptedNode(server);
    }

    /** As a node answers that has indices without documents: a search finds nothing, and a moment is opened and closed. */
    public static Answer ofEmptyArchive(Question question) {
        return Answer.of(question.isSearch() ? NO_HITS : A_MOMENT);
    }

    public URI url() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    private static void answer(HttpExchange exchange, Function<Question, Answer> script) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        Answer answer = script.apply(new Question(exchange.getRequestURI(), body));
        if (answer.equals(Answer.SILENCE)) {
            return;
        }
        try (exchange) {
            byte[] json = answer.json().getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().add("X-Elastic-Product", "Elasticsearch");
            exchange.getResponseHeaders().add("Content-Type", "application/json");
            exchange.sendResponseHeaders(answer.status(), json.length == 0 ? -1 : json.length);
            exchange.getResponseBody().write(json);
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
