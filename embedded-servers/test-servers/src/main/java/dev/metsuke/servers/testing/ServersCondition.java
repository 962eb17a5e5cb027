package dev.metsuke.servers.testing;

import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.testcontainers.DockerClientFactory;

/** Skips a suite only if containers are asked for and there is no Docker: an image that cannot be had is a failure. */
final class ServersCondition implements ExecutionCondition {

    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
        return switch (ServerKind.configured()) {
            case EMBEDDED -> ConditionEvaluationResult.enabled("embedded servers");
            case CONTAINER -> ofDocker(DockerClientFactory.instance().isDockerAvailable());
        };
    }

    static ConditionEvaluationResult ofDocker(boolean available) {
        return available
                ? ConditionEvaluationResult.enabled("servers in containers")
                : ConditionEvaluationResult.disabled(
                        "-Pdocker wants the servers in containers, and no Docker engine answers");
    }
}
