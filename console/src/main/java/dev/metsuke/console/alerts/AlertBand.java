package dev.metsuke.console.alerts;

import co.elastic.clients.elasticsearch._types.FieldValue;
import co.elastic.clients.elasticsearch._types.query_dsl.Query;
import dev.metsuke.events.alert.Alert;
import dev.metsuke.events.alert.AlertState;
import dev.metsuke.events.alert.Severity;
import dev.metsuke.events.json.Labelled;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Alerts that stand together in an order.
 *
 * @param holds whether an alert is among them
 * @param query finds them in the archive
 */
record AlertBand(Predicate<Alert> holds, Query query) {

    static final AlertBand ALL = new AlertBand(_ -> true, Query.of(query -> query.matchAll(all -> all)));

    static final List<AlertBand> OPEN_FIRST = of("metsuke.alert.state", List.of(AlertState.OPEN), Alert::state);

    static final List<AlertBand> MOST_URGENT_FIRST =
            of("metsuke.alert.severity", List.of(Severity.CRITICAL, Severity.HIGH, Severity.MEDIUM), Alert::severity);

    /** One for each of these values of a field, in their order, and one for all others. */
    private static <T extends Labelled> List<AlertBand> of(String field, List<T> values, Function<Alert, T> value) {
        List<AlertBand> bands = new ArrayList<>();
        for (T one : values) {
            bands.add(new AlertBand(
                    alert -> value.apply(alert).equals(one),
                    Query.of(query -> query.term(term -> term.field(field).value(one.label())))));
        }
        List<FieldValue> labels =
                values.stream().map(one -> FieldValue.of(one.label())).toList();
        bands.add(new AlertBand(
                alert -> !values.contains(value.apply(alert)),
                Query.of(query -> query.bool(others -> others.mustNot(
                        named -> named.terms(terms -> terms.field(field).terms(any -> any.value(labels))))))));
        return List.copyOf(bands);
    }
}
