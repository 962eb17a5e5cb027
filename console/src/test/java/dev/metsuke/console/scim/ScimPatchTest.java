package dev.metsuke.console.scim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.unboundid.scim2.common.exceptions.ScimException;
import dev.metsuke.events.account.AccountId;
import dev.metsuke.events.account.DirectoryEntry;
import dev.metsuke.events.account.Provisioned;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.node.ObjectNode;

/** Requests as Microsoft Entra ID and Okta document that they send them, and as RFC 7644 has them. */
class ScimPatchTest {

    private static final DirectoryEntry KNOWN = new DirectoryEntry(
            new AccountId("mori@example.jp"),
            "1003",
            "森 蓮",
            "mori@example.jp",
            "営業部",
            "regular",
            "night",
            null,
            new Provisioned("id-1", "mori@example.jp", "00u1", Provisioned.State.ACTIVE));

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"op\":\"replace\",\"path\":\"active\",\"value\":false}",
                "{\"op\":\"Replace\",\"path\":\"active\",\"value\":\"False\"}",
                "{\"op\":\"replace\",\"value\":{\"active\":false}}",
                "{\"op\":\"Replace\",\"value\":{\"Active\":\"False\",\"phoneNumbers\":[{\"value\":\"1\"}]}}",
                "{\"op\":\"add\",\"path\":\"urn:ietf:params:scim:schemas:core:2.0:User:active\",\"value\":false}",
                "{\"op\":\"Replace\",\"path\":\"addresses[type eq \\\"work\\\"].locality\",\"value\":\"東京\"},"
                        + "{\"op\":\"Replace\",\"path\":\"active\",\"value\":\"False\"}",
            })
    void switchesOffHoweverItIsAsked(String operations) throws ScimException {
        ScimUser user = patched(operations);

        assertThat(user.active()).isFalse();
        assertThat(user)
                .usingRecursiveComparison()
                .ignoringFields("active")
                .isEqualTo(patched("{\"op\":\"replace\",\"path\":\"active\",\"value\":true}"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:department | \"企画部\" | department=企画部,",
                "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User | {\"department\":\"企画部\"} |"
                        + " department=企画部,",
                "emails[type eq \"work\"].value | \"m@example.jp\" | email=m@example.jp,",
                "emails[primary eq true].value | \"m@example.jp\" | email=m@example.jp,",
                "emails | [{\"value\":\"m@example.jp\"}] | email=m@example.jp,",
                "emails[type eq \"home\"].value | \"m@example.jp\" | email=mori@example.jp,",
                "displayName | \"林 蓮\" | name=林 蓮,",
                "name.formatted | \"林 蓮\" | name=林 蓮,",
                "name.familyName | \"林\" | name=森 蓮,",
                "userName | \"hayashi@example.jp\" | userName=hayashi@example.jp,",
                "title | \"部長\" | name=森 蓮,",
                "externalId | null | externalId=null,",
            })
    void changesWhatIsNamed(String path, String value, String expected) throws ScimException {
        String operation =
                "{\"op\":\"Replace\",\"path\":\"%s\",\"value\":%s}".formatted(path.replace("\"", "\\\""), value);

        assertThat(patched(operation).toString()).contains(expected);
    }

    @Test
    void removesWhatIsNamed() throws ScimException {
        ScimUser user = patched(
                "{\"op\":\"Remove\",\"path\":\"urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:department\"},"
                    + "{\"op\":\"remove\",\"path\":\"userType\"},{\"op\":\"remove\",\"path\":\"emails\"},"
                    + "{\"op\":\"remove\",\"path\":\"photos\"}");

        assertThat(user.department()).isNull();
        assertThat(user.employment()).isNull();
        assertThat(user.email()).isNull();
        assertThat(user.person()).isEqualTo("1003");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"op\":\"move\",\"path\":\"active\"} | it can be add, replace, remove",
                "{\"op\":\"replace\",\"path\":\"active\",\"value\":\"off\"} | active is",
                "{\"op\":\"replace\",\"value\":\"x\"} | needs an object",
                "{\"op\":\"remove\",\"path\":\"userName\"} | userName is missing",
                "{\"op\":\"replace\",\"path\":\"displayName\",\"value\":\"a\\u0007\"} | displayName: ",
            })
    void refusesWhatCannotBe(String operation, String problem) {
        assertThatThrownBy(() -> patched(operation))
                .isInstanceOf(ScimException.class)
                .hasMessageContaining(problem);
    }

    @ParameterizedTest
    @CsvSource({
        "'\"displayName\":\"Mori Ren\",\"name\":{\"formatted\":\"x\"}', Mori Ren",
        "'\"name\":{\"formatted\":\"Mori Ren\",\"familyName\":\"y\"}', Mori Ren",
        "'\"name\":{\"familyName\":\"森\",\"givenName\":\"蓮\"}', 森 蓮",
        "'\"name\":{\"familyName\":\"Mori\",\"givenName\":\"Ren\"}', Ren Mori",
        "'\"name\":{\"givenName\":\"Ren\"}', Ren",
        "'\"title\":\"x\"', ",
    })
    void namesAPersonByWhatThereIs(String members, String name) throws ScimException {
        assertThat(ScimUser.read(object("{\"userName\":\"mori\"," + members + "}"))
                        .name())
                .isEqualTo(name);
    }

    @Test
    void takesThePrimaryAddressElseThatForWork() throws ScimException {
        String user =
                "{\"userName\":\"mori\",\"emails\":[{\"value\":\"h@x\",\"type\":\"home\"},{\"value\":\"w@x\",\"type\":\"work\"}%s]}";

        assertThat(ScimUser.read(object(user.formatted(""))).email()).isEqualTo("w@x");
        assertThat(ScimUser.read(object(user.formatted(",{\"value\":\"p@x\",\"primary\":true}")))
                        .email())
                .isEqualTo("p@x");
    }

    private static ScimUser patched(String operations) throws ScimException {
        ScimPatch patch = ScimPatch.read(object("{\"schemas\":[\"urn:ietf:params:scim:api:messages:2.0:PatchOp\"],"
                + "\"Operations\":[" + operations + "]}"));
        return ScimUser.read(patch.applyTo(ScimUser.node(KNOWN)), KNOWN.name());
    }

    private static ObjectNode object(String json) throws ScimException {
        return ScimRequest.object(json.getBytes(StandardCharsets.UTF_8));
    }
}
