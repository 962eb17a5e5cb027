package dev.metsuke.events.access;

import dev.metsuke.events.json.MalformedDocumentException;
import java.util.Collection;
import java.util.List;
import java.util.Set;

/** Reads some of the fields of events. The others are passed over, whatever they hold, and stay absent. */
public final class AccessEventReader {

    private final AccessEventDecoder.Node fields;

    private AccessEventReader(Collection<AccessEventField> fields) {
        this.fields = AccessEventDecoder.Node.tree(fields);
    }

    /**
     * Of these fields.
     *
     * @param paths dotted, as {@link AccessEventJson#fieldPaths} has them
     */
    public static AccessEventReader of(Set<String> paths) {
        List<AccessEventField> fields = AccessEventField.ALL.stream()
                .filter(field -> paths.contains(field.path()))
                .toList();
        if (fields.size() < paths.size()) {
            throw new IllegalArgumentException("not all of " + paths + " are an event's fields");
        }
        return new AccessEventReader(fields);
    }

    static AccessEventReader ofAll() {
        return new AccessEventReader(AccessEventField.ALL);
    }

    /**
     * Reads an event.
     *
     * @throws MalformedDocumentException where one of the fields is not what ECS says, or one is missing that no event can do
     *     without
     */
    public AccessEvent read(byte[] json) throws MalformedDocumentException {
        return AccessEventDecoder.decode(json, fields);
    }
}
