package dev.metsuke.servers.testing;

import com.github.dockerjava.api.command.WaitContainerResultCallback;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.wait.strategy.WaitStrategy;

/** A container that can be killed and started again; its port is chosen before, since Docker would give it another. */
abstract class ContainerServer implements TestServer {

    private final GenericContainer<?> container;
    private final WaitStrategy serving;

    ContainerServer(GenericContainer<?> container, WaitStrategy serving) {
        this.container = container;
        this.serving = serving;
    }

    @Override
    public void kill() {
        String id = container.getContainerId();
        container.getDockerClient().killContainerCmd(id).exec();
        container
                .getDockerClient()
                .waitContainerCmd(id)
                .exec(new WaitContainerResultCallback())
                .awaitStatusCode();
    }

    @Override
    public void restart() {
        container
                .getDockerClient()
                .startContainerCmd(container.getContainerId())
                .exec();
        serving.waitUntilReady(container);
    }

    @Override
    public void close() {
        container.stop();
    }
}
