package dev.metsuke.console.scim;

import com.unboundid.scim2.common.Path;
import com.unboundid.scim2.common.exceptions.BadRequestException;
import com.unboundid.scim2.common.exceptions.ScimException;
import com.unboundid.scim2.common.messages.PatchOpType;
import com.unboundid.scim2.common.messages.PatchOperation;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Changes a user as a provider asks (RFC 7644, section 3.5.2). What providers send beyond that is taken as they mean it: operations in
 * capitals, several attributes under one operation without a path, an extension's attributes by its URN. What concerns attributes that
 * the directory has no place for changes nothing, so that it holds up nothing: an account must be switched off whatever else stands in the
 * request.
 */
final class ScimPatch {

    private static final Set<String> KEPT =
            Set.of("username", "externalid", "active", "displayname", "usertype", "name", "emails");
    private static final Set<String> KEPT_OF_ENTERPRISE = Set.of("employeenumber", "department");
    private static final String EMAILS = "emails";

    private final List<Change> changes;

    private ScimPatch(List<Change> changes) {
        this.changes = List.copyOf(changes);
    }

    /** One attribute of an operation. */
    private record Change(PatchOpType type, Path path, JsonNode value) {}

    static ScimPatch read(ObjectNode request) throws BadRequestException {
        if (!(request.path("Operations") instanceof ArrayNode operations) || operations.isEmpty()) {
            throw BadRequestException.invalidSyntax("Operations are missing");
        }
        List<Change> changes = new ArrayList<>();
        for (JsonNode operation : operations) {
            PatchOpType type = type(operation.path("op").asString(""));
            JsonNode path = operation.get("path");
            collect(type, path == null || path.isNull() ? null : path.asString(), operation.path("value"), changes);
        }
        return new ScimPatch(changes);
    }

    private static PatchOpType type(String written) throws BadRequestException {
        for (PatchOpType type : PatchOpType.values()) {
            if (type.getStringValue().equalsIgnoreCase(written)) {
                return type;
            }
        }
        throw BadRequestException.invalidSyntax("op is " + written + "; it can be add, replace, remove");
    }

    private static void collect(PatchOpType type, @Nullable String path, JsonNode value, List<Change> changes)
            throws BadRequestException {
        String named = path == null || path.equalsIgnoreCase(ScimUser.CORE) ? "" : withoutCore(path);
        if (named.isEmpty() || named.equalsIgnoreCase(ScimUser.ENTERPRISE)) {
            if (!(value instanceof ObjectNode members)) {
                throw BadRequestException.invalidSyntax("an operation without a path needs an object as its value");
            }
            String parent = named.isEmpty() ? "" : ScimUser.ENTERPRISE + ":";
            for (var member : members.properties()) {
                collect(type, parent + member.getKey(), member.getValue(), changes);
            }
            return;
        }
        Path read = Path.fromString(named);
        if (isKept(read)) {
            boolean isNothing = value.isNull() || value.isMissingNode();
            changes.add(new Change(isNothing ? PatchOpType.REMOVE : type, read, value));
        }
    }

    private static String withoutCore(String path) {
        String prefix = ScimUser.CORE + ":";
        return path.regionMatches(true, 0, prefix, 0, prefix.length()) ? path.substring(prefix.length()) : path;
    }

    private static boolean isKept(Path path) {
        if (path.isRoot()) {
            return false;
        }
        String attribute = path.getElement(0).getAttribute().toLowerCase(Locale.ROOT);
        String schema = path.getSchemaUrn();
        return schema == null
                ? KEPT.contains(attribute)
                : schema.equalsIgnoreCase(ScimUser.ENTERPRISE) && KEPT_OF_ENTERPRISE.contains(attribute);
    }

    /** The user as it is to be. */
    ObjectNode applyTo(ObjectNode user) throws ScimException {
        ObjectNode changed = user.deepCopy();
        if (!changed.has(EMAILS)) {
            // So that there is one to be changed, by whatever filter.
            changed.putArray(EMAILS).addObject().put("type", "work").put("primary", true);
        }
        for (Change change : changes) {
            apply(change, changed);
        }
        return changed;
    }

    private static void apply(Change change, ObjectNode user) throws ScimException {
        try {
            operation(change).apply(user);
        } catch (BadRequestException e) {
            // Another address than the one that is kept, or what is not there.
            boolean isElsewhere = change.type() == PatchOpType.REMOVE
                    || change.path().getElement(0).getAttribute().equalsIgnoreCase(EMAILS);
            if (!isElsewhere
                    || !BadRequestException.NO_TARGET.equals(e.getScimError().getScimType())) {
                throw e;
            }
        }
    }

    private static PatchOperation operation(Change change) {
        return change.type() == PatchOpType.REMOVE
                ? PatchOperation.remove(change.path())
                : PatchOperation.create(change.type(), change.path(), change.value());
    }
}
