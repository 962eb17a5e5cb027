package dev.metsuke.console.http;

import dev.metsuke.console.entry.AskedPeriod;
import dev.metsuke.console.entry.EnteredNames;
import dev.metsuke.console.entry.EnteredText;
import dev.metsuke.console.entry.Problem;
import dev.metsuke.console.entry.WrittenTime;
import dev.metsuke.console.entry.WrittenZone;
import dev.metsuke.console.language.Text;
import dev.metsuke.events.json.Labelled;
import dev.metsuke.events.json.Labels;
import io.javalin.http.Context;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What a request's address asks for, and all that is wrong with it. */
public final class QueryParameters {

    private final Context request;
    private final List<Problem> problems;

    /**
     * Reads nothing yet.
     *
     * @param known the names that are read; any other is a problem, and so is one that stands there twice, as nobody can tell which is
     *     meant
     */
    public QueryParameters(Context request, List<String> known) {
        this.request = request;
        problems = new ArrayList<>(EnteredNames.unknown(request.queryParamMap().keySet(), known));
        for (String name : known) {
            if (request.queryParams(name).size() > 1) {
                problems.add(Problem.ofField(name, Text.of("entry.given-twice")));
            }
        }
    }

    /** What is wrong with that which was read so far. */
    public List<Problem> problems() {
        return List.copyOf(problems);
    }

    /** As it was given, with all blanks; null where nothing was. */
    public @Nullable String given(String name) {
        return request.queryParam(name);
    }

    /** Without the blanks around it; null where nothing else is there. */
    public @Nullable String text(String name) {
        return EnteredText.given(given(name));
    }

    /** One of a kind by its label; null where none is named. */
    public <E extends Enum<E> & Labelled> @Nullable E choice(String name, Class<E> kind) {
        String written = text(name);
        if (written == null) {
            return null;
        }
        Optional<E> choice = Labels.find(kind, written);
        if (choice.isEmpty()) {
            problems.add(Problem.ofField(name, Text.of("entry.choice.unknown", written, Labels.all(kind))));
        }
        return choice.orElse(null);
    }

    /** {@code limit}: how much is wanted at once. */
    public int limit(int usual, int most) {
        String written = text("limit");
        if (written == null) {
            return usual;
        }
        try {
            int limit = Integer.parseInt(written);
            if (limit >= 1 && limit <= most) {
                return limit;
            }
        } catch (NumberFormatException e) {
            // Reported below with the numbers that are out of range.
        }
        problems.add(Problem.ofField("limit", Text.of("entry.limit", written, most)));
        return usual;
    }

    /** From {@code from} to {@code to}, a day alone being meant whole, in {@code zone} or else in the usual one. */
    public AskedPeriod period(ZoneId usual) {
        ZoneId zone = zone(usual);
        Instant from = time("from", written -> WrittenTime.parse(written, zone));
        Instant until = time("to", written -> WrittenTime.parseEnd(written, zone));
        if (from != null && until != null && !from.isBefore(until)) {
            problems.add(Problem.ofField("to", Text.of("entry.time.not-behind-from", String.valueOf(text("to")))));
        }
        return new AskedPeriod(from, until, zone);
    }

    /** {@code zone}: where times without an offset are meant. */
    public ZoneId zone(ZoneId usual) {
        return WrittenZone.parse(given("zone"), usual, problems);
    }

    /** {@code dry_run}: whether nothing is to be published. */
    public boolean isTrial() {
        String written = given("dry_run");
        if (written == null || written.equals("false")) {
            return false;
        }
        if (!written.equals("true")) {
            problems.add(Problem.ofField("dry_run", Text.of("entry.choice.unknown", written, "true, false")));
        }
        return true;
    }

    private @Nullable Instant time(String name, Function<String, Optional<Instant>> parse) {
        String written = text(name);
        if (written == null) {
            return null;
        }
        Optional<Instant> time = parse.apply(written);
        if (time.isEmpty()) {
            problems.add(Problem.ofField(name, WrittenTime.unreadable(written)));
        }
        return time.orElse(null);
    }
}
