package dev.metsuke.servers.testing;

import dev.metsuke.servers.LoopbackPorts;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.testcontainers.containers.wait.strategy.Wait;
import org.testcontainers.containers.wait.strategy.WaitStrategy;
import org.testcontainers.elasticsearch.ElasticsearchContainer;

/** A search node in a container, without security as the embedded one. */
final class ContainerNode extends ContainerServer implements TestNode {

    private static final int PORT = 9200;

    private final URI url;

    private ContainerNode(ElasticsearchContainer container, WaitStrategy serving) {
        super(container, serving);
        url = URI.create("http://" + container.getHttpHostAddress());
    }

    static ContainerNode start() {
        WaitStrategy serving = Wait.forHttp("/_cluster/health?wait_for_status=yellow")
                .forPort(PORT)
                .withStartupTimeout(Duration.ofMinutes(2));
        ElasticsearchContainer container = new ElasticsearchContainer(
                        ServerImages.configured().elasticsearch())
                .withEnv("xpack.security.enabled", "false")
                .withEnv("cluster.routing.allocation.disk.threshold_enabled", "false")
                .withEnv("ES_JAVA_OPTS", "-Xms512m -Xmx512m")
                // There is none without security.
                .withCertPath("")
                .waitingFor(serving);
        container.setPortBindings(List.of(LoopbackPorts.anyFree() + ":" + PORT));
        container.start();
        return new ContainerNode(container, serving);
    }

    @Override
    public URI url() {
        return url;
    }
}
