package dev.metsuke.console.scim;

import com.unboundid.scim2.common.exceptions.BadRequestException;
import com.unboundid.scim2.common.utils.JsonUtils;
import dev.metsuke.console.entry.EnteredText;
import dev.metsuke.console.language.Text;
import dev.metsuke.events.account.DirectoryEntry;
import dev.metsuke.events.account.Provisioned;
import dev.metsuke.events.language.Language;
import java.lang.Character.UnicodeScript;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What an identity provider says of a user, as far as the directory has a place for it (RFC 7643, sections 4.1 and 4.3); the rest is
 * passed over, as a provider sends what it is set up to send.
 *
 * @param userName of which the account's name is made
 * @param externalId what the provider calls the user by itself
 * @param active whether the account may be used; null where that is not said
 * @param name {@code displayName}, else {@code name.formatted}, else the name's parts together
 * @param email the primary one, else that for work, else the first
 * @param department {@code department} of the enterprise extension
 * @param person {@code employeeNumber} of the enterprise extension
 * @param employment {@code userType}
 */
record ScimUser(
        String userName,
        @Nullable String externalId,
        @Nullable Boolean active,
        @Nullable String name,
        @Nullable String email,
        @Nullable String department,
        @Nullable String person,
        @Nullable String employment) {

    static final String CORE = "urn:ietf:params:scim:schemas:core:2.0:User";
    static final String ENTERPRISE = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";

    private static final int LONGEST = 1_000;
    private static final Set<UnicodeScript> FAMILY_FIRST =
            Set.of(UnicodeScript.HAN, UnicodeScript.HIRAGANA, UnicodeScript.KATAKANA, UnicodeScript.HANGUL);

    /** A user that is sent whole. */
    static ScimUser read(ObjectNode user) throws BadRequestException {
        return read(user, null);
    }

    /**
     * A user in which some was changed.
     *
     * @param known what the directory calls the person; of several names the one that differs is the new one
     */
    static ScimUser read(ObjectNode user, @Nullable String known) throws BadRequestException {
        String userName = text(user, "userName");
        if (userName == null) {
            throw BadRequestException.invalidValue("userName is missing");
        }
        JsonNode enterprise = user.path(ENTERPRISE);
        ScimUser read = new ScimUser(
                userName,
                text(user, "externalId"),
                truth(user.get("active")),
                name(user, known),
                email(user.path("emails")),
                text(enterprise, "department"),
                text(enterprise, "employeeNumber"),
                text(user, "userType"));
        read.check();
        return read;
    }

    /** An account as the provider is shown it. */
    static ObjectNode node(DirectoryEntry entry) {
        Provisioned user = Objects.requireNonNull(entry.provisioned());
        ObjectNode node = JsonUtils.getJsonNodeFactory().objectNode();
        node.putArray("schemas").add(CORE).add(ENTERPRISE);
        node.put("id", user.id());
        putIfKnown(node, "externalId", user.externalId());
        node.put("userName", user.userName());
        node.put("active", user.state() == Provisioned.State.ACTIVE);
        putIfKnown(node, "displayName", entry.name());
        putIfKnown(node, "userType", entry.employment());
        if (entry.name() != null) {
            node.putObject("name").put("formatted", entry.name());
        }
        if (entry.email() != null) {
            node.putArray("emails")
                    .addObject()
                    .put("value", entry.email())
                    .put("type", "work")
                    .put("primary", true);
        }
        ObjectNode enterprise = node.putObject(ENTERPRISE);
        putIfKnown(enterprise, "employeeNumber", entry.person());
        putIfKnown(enterprise, "department", entry.department());
        return node;
    }

    private static void putIfKnown(ObjectNode node, String name, @Nullable String value) {
        if (value != null) {
            node.put(name, value);
        }
    }

    private void check() throws BadRequestException {
        checkName("userName", userName);
        checkName("externalId", externalId);
        checkName("displayName", name);
        checkName("emails", email);
        checkName("department", department);
        checkName("employeeNumber", person);
        checkName("userType", employment);
    }

    private static void checkName(String attribute, @Nullable String value) throws BadRequestException {
        if (value == null) {
            return;
        }
        Optional<Text> fault = value.length() > LONGEST
                ? Optional.of(Text.of("entry.too-long", value.length(), LONGEST))
                : EnteredText.faultOfName(value);
        if (fault.isPresent()) {
            throw BadRequestException.invalidValue(
                    attribute + ": " + fault.get().in(Language.ENGLISH));
        }
    }

    /** Some providers write truth as text, {@code "False"}. */
    private static @Nullable Boolean truth(@Nullable JsonNode value) throws BadRequestException {
        if (value == null || value.isNull()) {
            return null;
        }
        String written = value.asString("").toLowerCase(Locale.ROOT);
        if (!written.equals("true") && !written.equals("false")) {
            throw BadRequestException.invalidValue("active is " + value + "; it can be true or false");
        }
        return written.equals("true");
    }

    private static @Nullable String name(ObjectNode user, @Nullable String known) {
        String shown = text(user, "displayName");
        String formatted = text(user.path("name"), "formatted");
        if (shown != null && !shown.equals(known)) {
            return shown;
        }
        if (formatted != null && !formatted.equals(known)) {
            return formatted;
        }
        return known == null ? together(user.path("name")) : known;
    }

    /** Where names are written in Han, Kana or Hangul, the family's comes first. */
    private static @Nullable String together(JsonNode name) {
        String family = text(name, "familyName");
        String given = text(name, "givenName");
        if (family == null || given == null) {
            return family == null ? given : family;
        }
        boolean isFamilyFirst = family.codePoints().mapToObj(UnicodeScript::of).anyMatch(FAMILY_FIRST::contains);
        return isFamilyFirst ? family + " " + given : given + " " + family;
    }

    private static @Nullable String email(JsonNode emails) {
        if (!(emails instanceof ArrayNode all)) {
            return null;
        }
        List<JsonNode> given = all.valueStream().toList();
        return Stream.of(
                        given.stream().filter(email -> email.path("primary").asBoolean(false)),
                        given.stream().filter(email -> "work".equalsIgnoreCase(text(email, "type"))),
                        given.stream())
                .flatMap(some -> some)
                .map(email -> text(email, "value"))
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
    }

    private static @Nullable String text(JsonNode node, String name) {
        JsonNode value = node.path(name);
        return value.isValueNode() ? EnteredText.given(value.asString("")) : null;
    }
}
