package dev.metsuke.events.account;

import dev.metsuke.events.json.JsonDocument;
import dev.metsuke.events.json.Labelled;
import dev.metsuke.events.json.MalformedDocumentException;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * As which user an identity provider keeps an account (SCIM, RFC 7643).
 *
 * @param id of the user; the same whatever else of it changes
 * @param userName as the provider writes it, of which the account's name is made
 * @param externalId what the provider calls the user by itself
 * @param state how the user stands there
 */
public record Provisioned(
        String id, String userName, @Nullable String externalId, State state) {

    /** How a user stands. */
    public enum State implements Labelled {
        ACTIVE("active"),
        INACTIVE("inactive"),
        DELETED("deleted"),
        /** The user has another account's name now. */
        RENAMED("renamed");

        private final String label;

        State(String label) {
            this.label = label;
        }

        @Override
        public String label() {
            return label;
        }
    }

    /** Whether the account is the user's now. */
    public boolean isCurrent() {
        return state == State.ACTIVE || state == State.INACTIVE;
    }

    public Provisioned in(State other) {
        return new Provisioned(id, userName, externalId, other);
    }

    Map<String, @Nullable Object> members() {
        Map<String, @Nullable Object> members = new HashMap<>();
        members.put("id", id);
        members.put("user_name", userName);
        members.put("external_id", externalId);
        members.put("state", state.label());
        return members;
    }

    static @Nullable Provisioned from(JsonDocument entry) throws MalformedDocumentException {
        String id = entry.text("metsuke.directory.provisioned.id");
        return id == null
                ? null
                : new Provisioned(
                        id,
                        entry.requiredText("metsuke.directory.provisioned.user_name"),
                        entry.text("metsuke.directory.provisioned.external_id"),
                        entry.required("metsuke.directory.provisioned.state", State.class));
    }
}
