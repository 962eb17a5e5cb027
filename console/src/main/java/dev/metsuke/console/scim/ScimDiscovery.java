package dev.metsuke.console.scim;

import com.unboundid.scim2.common.exceptions.ForbiddenException;
import com.unboundid.scim2.common.exceptions.ResourceNotFoundException;
import com.unboundid.scim2.common.exceptions.ScimException;
import com.unboundid.scim2.common.utils.JsonUtils;
import dev.metsuke.console.access.Doorkeeper;
import io.javalin.http.Context;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * One kind of what a provider may ask about the endpoint itself (RFC 7644, section 4); it stands in a resource of that kind's name.
 *
 * @param endpoint where it is asked for
 * @param resourceType what each of them is
 * @param resources all that there are
 */
record ScimDiscovery(ScimAnswers answers, String endpoint, String resourceType, List<ObjectNode> resources) {

    ScimDiscovery {
        resources = List.copyOf(resources);
    }

    static ScimDiscovery of(ScimAnswers answers, String kind, String resourceType) {
        JsonNode written = read(kind);
        List<ObjectNode> resources = new ArrayList<>();
        for (JsonNode resource : written.isArray() ? written : List.of(written)) {
            resources.add((ObjectNode) resource);
        }
        return new ScimDiscovery(answers, Doorkeeper.SCIM + kind, resourceType, resources);
    }

    /** Of a kind of which there is one. */
    void only(Context request) throws ScimException {
        refuseFilter(request);
        ScimAnswers.resource(request, 200, located(request, resources.getFirst()));
    }

    void all(Context request) throws ScimException {
        refuseFilter(request);
        List<ObjectNode> page =
                resources.stream().map(resource -> located(request, resource)).toList();
        ScimAnswers.page(request, page, 1, page.size());
    }

    void one(Context request, String id) throws ScimException {
        refuseFilter(request);
        ObjectNode found = resources.stream()
                .filter(resource -> resource.path("id").asString().equalsIgnoreCase(id))
                .findFirst()
                .orElseThrow(() -> new ResourceNotFoundException("there is no " + resourceType + " " + id));
        ScimAnswers.resource(request, 200, located(request, found));
    }

    /** The protocol wants it so, lest an answer with more than was asked for be taken for what was. */
    private static void refuseFilter(Context request) throws ForbiddenException {
        if (request.queryParam("filter") != null) {
            throw new ForbiddenException("what the endpoint can do is answered as a whole, without a filter");
        }
    }

    private ObjectNode located(Context request, ObjectNode resource) {
        return answers.located(request, resource.deepCopy(), resourceType, endpoint);
    }

    private static JsonNode read(String kind) {
        try (InputStream in = ScimDiscovery.class.getResourceAsStream(kind + ".json")) {
            return JsonUtils.getObjectReader().readTree(Objects.requireNonNull(in, kind));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
