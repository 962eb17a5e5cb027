package dev.metsuke.console.scim;

import com.unboundid.scim2.common.exceptions.BadRequestException;
import com.unboundid.scim2.common.exceptions.ScimException;
import com.unboundid.scim2.common.filters.Filter;
import com.unboundid.scim2.common.messages.ErrorResponse;
import com.unboundid.scim2.common.utils.FilterEvaluator;
import dev.metsuke.console.access.Caller;
import dev.metsuke.console.access.Doorkeeper;
import dev.metsuke.console.access.Role;
import dev.metsuke.console.publish.SerialWriter;
import dev.metsuke.console.publish.TopicContents;
import dev.metsuke.console.publish.WriteFailedException;
import dev.metsuke.events.account.DirectoryEntry;
import dev.metsuke.events.language.Language;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.Handler;
import java.net.URI;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * SCIM 2.0 (RFC 7644) for an identity provider, with the role {@code provisioning}, under {@code /scim/v2}.
 *
 * <ul>
 *   <li>{@code GET /Users?filter=&startIndex=&count=}, {@code GET /Users/{id}}: those that the provider keeps, by any filter
 *   <li>{@code POST /Users}, {@code PUT /Users/{id}}: what the request does not say stays as the directory has it
 *   <li>{@code PATCH /Users/{id}}
 *   <li>{@code DELETE /Users/{id}}: switches the account off; the directory keeps whose it is
 *   <li>{@code GET /ServiceProviderConfig}, {@code /ResourceTypes}, {@code /ResourceTypes/{id}}, {@code /Schemas}, {@code
 *       /Schemas/{id}}: what there is, and what not: groups, bulk operations, sorting, passwords
 * </ul>
 */
public final class ScimRoutes {

    private static final String USERS = Doorkeeper.SCIM + "Users";
    private static final String USER = USERS + "/{id}";
    private static final int MOST_LISTED = 200;

    private final ScimUsers users;
    private final ScimAnswers answers;

    /** Serves nothing yet. */
    public ScimRoutes(
            SerialWriter writer,
            TopicContents contents,
            ScimSettings settings,
            InstantSource clock,
            @Nullable URI publicUrl) {
        users = new ScimUsers(writer, contents, settings.accounts(), clock);
        answers = new ScimAnswers(publicUrl);
    }

    public void addTo(RoutesConfig routes) {
        routes.get(USERS, answering(this::list), Role.PROVISIONING);
        routes.post(USERS, answering(this::create), Role.PROVISIONING);
        routes.get(USER, answering(request -> user(request, 200, users.find(id(request)))), Role.PROVISIONING);
        routes.put(USER, answering(this::replace), Role.PROVISIONING);
        routes.patch(USER, answering(this::patch), Role.PROVISIONING);
        routes.delete(USER, answering(this::delete), Role.PROVISIONING);
        ScimDiscovery config = ScimDiscovery.of(answers, "ServiceProviderConfig", "ServiceProviderConfig");
        routes.get(config.endpoint(), answering(config::only), Role.PROVISIONING);
        for (ScimDiscovery kind : List.of(
                ScimDiscovery.of(answers, "ResourceTypes", "ResourceType"),
                ScimDiscovery.of(answers, "Schemas", "Schema"))) {
            routes.get(kind.endpoint(), answering(kind::all), Role.PROVISIONING);
            routes.get(
                    kind.endpoint() + "/{id}", answering(request -> kind.one(request, id(request))), Role.PROVISIONING);
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
                ScimAnswers.refuse(request, e.getScimError());
            } catch (WriteFailedException e) {
                ErrorResponse error = new ErrorResponse(503);
                error.setDetail(e.reason().in(Language.ENGLISH));
                ScimAnswers.refuse(request, error);
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
        ScimAnswers.page(request, page, from, found.size());
    }

    private void create(Context request) throws ScimException, WriteFailedException {
        ScimUser user = ScimUser.read(ScimRequest.object(request.bodyAsBytes()));
        user(request, 201, users.create(user, by(request)));
    }

    private void replace(Context request) throws ScimException, WriteFailedException {
        ScimUser user = ScimUser.read(ScimRequest.object(request.bodyAsBytes()));
        user(request, 200, users.change(id(request), _ -> user, false, by(request)));
    }

    private void patch(Context request) throws ScimException, WriteFailedException {
        ScimPatch patch = ScimPatch.read(ScimRequest.object(request.bodyAsBytes()));
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
        ScimAnswers.resource(request, status, node(request, entry));
    }

    private ObjectNode node(Context request, DirectoryEntry entry) {
        return answers.located(request, ScimUser.node(entry), "User", USERS);
    }
}
