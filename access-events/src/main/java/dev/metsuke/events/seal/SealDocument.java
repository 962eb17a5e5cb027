package dev.metsuke.events.seal;

import dev.metsuke.events.json.CanonicalJson;
import dev.metsuke.events.json.JsonDocument;
import dev.metsuke.events.json.MalformedDocumentException;
import java.util.Map;

/** The ECS document around what is signed, alike for all that stands in {@code metsuke.seals}. */
final class SealDocument {

    private SealDocument() {}

    /**
     * Canonical JSON of a record.
     *
     * @param action {@code event.action}
     * @param field the field below {@code metsuke} that holds it
     * @param members what is signed; the signature is put beside it
     */
    static byte[] write(SealRecord written, String action, String field, Map<String, Object> members) {
        members.put("signature", written.signature());
        return CanonicalJson.bytes(Map.of(
                "@timestamp", written.signedAt(),
                "event", Map.of("id", written.id(), "kind", "event", "action", action),
                "metsuke", Map.of(field, members)));
    }

    /** What is signed names its format; any other is refused. */
    static void requireFormat(JsonDocument document, String field, String expected) throws MalformedDocumentException {
        String path = "metsuke." + field + ".format";
        String format = document.requiredText(path);
        if (!format.equals(expected)) {
            throw new MalformedDocumentException(path + " is " + format + ", not " + expected);
        }
    }
}
