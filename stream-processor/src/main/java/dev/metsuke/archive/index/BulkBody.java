package dev.metsuke.archive.index;

import dev.metsuke.archive.index.Prepared.Document;
import dev.metsuke.archive.index.Prepared.Write;
import dev.metsuke.events.json.JsonBuffer;
import java.util.ArrayList;
import java.util.List;

/** A bulk as Elasticsearch takes it: for each document a line that says what to do, and its own bytes as they are. */
final class BulkBody {

    private static final int ACTION = 160;

    private BulkBody() {}

    static byte[] of(List<Document> documents) {
        List<byte[]> actions = new ArrayList<>(documents.size());
        JsonBuffer line = new JsonBuffer(ACTION);
        int length = 0;
        for (Document document : documents) {
            line.clear();
            byte[] action = action(line, document);
            actions.add(action);
            length = Math.addExact(length, action.length + document.body().length + 2);
        }
        byte[] body = new byte[length];
        int at = 0;
        for (int i = 0; i < documents.size(); i++) {
            at = put(body, at, actions.get(i));
            at = put(body, at, documents.get(i).body());
        }
        return body;
    }

    private static byte[] action(JsonBuffer line, Document document) {
        line.openObject().name(document.write() instanceof Write.Latest ? "index" : "create");
        line.openObject().name("_index").text(document.index());
        line.name("_id").text(document.id());
        if (document.write() instanceof Write.Latest(long version)) {
            line.name("version").number(version);
            line.name("version_type").text("external_gte");
        }
        return line.closeObject().closeObject().toByteArray();
    }

    private static int put(byte[] body, int at, byte[] line) {
        System.arraycopy(line, 0, body, at, line.length);
        body[at + line.length] = '\n';
        return at + line.length + 1;
    }
}
