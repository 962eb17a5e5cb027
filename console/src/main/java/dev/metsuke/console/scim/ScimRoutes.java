package dev.metsuke.console.scim;

import com.unboundid.scim2.common.exceptions.BadRequestException;
import com.unboundid.scim2.common.exceptions.ScimException;
import com.unboundid.scim2.common.filters.Filter;
import com.unboundid.scim2.common.messages.ErrorResponse;
import com.unboundid.scim2.common.utils.FilterEvaluator;
import com.unboundid.scim2.common.utils.JsonUtils;
import dev.metsuke.console.access.Caller;
import dev.metsuke.console.access.Doorkeeper;
import dev.metsuke.console.access.Role;
import dev.metsuke.console.http.Answer;
import dev.metsuke.console.language.Text;
import dev.metsuke.console.publish.SerialWriter;
import dev.metsuke.console.publish.TopicContents;
import dev.metsuke.console.publish.WriteFailedException;
import dev.metsuke.events.account.DirectoryEntry;
import dev.metsuke.events.language.Language;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.Handler;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * SCIM 2.0 (RFC 7644) for an identity provider, with the role {@code provisioning}, under {@code /scim/v2}.
 *
 * <ul>
 *   <li>{@code GET /Users?filter=&startIndex=&count=}, {@code GET /Users/{id}}: those that the provider keeps, by any filter
 *   <li>{@code POST /Users}, {@code PUT /Users/{id}}: what the request does not say stays as the directory has it
 *   <li>{@code PATCH /Users/{id}}
 *   <li>{@code DELETE /Users/{id}}: switches the account off; the directory keeps whose it is
 *   <li>{@code GET /ServiceProviderConfig}, {@code /ResourceTypes}, {@code /Schemas}: what there is, and what not: groups, bulk
 *       operations, sorting, passwords
 * </ul>
 */
public final class ScimRoutes {

    private static final String MEDIA_TYPE = "application/scim+json; charset=utf-8";
    private static final String LIST = "urn:ietf:params:scim:api:messages:2.0:ListResponse";
    private static final String USERS = Doorkeeper.SCIM + "Users";
    private static final String USER = USERS + "/{id}";
    private static final int MOST_LISTED = 200;

    private final ScimUsers users;
    /** Under which providers reach it, without a slash at the end; null where each request says. */
    private final @Nullable String address;

    /** Serves nothing yet. */
    public ScimRoutes(
            SerialWriter writer,
            TopicContents contents,
            ScimSettings settings,
            InstantSource clock,
            @Nullable URI publicUrl) {
        users = new ScimUsers(writer, contents, settings.accounts(), clock);
        address = publicUrl == null ? null : publicUrl.toString().replaceAll("/+$", "");
    }

    public void addTo(RoutesConfig routes) {
        routes.get(USERS, answering(this::list), Role.PROVISIONING);
        routes.post(USERS, answering(this::create), Role.PROVISIONING);
        routes.get(USER, answering(request -> user(request, 200, users.find(id(request)))), Role.PROVISIONING);
        routes.put(USER, answering(this::replace), Role.PROVISIONING);
        routes.patch(USER, answering(this::patch), Role.PROVISIONING);
        routes.delete(USER, answering(this::delete), Role.PROVISIONING);
        for (String about : List.of("ServiceProviderConfig", "ResourceTypes", "Schemas")) {
            String json = resource(about);
            routes.get(
                    Doorkeeper.SCIM + about,
                    request -> request.contentType(MEDIA_TYPE).result(json),
                    Role.PROVISIONING);
        }
    }

    /** Does what a request asks for. */
    private interface Work {
        void answer(Context request) throws ScimException, WriteFailedException;
    }

    private static Handler answering(Work work) {
        return request -> {
            try {
                work.answer(request);
            } catch (ScimException e) {
                refuse(request, e.getScimError());
            } catch (WriteFailedException e) {
                ErrorResponse error = new ErrorResponse(503);
                error.setDetail(e.reason().in(Language.ENGLISH));
                refuse(request, error);
            }
        };
    }

    private void list(Context request) throws ScimException, WriteFailedException {
        String written = request.queryParam("filter");
        Filter filter = written == null || written.isBlank() ? null : Filter.fromString(written);
        int from = Math.max(1, number(request, "startIndex", 1));
        int count = Math.clamp(number(request, "count", MOST_LISTED), 0, MOST_LISTED);
        List<ObjectNode> found = new ArrayList<>();
        for (DirectoryEntry entry : users.all()) {
            ObjectNode node = node(request, entry);
            if (filter == null || FilterEvaluator.evaluate(filter, node)) {
                found.add(node);
            }
        }
        int begin = Math.min(from - 1, found.size());
        List<ObjectNode> page = found.subList(begin, Math.min(begin + count, found.size()));
        ObjectNode answer = JsonUtils.getJsonNodeFactory().objectNode();
        answer.putArray("schemas").add(LIST);
        answer.put("totalResults", found.size());
        answer.put("startIndex", from);
        answer.put("itemsPerPage", page.size());
        ArrayNode resources = answer.putArray("Resources");
        page.forEach(resources::add);
        json(request, 200, answer);
    }

    private void create(Context request) throws ScimException, WriteFailedException {
        ScimUser user = ScimUser.read(ScimPatch.object(request.bodyAsBytes()));
        user(request, 201, users.create(user, by(request)));
    }

    private void replace(Context request) throws ScimException, WriteFailedException {
        ScimUser user = ScimUser.read(ScimPatch.object(request.bodyAsBytes()));
        user(request, 200, users.change(id(request), _ -> user, false, by(request)));
    }

    private void patch(Context request) throws ScimException, WriteFailedException {
        ScimPatch patch = ScimPatch.read(ScimPatch.object(request.bodyAsBytes()));
        ScimUsers.Change change = known -> ScimUser.read(patch.applyTo(ScimUser.node(known)), known.name());
        user(request, 200, users.change(id(request), change, true, by(request)));
    }

    private void delete(Context request) throws ScimException, WriteFailedException {
        users.delete(id(request), by(request));
        request.status(204);
    }

    private static String id(Context request) {
        return request.pathParam("id");
    }

    private static String by(Context request) {
        return Caller.of(request).name();
    }

    private static int number(Context request, String name, int otherwise) throws BadRequestException {
        String written = request.queryParam(name);
        try {
            return written == null || written.isBlank() ? otherwise : Integer.parseInt(written.strip());
        } catch (NumberFormatException e) {
            throw BadRequestException.invalidValue(name + " is " + written + "; it must be a whole number");
        }
    }

    private void user(Context request, int status, DirectoryEntry entry) {
        ObjectNode node = node(request, entry);
        request.header("Location", node.path("meta").path("location").asString());
        json(request, status, node);
    }

    private ObjectNode node(Context request, DirectoryEntry entry) {
        String reached = address == null ? request.scheme() + "://" + request.header("Host") : address;
        ObjectNode node = ScimUser.node(entry);
        node.putObject("meta")
                .put("resourceType", "User")
                .put("location", reached + USERS + "/" + node.path("id").asString());
        return node;
    }

    private static void refuse(Context request, ErrorResponse error) {
        Answer.noteRefusal(request, Text.english(String.valueOf(error.getDetail())));
        json(request, error.getStatus(), JsonUtils.valueToNode(error));
    }

    private static void json(Context request, int status, JsonNode body) {
        request.status(status).contentType(MEDIA_TYPE).result(body.toString());
    }

    private static String resource(String name) {
        try (InputStream in = ScimRoutes.class.getResourceAsStream(name + ".json")) {
            return new String(Objects.requireNonNull(in, name).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
