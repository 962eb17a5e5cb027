package dev.metsuke.operations.http;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;

/** Serves {@code /live}, {@code /ready} and {@code /metrics} for parts that have no pages of their own. */
public final class OperationsServer implements AutoCloseable {

    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    private OperationsServer(HttpServer server) {
        this.server = server;
    }

    /**
     * Binds and serves.
     *
     * @param settings where to listen
     * @param endpoints what to answer
     * @throws IOException where the address cannot be bound; the message names it
     */
    public static OperationsServer start(OperationsSettings settings, OperationsEndpoints endpoints)
            throws IOException {
        InetSocketAddress address = new InetSocketAddress(settings.host(), settings.port());
        HttpServer http;
        try {
            http = HttpServer.create(address, 0);
        } catch (IOException e) {
            throw new IOException(
                    "cannot listen on " + settings.host() + ":" + settings.port()
                            + " for /live, /ready and /metrics (" + e.getMessage()
                            + "); set operations.port to a free port or 0, and operations.host to an address of this"
                            + " machine",
                    e);
        }
        OperationsServer server = new OperationsServer(http);
        http.setExecutor(server.threads);
        server.serve("/live", endpoints::live);
        server.serve("/ready", endpoints::ready);
        server.serve("/metrics", endpoints::metrics);
        http.start();
        return server;
    }

    public URI address() {
        InetSocketAddress bound = server.getAddress();
        return URI.create("http://" + bound.getHostString() + ":" + bound.getPort());
    }

    @Override
    public void close() {
        server.stop(0);
        threads.close();
    }

    private void serve(String path, Supplier<OperationsEndpoints.Answer> answer) {
        server.createContext(path, exchange -> {
            try (exchange) {
                send(exchange, path, answer);
            }
        });
    }

    private static void send(HttpExchange exchange, String path, Supplier<OperationsEndpoints.Answer> answer)
            throws IOException {
        boolean isHead = exchange.getRequestMethod().equals("HEAD");
        boolean known = exchange.getRequestURI().getPath().equals(path)
                && (isHead || exchange.getRequestMethod().equals("GET"));
        OperationsEndpoints.Answer response =
                known ? answer.get() : new OperationsEndpoints.Answer(404, "text/plain; charset=utf-8", "not here\n");
        byte[] body = response.body().getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", response.contentType());
        if (isHead) {
            exchange.getResponseHeaders().set("Content-Length", Integer.toString(body.length));
            exchange.sendResponseHeaders(response.status(), -1);
        } else {
            exchange.sendResponseHeaders(response.status(), body.length);
            exchange.getResponseBody().write(body);
        }
    }
}
