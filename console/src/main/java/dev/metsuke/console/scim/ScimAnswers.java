package dev.metsuke.console.scim;

import com.unboundid.scim2.common.messages.ErrorResponse;
import com.unboundid.scim2.common.utils.JsonUtils;
import dev.metsuke.console.http.Answer;
import dev.metsuke.console.language.Text;
import io.javalin.http.Context;
import java.net.URI;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Answers in SCIM's words (RFC 7644, sections 3.4.2 and 3.12). */
final class ScimAnswers {

    private static final String MEDIA_TYPE = "application/scim+json; charset=utf-8";
    private static final String LIST = "urn:ietf:params:scim:api:messages:2.0:ListResponse";

    /** Under which providers reach it, without a slash at the end; null where each request says. */
    private final @Nullable String address;

    ScimAnswers(@Nullable URI publicUrl) {
        address = publicUrl == null ? null : publicUrl.toString().replaceAll("/+$", "");
    }

    /**
     * A resource with where it can be asked for.
     *
     * @param endpoint of all its kind
     */
    ObjectNode located(Context request, ObjectNode resource, String resourceType, String endpoint) {
        String reached = address == null ? request.scheme() + "://" + request.header("Host") : address;
        resource.putObject("meta")
                .put("resourceType", resourceType)
                .put(
                        "location",
                        reached
                                + (resource.has("id")
                                        ? endpoint + "/" + resource.path("id").asString()
                                        : endpoint));
        return resource;
    }

    static void resource(Context request, int status, ObjectNode resource) {
        request.header("Location", resource.path("meta").path("location").asString());
        json(request, status, resource);
    }

    /**
     * Some of what was found.
     *
     * @param from the place of the first of them, from 1
     */
    static void page(Context request, List<ObjectNode> page, int from, int found) {
        ObjectNode answer = JsonUtils.getJsonNodeFactory().objectNode();
        answer.putArray("schemas").add(LIST);
        answer.put("totalResults", found);
        answer.put("startIndex", from);
        answer.put("itemsPerPage", page.size());
        ArrayNode resources = answer.putArray("Resources");
        page.forEach(resources::add);
        json(request, 200, answer);
    }

    static void refuse(Context request, ErrorResponse error) {
        Answer.noteRefusal(request, Text.english(String.valueOf(error.getDetail())));
        json(request, error.getStatus(), JsonUtils.valueToNode(error));
    }

    private static void json(Context request, int status, JsonNode body) {
        request.status(status).contentType(MEDIA_TYPE).result(body.toString());
    }
}
