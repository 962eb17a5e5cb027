package dev.metsuke.events.evidence;

import dev.metsuke.events.json.JsonDocument;
import dev.metsuke.events.json.MalformedDocumentException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a bundle says of itself. Nobody signed it.
 *
 * @param events how many it lists; null where it does not say
 * @param asked what was asked for, by name, in the order in which people read it
 */
public record EvidenceManifest(@Nullable Long events, Map<String, String> asked) {

    /** As {@code metsuke export} writes them. */
    private static final List<String> ASKED =
            List.of("query", "stream", "account", "dataset", "from", "until", "zone", "created");

    public EvidenceManifest {
        asked = Collections.unmodifiableMap(new LinkedHashMap<>(asked));
    }

    static EvidenceManifest read(byte[] json) throws MalformedDocumentException {
        try {
            JsonDocument manifest = JsonDocument.parse(json);
            String format = manifest.requiredText("format");
            if (!format.equals(EvidenceWriter.FORMAT)) {
                throw new MalformedDocumentException("its format is " + format + ", not " + EvidenceWriter.FORMAT);
            }
            Map<String, String> asked = new LinkedHashMap<>();
            for (String name : ASKED) {
                String text = manifest.text(name);
                if (text != null) {
                    asked.put(name, text);
                }
            }
            return new EvidenceManifest(manifest.integer("events"), asked);
        } catch (MalformedDocumentException e) {
            throw new MalformedDocumentException(EvidenceWriter.MANIFEST + ": " + e.getMessage(), e);
        }
    }
}
