package dev.metsuke.operations.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.metsuke.operations.metrics.Metrics;
import dev.metsuke.operations.part.Condition;
import dev.metsuke.operations.part.Part;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class OperationsServerTest {

    private final SettablePart part = new SettablePart();
    private final Metrics metrics = new Metrics();
    private final HttpClient http = HttpClient.newHttpClient();
    private OperationsServer server;

    @BeforeEach
    void start() throws IOException {
        server = OperationsServer.start(
                new OperationsSettings("127.0.0.1", 0), new OperationsEndpoints(List.of(part), metrics));
    }

    @AfterEach
    void stop() {
        server.close();
        http.close();
        metrics.close();
    }

    @Test
    void namesTheSettingsOfAnAddressThatCannotBeHad() {
        int taken = server.address().getPort();
        OperationsEndpoints endpoints = new OperationsEndpoints(List.of(part), metrics);

        assertThatThrownBy(() -> OperationsServer.start(new OperationsSettings("127.0.0.1", taken), endpoints))
                .hasMessageContaining("cannot listen on 127.0.0.1:" + taken)
                .hasMessageContaining("operations.port");
        assertThatThrownBy(() -> OperationsServer.start(new OperationsSettings("nobody.invalid", 0), endpoints))
                .hasMessageContaining("cannot listen on nobody.invalid:0")
                .hasMessageContaining("operations.host");
    }

    @Test
    void isReadyOnlyWhenEveryPartRuns() throws Exception {
        part.condition = new Condition.Waiting("no broker at 127.0.0.1:9092");
        HttpResponse<String> waiting = get("/ready");
        part.condition = new Condition.Running();
        HttpResponse<String> running = get("/ready");

        assertThat(waiting.statusCode()).isEqualTo(503);
        assertThat(waiting.body()).isEqualTo("sample waiting: no broker at 127.0.0.1:9092\n");
        assertThat(running.statusCode()).isEqualTo(200);
        assertThat(running.body()).isEqualTo("sample running\n");
    }

    @Test
    void isLiveUntilAPartHasFailed() throws Exception {
        part.condition = new Condition.Waiting("no broker");
        HttpResponse<String> waiting = get("/live");
        part.condition = new Condition.Failed("fenced off");
        HttpResponse<String> failed = get("/live");

        assertThat(waiting.statusCode()).isEqualTo(200);
        assertThat(failed.statusCode()).isEqualTo(503);
    }

    @Test
    void answersToHeadAsToGetWithoutABody() throws Exception {
        part.condition = new Condition.Waiting("no broker");
        HttpRequest probe = HttpRequest.newBuilder(server.address().resolve("/ready"))
                .HEAD()
                .build();

        HttpResponse<String> waiting = http.send(probe, HttpResponse.BodyHandlers.ofString());

        assertThat(waiting.statusCode()).isEqualTo(503);
        assertThat(waiting.headers().firstValueAsLong("Content-Length"))
                .hasValue(get("/ready").body().length());
        assertThat(waiting.body()).isEmpty();
    }

    @Test
    void servesMetersInPrometheusFormat() throws Exception {
        metrics.registry().counter("metsuke.sample.lines", "source", "crm").increment(3);

        HttpResponse<String> response = get("/metrics");

        assertThat(response.body()).contains("metsuke_sample_lines_total{source=\"crm\"} 3.0", "jvm_memory_used_bytes");
        assertThat(metrics.total("metsuke.sample.lines")).isEqualTo(3);
    }

    @Test
    void tellsAmongTheMetersWhetherAPartIsAtWork() throws Exception {
        metrics.watch(part);
        part.condition = new Condition.Waiting("no broker");
        String waiting = get("/metrics").body();
        part.condition = new Condition.Running();
        String running = get("/metrics").body();

        assertThat(waiting).contains("metsuke_part_running{part=\"sample\"} 0.0");
        assertThat(running).contains("metsuke_part_running{part=\"sample\"} 1.0");
    }

    @Test
    void answersNothingElse() throws Exception {
        assertThat(get("/live/more").statusCode()).isEqualTo(404);
        assertThat(get("/").statusCode()).isEqualTo(404);
    }

    @Test
    void namesTheSettingWhenThePortIsTaken() {
        OperationsSettings taken =
                new OperationsSettings("127.0.0.1", server.address().getPort());

        assertThatThrownBy(() -> OperationsServer.start(taken, new OperationsEndpoints(List.of(part), metrics)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("127.0.0.1:" + taken.port())
                .hasMessageContaining("operations.port");
    }

    @Test
    void probeTellsAWellPartFromAFailedOneAndFromNone() {
        part.condition = new Condition.Running();
        HealthProbe.Finding well = HealthProbe.ask(server.address().resolve("/live"));
        part.condition = new Condition.Failed("fenced off");
        HealthProbe.Finding failed = HealthProbe.ask(server.address().resolve("/live"));
        server.close();
        HealthProbe.Finding gone = HealthProbe.ask(server.address().resolve("/live"));

        assertThat(well).isEqualTo(new HealthProbe.Finding(true, "sample running"));
        assertThat(failed).isEqualTo(new HealthProbe.Finding(false, "sample failed: fenced off"));
        assertThat(gone.well()).isFalse();
        assertThat(gone.says()).contains("/live does not answer");
    }

    private HttpResponse<String> get(String path) throws Exception {
        return http.send(
                HttpRequest.newBuilder(server.address().resolve(path)).build(), HttpResponse.BodyHandlers.ofString());
    }

    private static final class SettablePart implements Part {

        private volatile Condition condition = new Condition.Starting();

        @Override
        public String name() {
            return "sample";
        }

        @Override
        public void start() {
            condition = new Condition.Running();
        }

        @Override
        public Condition condition() {
            return condition;
        }

        @Override
        public void close() {
            condition = new Condition.Stopped();
        }
    }
}
