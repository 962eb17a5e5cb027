package dev.metsuke.console.approval;

import dev.metsuke.console.entry.EnteredNames;
import dev.metsuke.console.entry.EnteredText;
import dev.metsuke.console.entry.Problem;
import dev.metsuke.events.json.JsonDocument;
import dev.metsuke.events.json.MalformedDocumentException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One approval as a page or a program sends it, in JSON.
 *
 * @param zone what a time without an offset means, as it is written
 * @param isAnew whether what was said before by the same words, and replaced since, is said once more
 * @param problems members that nobody reads
 */
record ApprovalEntry(ApprovalDraft draft, @Nullable String zone, boolean isAnew, List<Problem> problems) {

    private static final List<String> MEMBERS = List.of(
            "account",
            "dataset",
            "from",
            "until",
            "max_records",
            "ticket",
            "approved_at",
            "note",
            "approval_id",
            "zone",
            "anew");

    ApprovalEntry {
        problems = List.copyOf(problems);
    }

    static ApprovalEntry read(byte[] json) throws MalformedDocumentException {
        JsonDocument body = JsonDocument.parseEntered(json);
        return new ApprovalEntry(
                new ApprovalDraft(
                        given(body, "account"),
                        given(body, "dataset"),
                        given(body, "from"),
                        given(body, "until"),
                        given(body, "max_records"),
                        given(body, "ticket"),
                        given(body, "approved_at"),
                        given(body, "note"),
                        given(body, "approval_id")),
                given(body, "zone"),
                Boolean.TRUE.equals(body.bool("anew")),
                EnteredNames.unknown(body.members().keySet(), MEMBERS));
    }

    private static @Nullable String given(JsonDocument body, String name) throws MalformedDocumentException {
        return EnteredText.given(body.text(name));
    }
}
