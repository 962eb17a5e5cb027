package dev.metsuke.console.policy;

import dev.metsuke.console.access.Role;
import dev.metsuke.console.http.Answer;
import dev.metsuke.console.http.QueryParameters;
import dev.metsuke.console.language.Text;
import dev.metsuke.console.publish.TopicContents;
import dev.metsuke.console.publish.WriteFailedException;
import dev.metsuke.events.policy.PublishedPolicies;
import dev.metsuke.events.policy.PublishedPolicy;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What officers and auditors read of the published policies, from Kafka.
 *
 * <ul>
 *   <li>{@code GET /api/policies}: {@code {"policies": [{"version", "published_at", "published_by", "note"}]}}, the one in force first
 *   <li>{@code GET /api/policy?version=&against=}: {@code {"version", "published_at", "published_by", "note", "in_force",
 *       "yaml", "against", "lines": [{"change", "text"}]}} of that version, or else of the one in force. {@code lines} are
 *       those of both texts, {@code kept}, {@code removed} or {@code added}; null without {@code against}, and where the texts
 *       are too long to be compared. 404 for a version that nobody published
 * </ul>
 */
public final class PolicyRoutes {

    private static final List<String> PARAMETERS = List.of("version", "against");

    private final TopicContents contents;

    public PolicyRoutes(TopicContents contents) {
        this.contents = contents;
    }

    public void addTo(RoutesConfig routes) {
        routes.get("/api/policies", this::list, Role.OFFICER, Role.AUDITOR);
        routes.get("/api/policy", this::show, Role.OFFICER, Role.AUDITOR);
    }

    private void list(Context request) {
        try {
            List<Map<String, @Nullable Object>> newestFirst =
                    PolicyNames.published(contents).inOrder().reversed().stream()
                            .map(PolicyRoutes::members)
                            .toList();
            Answer.json(request, 200, Map.of("policies", newestFirst));
        } catch (WriteFailedException e) {
            Answer.refuse(request, 503, e.reason());
        }
    }

    private void show(Context request) {
        QueryParameters asked = new QueryParameters(request, PARAMETERS);
        if (!asked.problems().isEmpty()) {
            Answer.refuse(request, 400, asked.problems());
            return;
        }
        try {
            show(request, asked, PolicyNames.published(contents));
        } catch (WriteFailedException e) {
            Answer.refuse(request, 503, e.reason());
        }
    }

    private static void show(Context request, QueryParameters asked, PublishedPolicies policies) {
        String version = asked.given("version");
        Optional<PublishedPolicy> found = version == null ? policies.inForce() : policies.called(version);
        String other = asked.given("against");
        Optional<PublishedPolicy> against = Optional.ofNullable(other).flatMap(policies::called);
        if (found.isEmpty()) {
            Answer.refuse(request, 404, version == null ? Text.of("policy.none") : Text.of("policy.unknown", version));
        } else if (other != null && against.isEmpty()) {
            Answer.refuse(request, 404, Text.of("policy.unknown", other));
        } else {
            Answer.json(request, 200, members(found.get(), policies, against));
        }
    }

    private static Map<String, @Nullable Object> members(
            PublishedPolicy policy, PublishedPolicies policies, Optional<PublishedPolicy> against) {
        Map<String, @Nullable Object> members = members(policy);
        members.put("in_force", policies.inForce().filter(policy::equals).isPresent());
        members.put("yaml", policy.yaml());
        members.put("against", against.map(PublishedPolicy::version).orElse(null));
        members.put(
                "lines",
                against.flatMap(other -> LineChanges.between(other.yaml(), policy.yaml()))
                        .map(lines -> lines.stream()
                                .map(line -> Map.of("change", line.change().label(), "text", line.text()))
                                .toList())
                        .orElse(null));
        return members;
    }

    private static Map<String, @Nullable Object> members(PublishedPolicy policy) {
        Map<String, @Nullable Object> members = Answer.body();
        members.put("version", policy.version());
        members.put("published_at", policy.publishedAt().toString());
        members.put("published_by", policy.publishedBy());
        members.put("note", policy.note());
        return members;
    }
}
