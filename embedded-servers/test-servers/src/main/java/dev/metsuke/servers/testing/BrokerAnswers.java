package dev.metsuke.servers.testing;

import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.testcontainers.containers.ContainerLaunchException;
import org.testcontainers.containers.wait.strategy.AbstractWaitStrategy;

/** Waits until a client can ask for the brokers: a log has its lines of before a restart, and the port is open too early. */
final class BrokerAnswers extends AbstractWaitStrategy {

    private final int port;

    /** @param port of the container */
    BrokerAnswers(int port) {
        this.port = port;
    }

    @Override
    protected void waitUntilReady() {
        String address = waitStrategyTarget.getHost() + ":" + waitStrategyTarget.getMappedPort(port);
        Map<String, Object> properties = Map.of(
                "bootstrap.servers", address, "default.api.timeout.ms", Math.toIntExact(startupTimeout.toMillis()));
        try (Admin admin = Admin.create(properties)) {
            admin.describeCluster().nodes().get();
        } catch (ExecutionException failure) {
            throw new ContainerLaunchException("No broker answers at " + address + ".", failure);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new ContainerLaunchException("Interrupted while waiting for a broker.", interrupted);
        }
    }
}
