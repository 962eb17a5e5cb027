package dev.metsuke.servers.testing;

import java.util.Optional;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Skips, by the reason of the annotation, what needs embedded servers where there are containers. */
final class EmbeddedServersCondition implements ExecutionCondition {

    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
        return switch (ServerKind.configured()) {
            case EMBEDDED -> ConditionEvaluationResult.enabled("embedded servers");
            case CONTAINER ->
                context.getElement()
                        .flatMap(element -> Optional.ofNullable(element.getAnnotation(NeedsEmbeddedServers.class)))
                        .map(needs -> ConditionEvaluationResult.disabled("needs embedded servers: " + needs.value()))
                        .orElseGet(() -> ConditionEvaluationResult.enabled("not annotated itself"));
        };
    }
}
