package dev.metsuke.shipper.parse;

import dev.metsuke.events.access.AccessEvent;
import dev.metsuke.events.access.Action;
import dev.metsuke.events.access.Outcome;
import dev.metsuke.events.json.Labels;
import java.time.Instant;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Makes an event of a record's values, as a source's mapping says. How the values are found is the format's affair: it puts
 * each at the place that its pointer has among {@link #pointers}.
 */
final class EventMapper {

    private static final int NOWHERE = -1;
    private static final String BETWEEN_PARTS = " ";

    private final SourceRules rules;
    private final TimeMapping time;
    private final List<JsonPointer> pointers;
    private final Slot action;
    private final Slot outcome;
    private final Slot user;
    private final Slot email;
    private final Slot address;
    private final Slot host;
    private final Slot service;
    private final Slot userAgent;
    private final Slot url;
    private final Slot method;
    private final Slot status;
    private final Slot bytes;
    private final Slot dataset;
    private final Slot records;
    private final Slot destination;
    private final Slot category;
    /** Of which of several values the first counts. */
    private final BitSet firsts = new BitSet();

    private final @Nullable SubjectsMapping subjects;
    private final int subjectsPlace;

    EventMapper(EventMapping mapping, SourceRules rules) {
        this.rules = rules;
        List<JsonPointer> collected = new ArrayList<>();
        time = mapping.time();
        collected.addAll(time.pointer());
        action = slot(mapping.action(), collected);
        outcome = slot(mapping.outcome(), collected);
        user = slot(mapping.user(), collected);
        email = slot(mapping.email(), collected);
        address = slot(mapping.address(), collected);
        host = slot(mapping.host(), collected);
        service = slot(mapping.service(), collected);
        userAgent = slot(mapping.userAgent(), collected);
        url = slot(mapping.url(), collected);
        method = slot(mapping.method(), collected);
        status = slot(mapping.status(), collected);
        bytes = slot(mapping.bytes(), collected);
        dataset = slot(mapping.dataset(), collected);
        records = slot(mapping.records(), collected);
        destination = slot(mapping.destination(), collected);
        category = slot(mapping.category(), collected);
        subjects = mapping.subjects();
        subjectsPlace = subjects == null ? NOWHERE : collected.size();
        if (subjects != null) {
            collected.add(subjects.pointer());
        }
        pointers = List.copyOf(collected);
    }

    private Slot slot(@Nullable FieldMapping field, List<JsonPointer> collected) {
        int from = collected.size();
        if (field != null) {
            collected.addAll(field.pointer());
            firsts.set(from, collected.size(), field.take() == FieldMapping.Take.FIRST);
        }
        return new Slot(field, from, collected.size());
    }

    /** The values that the mapping asks for, in the order in which {@link #map} takes them. */
    List<JsonPointer> pointers() {
        return pointers;
    }

    /** The places among {@link #pointers} of those that may lead to several values, which {@link #together} makes one of. */
    int[] placesOfMany() {
        return IntStream.range(0, pointers.size())
                .filter(place -> place == subjectsPlace || pointers.get(place).isOfMany())
                .toArray();
    }

    /** Several values in one; null where there are none. */
    @Nullable
    String together(int place, List<String> values) {
        if (values.isEmpty()) {
            return null;
        }
        if (place == subjectsPlace) {
            return String.join(SubjectsMapping.BETWEEN_ELEMENTS, values);
        }
        return firsts.get(place)
                ? values.stream().filter(EventMapper::saysAnything).findFirst().orElse(null)
                : String.join(BETWEEN_PARTS, values);
    }

    /** Whether the record tells its time itself. */
    boolean hasTime(@Nullable String[] values) {
        return joined(values, 0, time.pointer().size()) != null;
    }

    /** Null is what the record does not have. */
    ParseResult map(@Nullable String[] values, RecordContext context) {
        try {
            return mapped(values, context);
        } catch (UnfitValueException e) {
            return ParseResult.rejected(String.valueOf(e.getMessage()));
        }
    }

    private ParseResult mapped(@Nullable String[] values, RecordContext context) throws UnfitValueException {
        String done = action.get(values);
        if (done != null && done.equals(EventMapping.NO_ACCESS) && action.isGiven(done)) {
            // A pointer that leads nowhere must not make all records vanish.
            return action.found(values) == null
                    ? ParseResult.rejected(unknownAction(null))
                    : new ParseResult.Ignored("action that the source ignores");
        }
        String written = joined(values, 0, time.pointer().size());
        Instant timestamp = written == null ? context.envelopeTime() : time.read(written, rules.zone());
        if (timestamp == null) {
            String place = written(time.pointer());
            return ParseResult.rejected(
                    written == null
                            ? "no time at " + place
                            : "the time at " + place + " cannot be read: " + written + "; set for the mapping's time "
                                    + LikelyTime.setting(written));
        }
        AccessEvent.Builder event = rules.event().timestamp(timestamp);
        new WebAccess(blankToNull(method.get(values)), url.get(values), status.number(values))
                .describe(event, rules, action.isMapped());
        String account = user.get(values);
        event.userId(rules.accounts().normalise(account))
                .userName(account == null || account.equals("-") ? null : blankToNull(account))
                .userEmail(blankToNull(email.get(values)))
                .userAgent(blankToNull(userAgent.get(values)))
                .httpBytes(bytes.number(values))
                .destination(blankToNull(destination.get(values)));
        Address.put(event, address.get(values));
        if (url.isMapped()) {
            event.eventCategories(List.of("web"));
        }
        ifPresent(category.get(values), given -> event.eventCategories(List.of(given)));
        ifPresent(host.get(values), event::hostName);
        ifPresent(service.get(values), event::serviceName);
        ifPresent(dataset.get(values), given -> rules.touch(event, given));
        ifPresent(
                outcome.get(values),
                given -> event.outcome(Outcome.ofLabel(given).orElse(Outcome.UNKNOWN)));
        Long people = records.number(values);
        List<String> named = subjects(values);
        event.subjects(named);
        if (!records.isMapped() && !named.isEmpty()) {
            event.records((long) named.size());
        }
        if (people != null && people < 0) {
            return ParseResult.rejected("the records are " + people + "; they cannot be fewer than none");
        }
        if (people != null) {
            event.records(people);
        }
        if (action.isMapped() && !(done == null && url.isMapped())) {
            Action known = done == null ? null : Action.ofLabel(done).orElse(null);
            if (known == null) {
                return ParseResult.rejected(unknownAction(action.found(values)));
            }
            event.action(known);
        }
        return new ParseResult.Parsed(event);
    }

    private String unknownAction(@Nullable String found) {
        return (found == null ? "no action" + action.place() : "the action is " + found) + "; it can be "
                + Labels.all(Action.class) + "; say in the source's mapping what it stands for, "
                + EventMapping.NO_ACCESS + " where that is no access";
    }

    /** The values of several pointers, with a blank between; null where the record has none of them. */
    private static @Nullable String joined(@Nullable String[] values, int from, int to) {
        String joined = null;
        for (int i = from; i < to; i++) {
            if (values[i] != null) {
                joined = joined == null ? values[i] : joined + BETWEEN_PARTS + values[i];
            }
        }
        return joined;
    }

    /** The first of several pointers' values that says anything; null where none does. */
    private static @Nullable String first(@Nullable String[] values, int from, int to) {
        for (int i = from; i < to; i++) {
            String value = values[i];
            if (value != null && saysAnything(value)) {
                return value;
            }
        }
        return null;
    }

    private static boolean saysAnything(String value) {
        return !value.isBlank() && !value.equals("-");
    }

    private static String written(List<JsonPointer> pointers) {
        return pointers.stream().map(JsonPointer::toString).collect(Collectors.joining(" and "));
    }

    private List<String> subjects(@Nullable String[] values) {
        String value = subjectsPlace == NOWHERE ? null : values[subjectsPlace];
        return subjects == null || value == null ? List.of() : subjects.read(value);
    }

    private static void ifPresent(@Nullable String value, Consumer<String> put) {
        if (value != null && !value.isBlank()) {
            put.accept(value);
        }
    }

    private static @Nullable String blankToNull(@Nullable String text) {
        return text == null || text.isBlank() ? null : text;
    }

    /**
     * A mapped field and where its value comes in a line's values.
     *
     * @param from the place of its first pointer's value
     * @param to behind that of its last
     */
    private record Slot(@Nullable FieldMapping mapping, int from, int to) {

        boolean isMapped() {
            return mapping != null;
        }

        @Nullable
        String get(@Nullable String[] values) {
            return mapping == null ? null : mapping.resolve(found(values));
        }

        /** As the log has it. */
        @Nullable
        String found(@Nullable String[] values) {
            return mapping != null && mapping.take() == FieldMapping.Take.FIRST
                    ? first(values, from, to)
                    : joined(values, from, to);
        }

        /** Whether the settings say so, and not only the log. */
        boolean isGiven(String word) {
            return mapping != null && mapping.given().anyMatch(word::equals);
        }

        /** For messages; nothing of a constant. */
        String place() {
            return mapping == null || mapping.pointer().isEmpty() ? "" : " at " + written(mapping.pointer());
        }

        @Nullable
        Long number(@Nullable String[] values) throws UnfitValueException {
            String text = get(values);
            if (text == null || text.isEmpty() || text.equals("-")) {
                return null;
            }
            Long number = WholeNumber.parse(text);
            if (number == null) {
                throw new UnfitValueException("the value" + place() + " is not a whole number: " + text);
            }
            return number;
        }
    }

    /** A value that is not of its field's kind. */
    private static final class UnfitValueException extends Exception {

        UnfitValueException(String message) {
            super(message);
        }
    }
}
