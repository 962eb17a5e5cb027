package dev.metsuke.console.publish;

import dev.metsuke.events.integrity.ChainHead;
import dev.metsuke.events.json.CanonicalJson;
import dev.metsuke.events.json.JsonDocument;
import dev.metsuke.events.json.MalformedDocumentException;
import dev.metsuke.events.seal.Seal;
import dev.metsuke.events.seal.ToldKeys;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How far a stream of readings has come, as {@code metsuke.reading-heads} has it under the stream's name: a seal's document
 * as a text, and beside it the members of {@link ToldKeys}.
 *
 * @param seal of the last reading; null before the first
 * @param told what was told of the keys
 */
record ReadingHead(@Nullable Seal seal, ToldKeys told) {

    static final ReadingHead NONE = new ReadingHead(null, ToldKeys.NOTHING);

    ChainHead chain() {
        return seal == null ? ChainHead.GENESIS : seal.head();
    }

    byte[] toJson() {
        Map<String, Object> members = new HashMap<>(told.members());
        if (seal != null) {
            members.put("seal", new String(seal.toJson(), StandardCharsets.UTF_8));
        }
        return CanonicalJson.bytes(members);
    }

    static ReadingHead fromJson(byte[] json) throws MalformedDocumentException {
        JsonDocument document = JsonDocument.parse(json);
        String seal = document.text("seal");
        return new ReadingHead(
                seal == null ? null : Seal.fromJson(seal.getBytes(StandardCharsets.UTF_8)), ToldKeys.of(document));
    }
}
