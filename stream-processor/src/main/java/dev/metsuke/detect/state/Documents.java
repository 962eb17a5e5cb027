package dev.metsuke.detect.state;

import dev.metsuke.events.json.MalformedDocumentException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Entries that are a few JSON documents. */
public final class Documents {

    private Documents() {}

    public static <D> AccountEntries.Form<List<D>> form(
            Section section, Function<D, byte[]> toJson, Parser<D> fromJson) {
        return AccountEntries.Form.of(
                section, documents -> bytes(documents, toJson), bytes -> documents(section, bytes, fromJson));
    }

    private static <D> byte[] bytes(List<D> documents, Function<D, byte[]> toJson) {
        CompactWriter out = new CompactWriter();
        documents.forEach(each -> out.bytes(toJson.apply(each)));
        return out.bytes();
    }

    private static <D> List<D> documents(Section section, byte[] bytes, Parser<D> fromJson) {
        List<D> documents = new ArrayList<>();
        CompactReader in = new CompactReader(bytes);
        try {
            while (in.hasMore()) {
                documents.add(fromJson.parse(in.bytes()));
            }
        } catch (MalformedDocumentException e) {
            throw new IllegalStateException("section " + section + " holds what was never put into it", e);
        }
        return documents;
    }

    /** Reads a document. */
    public interface Parser<D> {

        D parse(byte[] json) throws MalformedDocumentException;
    }
}
