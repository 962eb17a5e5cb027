package dev.metsuke.console.status;

import dev.metsuke.console.entry.EnteredNames;
import dev.metsuke.console.entry.EnteredText;
import dev.metsuke.console.entry.Problem;
import dev.metsuke.events.json.JsonDocument;
import dev.metsuke.events.json.MalformedDocumentException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One status as a page or a program sends it, in JSON: for accounts by name, for all of a person's, or for both.
 *
 * @param person the person's number; null where accounts alone are named
 * @param ofPerson the words about the person, still without an account
 * @param named the same words about each account that is named; about none where neither is given
 * @param zone what a time without an offset means, as it is written
 * @param isTrial whether nothing is to be reported
 * @param problems members that nobody reads
 */
record StatusEntry(
        @Nullable String person,
        StatusDraft ofPerson,
        List<StatusDraft> named,
        @Nullable String zone,
        boolean isTrial,
        List<Problem> problems) {

    private static final List<String> MEMBERS = List.of(
            "account",
            "accounts",
            "person",
            "status",
            "effective_at",
            "effectiveAt",
            "zone",
            "department",
            "note",
            "report_id",
            "reportId",
            "dry_run");

    StatusEntry {
        named = List.copyOf(named);
        problems = List.copyOf(problems);
    }

    static StatusEntry read(byte[] json) throws MalformedDocumentException {
        JsonDocument body = JsonDocument.parseEntered(json);
        String written = given(body, "person");
        String person = written == null ? null : EnteredText.halfWidth(written);
        StatusDraft words = new StatusDraft(
                null,
                given(body, "status"),
                either(given(body, "effective_at"), given(body, "effectiveAt")),
                null,
                given(body, "department"),
                given(body, "note"),
                either(given(body, "report_id"), given(body, "reportId")),
                null);
        return new StatusEntry(
                person,
                words.with(null, person),
                accounts(body, person).stream()
                        .map(account -> words.with(account, null))
                        .toList(),
                given(body, "zone"),
                Boolean.TRUE.equals(body.bool("dry_run")),
                EnteredNames.unknown(body.members().keySet(), MEMBERS));
    }

    /** The accounts that are reported by name; one that is missing where there is no person either. */
    private static Set<@Nullable String> accounts(JsonDocument body, @Nullable String person)
            throws MalformedDocumentException {
        Set<@Nullable String> accounts = new LinkedHashSet<>(body.texts("accounts"));
        String account = given(body, "account");
        if (account != null || (accounts.isEmpty() && person == null)) {
            // Where it is missing it is checked like any other, so that what else is wrong is said with it.
            accounts.add(account);
        }
        return accounts;
    }

    private static @Nullable String given(JsonDocument body, String name) throws MalformedDocumentException {
        return EnteredText.given(body.text(name));
    }

    private static @Nullable String either(@Nullable String one, @Nullable String other) {
        return one == null ? other : one;
    }
}
