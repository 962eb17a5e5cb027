package dev.metsuke.events.account;

import dev.metsuke.events.json.CanonicalJson;
import dev.metsuke.events.json.JsonDocument;
import dev.metsuke.events.json.MalformedDocumentException;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Whose account it is, as the staff directory says.
 *
 * @param account the account
 * @param person the person's number in HR's books; several accounts may name the same
 * @param name the person's name
 * @param email the person's address
 * @param department where the person works
 * @param employment kind of employment, such as {@code regular}, {@code contract}, {@code agency}, {@code batch}
 * @param calendar the working calendar that holds for the account, by name
 * @param contractEnd when the contract ends, where it is known to end
 * @param provisioned as which user an identity provider keeps the account; null where none does
 */
public record DirectoryEntry(
        AccountId account,
        @Nullable String person,
        @Nullable String name,
        @Nullable String email,
        @Nullable String department,
        @Nullable String employment,
        @Nullable String calendar,
        @Nullable Instant contractEnd,
        @Nullable Provisioned provisioned) {

    /** Of an account that no identity provider keeps. */
    public DirectoryEntry(
            AccountId account,
            @Nullable String person,
            @Nullable String name,
            @Nullable String email,
            @Nullable String department,
            @Nullable String employment,
            @Nullable String calendar,
            @Nullable Instant contractEnd) {
        this(account, person, name, email, department, employment, calendar, contractEnd, null);
    }

    /** The same, kept so by an identity provider. */
    public DirectoryEntry keptAs(@Nullable Provisioned user) {
        return new DirectoryEntry(account, person, name, email, department, employment, calendar, contractEnd, user);
    }

    public byte[] toJson() {
        return toJson(null);
    }

    /**
     * The same with who says so, which is for the record: it is no part of what is said, so whoever says it, it is the same
     * entry and is judged by alike.
     */
    public byte[] toJson(@Nullable String changedBy) {
        Map<String, @Nullable Object> user = new HashMap<>();
        user.put("id", account.value());
        user.put("full_name", name);
        user.put("email", email);
        Map<String, @Nullable Object> entry = new HashMap<>();
        entry.put("person", person);
        entry.put("department", department);
        entry.put("employment", employment);
        entry.put("calendar", calendar);
        entry.put("contract_end", contractEnd);
        entry.put("changed_by", changedBy);
        entry.put("provisioned", provisioned == null ? null : provisioned.members());
        return CanonicalJson.bytes(Map.of("user", user, "metsuke", Map.of("directory", entry)));
    }

    public static DirectoryEntry fromJson(byte[] json) throws MalformedDocumentException {
        JsonDocument document = JsonDocument.parse(json);
        return new DirectoryEntry(
                new AccountId(document.requiredText("user.id")),
                document.text("metsuke.directory.person"),
                document.text("user.full_name"),
                document.text("user.email"),
                document.text("metsuke.directory.department"),
                document.text("metsuke.directory.employment"),
                document.text("metsuke.directory.calendar"),
                document.instant("metsuke.directory.contract_end"),
                Provisioned.from(document));
    }
}
