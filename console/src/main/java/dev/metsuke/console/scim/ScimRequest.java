package dev.metsuke.console.scim;

import com.unboundid.scim2.common.exceptions.BadRequestException;
import com.unboundid.scim2.common.utils.JsonUtils;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.node.ObjectNode;

/** Reads what providers send. */
final class ScimRequest {

    private ScimRequest() {}

    /** Attributes are found in whatever case (RFC 7643, section 2.1). */
    static ObjectNode object(byte[] body) throws BadRequestException {
        try {
            if (JsonUtils.getObjectReader().readTree(body) instanceof ObjectNode object) {
                return object;
            }
        } catch (JacksonException e) {
            throw BadRequestException.invalidSyntax("not JSON: " + e.getOriginalMessage());
        }
        throw BadRequestException.invalidSyntax("the body is no JSON object");
    }
}
