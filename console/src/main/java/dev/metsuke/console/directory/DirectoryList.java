package dev.metsuke.console.directory;

import dev.metsuke.console.access.Role;
import dev.metsuke.console.entry.EnteredText;
import dev.metsuke.console.http.Answer;
import dev.metsuke.console.http.QueryParameters;
import dev.metsuke.console.person.PeopleDirectory;
import dev.metsuke.console.publish.TopicContents;
import dev.metsuke.console.publish.WriteFailedException;
import dev.metsuke.events.account.DirectoryEntry;
import dev.metsuke.events.account.Provisioned;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * {@code GET /api/directory?text=&after=} for HR, from Kafka: {@code {"entries": [{"account", "person", "name", "email", "department",
 * "employment", "calendar", "contract_end", "provisioned": {"user_name", "state"}}], "total", "next"}}, by account; {@code provisioned} tells as
 * whom an identity provider keeps it, and is absent where none does. With {@code text} those of which one of these
 * but the contract's end and the state contains it, in letters of whatever case and width. {@code next} is what to give as {@code after} for the next
 * page, absent on the last. Whose accounts there are is nobody's data that was accessed, and leaves no trace, as with the lists of
 * reports and approvals.
 */
final class DirectoryList {

    private static final int SHOWN = 50;
    private static final List<String> PARAMETERS = List.of("text", "after");

    private final TopicContents contents;

    DirectoryList(TopicContents contents) {
        this.contents = contents;
    }

    void addTo(RoutesConfig routes) {
        routes.get("/api/directory", this::list, Role.HR);
    }

    private void list(Context request) {
        QueryParameters asked = new QueryParameters(request, PARAMETERS);
        String text = asked.text("text");
        String after = asked.given("after");
        if (!asked.problems().isEmpty()) {
            Answer.refuse(request, 400, asked.problems());
            return;
        }
        try {
            List<DirectoryEntry> entries = PeopleDirectory.in(contents).entries();
            answer(request, text == null ? entries : containing(comparable(text), entries), after);
        } catch (WriteFailedException e) {
            Answer.refuse(request, 503, e.reason());
        }
    }

    private static void answer(Context request, List<DirectoryEntry> wanted, @Nullable String after) {
        List<DirectoryEntry> behind = after == null
                ? wanted
                : wanted.stream()
                        .filter(entry -> entry.account().value().compareTo(after) > 0)
                        .toList();
        List<DirectoryEntry> page = behind.subList(0, Math.min(SHOWN, behind.size()));
        Map<String, @Nullable Object> body = Answer.body();
        body.put("entries", page.stream().map(DirectoryList::members).toList());
        body.put("total", wanted.size());
        body.put("next", page.size() < behind.size() ? page.getLast().account().value() : null);
        Answer.json(request, 200, body);
    }

    private static List<DirectoryEntry> containing(String text, List<DirectoryEntry> entries) {
        return entries.stream()
                .filter(entry -> texts(entry).anyMatch(one -> comparable(one).contains(text)))
                .toList();
    }

    private static Stream<String> texts(DirectoryEntry entry) {
        Stream<@Nullable String> texts = Stream.of(
                entry.account().value(),
                entry.person(),
                entry.name(),
                entry.email(),
                entry.department(),
                entry.employment(),
                entry.calendar(),
                entry.provisioned() == null ? null : entry.provisioned().userName());
        return texts.filter(Objects::nonNull).map(Objects::requireNonNull);
    }

    private static String comparable(String text) {
        return EnteredText.halfWidth(text).toLowerCase(Locale.ROOT);
    }

    /** What the directory says of an account, as members of an answer. */
    static Map<String, @Nullable Object> members(DirectoryEntry entry) {
        Map<String, @Nullable Object> members = Answer.body();
        members.put("account", entry.account().value());
        members.put("person", entry.person());
        members.put("name", entry.name());
        members.put("email", entry.email());
        members.put("department", entry.department());
        members.put("employment", entry.employment());
        members.put("calendar", entry.calendar());
        members.put(
                "contract_end",
                entry.contractEnd() == null ? null : entry.contractEnd().toString());
        members.put("provisioned", provisioned(entry.provisioned()));
        return members;
    }

    private static @Nullable Map<String, @Nullable Object> provisioned(@Nullable Provisioned kept) {
        if (kept == null) {
            return null;
        }
        Map<String, @Nullable Object> members = Answer.body();
        members.put("user_name", kept.userName());
        members.put("state", kept.state().label());
        return members;
    }
}
