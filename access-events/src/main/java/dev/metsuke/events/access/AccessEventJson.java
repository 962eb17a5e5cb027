package dev.metsuke.events.access;

import dev.metsuke.events.json.MalformedDocumentException;
import java.util.List;

/** An event as canonical ECS JSON, and back from any ECS JSON. */
public final class AccessEventJson {

    private static final AccessEventReader ALL_FIELDS = AccessEventReader.ofAll();

    private AccessEventJson() {}

    /** Every field that {@link #encode} can write, dotted. */
    public static List<String> fieldPaths() {
        return AccessEventField.ALL.stream().map(AccessEventField::path).toList();
    }

    public static byte[] encode(AccessEvent event) {
        AccessEventWriter writer = new AccessEventWriter();
        writer.write(event, event.integrity());
        return writer.toByteArray();
    }

    /**
     * Reads an event; fields that are not Metsuke's are passed over.
     *
     * @throws MalformedDocumentException where a field is missing or is not what ECS says
     */
    public static AccessEvent decode(byte[] json) throws MalformedDocumentException {
        return ALL_FIELDS.read(json);
    }
}
