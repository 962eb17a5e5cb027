package dev.metsuke.shipper.parse;

import dev.metsuke.events.access.AccessEvent;
import dev.metsuke.events.access.Action;
import dev.metsuke.events.access.Outcome;
import dev.metsuke.events.json.Labels;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Makes an event of a record's values, as a source's mapping says. How the values are found is the format's affair: it puts
 * each at the place that its pointer has among {@link #pointers}.
 */
final class EventMapper {

    private static final int TIME = 0;
    private static final int NOWHERE = -1;

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
    private final @Nullable SubjectsMapping subjects;
    private final int subjectsPlace;

    EventMapper(EventMapping mapping, SourceRules rules) {
        this.rules = rules;
        List<JsonPointer> collected = new ArrayList<>();
        time = mapping.time();
        collected.add(time.pointer());
        action = Slot.of(mapping.action(), collected);
        outcome = Slot.of(mapping.outcome(), collected);
        user = Slot.of(mapping.user(), collected);
        email = Slot.of(mapping.email(), collected);
        address = Slot.of(mapping.address(), collected);
        host = Slot.of(mapping.host(), collected);
        service = Slot.of(mapping.service(), collected);
        userAgent = Slot.of(mapping.userAgent(), collected);
        url = Slot.of(mapping.url(), collected);
        method = Slot.of(mapping.method(), collected);
        status = Slot.of(mapping.status(), collected);
        bytes = Slot.of(mapping.bytes(), collected);
        dataset = Slot.of(mapping.dataset(), collected);
        records = Slot.of(mapping.records(), collected);
        destination = Slot.of(mapping.destination(), collected);
        category = Slot.of(mapping.category(), collected);
        subjects = mapping.subjects();
        subjectsPlace = subjects == null ? NOWHERE : collected.size();
        if (subjects != null) {
            collected.add(subjects.pointer());
        }
        pointers = List.copyOf(collected);
    }

    /** The values that the mapping asks for, in the order in which {@link #map} takes them. */
    List<JsonPointer> pointers() {
        return pointers;
    }

    /** Which of the pointers leads to people, so that an array there is read too; -1 where none does. */
    int subjectsPlace() {
        return subjectsPlace;
    }

    /** Null is what the record does not have; an array's elements are joined with line feeds. */
    ParseResult map(@Nullable String[] values, RecordContext context) {
        try {
            return mapped(values, context);
        } catch (UnfitValueException e) {
            return ParseResult.rejected(String.valueOf(e.getMessage()));
        }
    }

    private ParseResult mapped(@Nullable String[] values, RecordContext context) throws UnfitValueException {
        String written = values[TIME];
        Instant timestamp = written == null ? context.envelopeTime() : time.read(written, rules.zone());
        if (timestamp == null && written == null) {
            return ParseResult.rejected("no time at " + time.pointer());
        }
        if (timestamp == null) {
            return ParseResult.rejected("the time at " + time.pointer() + " cannot be read: " + written);
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
        if (!putAction(event, values)) {
            return ParseResult.rejected("the action is " + action.get(values) + "; it can be "
                    + Labels.all(Action.class) + "; say in the source's mapping what it stands for");
        }
        return new ParseResult.Parsed(event);
    }

    private boolean putAction(AccessEvent.Builder event, @Nullable String[] values) {
        if (!action.isMapped()) {
            return true;
        }
        String label = action.get(values);
        if (label == null) {
            return url.isMapped();
        }
        return Action.ofLabel(label).map(event::action).isPresent();
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

    /** A mapped field and where its value comes in a line's values. */
    private record Slot(@Nullable FieldMapping mapping, int index) {

        static Slot of(@Nullable FieldMapping mapping, List<JsonPointer> pointers) {
            if (mapping == null || mapping.pointer() == null) {
                return new Slot(mapping, NOWHERE);
            }
            pointers.add(mapping.pointer());
            return new Slot(mapping, pointers.size() - 1);
        }

        boolean isMapped() {
            return mapping != null;
        }

        @Nullable
        String get(@Nullable String[] values) {
            return mapping == null ? null : mapping.resolve(index < 0 ? null : values[index]);
        }

        @Nullable
        Long number(@Nullable String[] values) throws UnfitValueException {
            String text = get(values);
            if (text == null || text.isEmpty() || text.equals("-")) {
                return null;
            }
            try {
                return text.length() <= 18 && text.indexOf('.') < 0 && text.indexOf('e') < 0 && text.indexOf('E') < 0
                        ? Long.valueOf(text)
                        : exact(text);
            } catch (NumberFormatException | ArithmeticException e) {
                String place = mapping == null ? "" : " at " + mapping.pointer();
                throw new UnfitValueException("the value" + place + " is not a whole number: " + text);
            }
        }

        private static long exact(String text) {
            BigDecimal number = new BigDecimal(text);
            // Without the bound, 1e999999999 would be written out.
            if (number.precision() - number.scale() > 19) {
                throw new ArithmeticException("too large");
            }
            return number.longValueExact();
        }
    }

    /** A value that is not of its field's kind. */
    private static final class UnfitValueException extends Exception {

        UnfitValueException(String message) {
            super(message);
        }
    }
}
