package dev.metsuke.simulation.evaluate;

import dev.metsuke.simulation.incident.Incident;
import java.io.StringWriter;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/** An evaluation for programs: one JSON object; spans are in seconds, and what there is none of is left out. */
public final class EvaluationJson {

    private EvaluationJson() {}

    public static String of(Evaluation evaluation) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = new JsonFactory().createGenerator(ObjectWriteContext.empty(), text)) {
            json.writeStartObject();
            json.writeNumberProperty("accounts", evaluation.accounts());
            json.writeNumberProperty("days", evaluation.days());
            json.writeNumberProperty("false_alerts", evaluation.falseAlerts());
            json.writeNumberProperty(
                    "false_alerts_per_1000_accounts_a_day",
                    evaluation.perThousandAccountsADay(evaluation.falseAlerts()));
            rules(evaluation, json);
            kinds(evaluation, json);
            bars(evaluation, json);
            missed(evaluation, json);
            wrong(evaluation, json);
            json.writeEndObject();
        }
        return text.toString();
    }

    private static void rules(Evaluation evaluation, JsonGenerator json) {
        json.writeArrayPropertyStart("rules");
        for (RuleScore score : evaluation.rules()) {
            json.writeStartObject();
            json.writeStringProperty("rule", score.rule().id());
            json.writeNumberProperty("incidents", score.incidents());
            json.writeNumberProperty("found", score.found());
            json.writeNumberProperty("false_alerts", score.falseAlerts());
            json.writeNumberProperty("repeated", score.repeated());
            json.writeNumberProperty("beside", score.beside());
            json.writeNumberProperty("withdrawn", score.withdrawn());
            number(json, "recall", score.recall());
            number(json, "precision", score.precision());
            json.writeNumberProperty(
                    "false_alerts_per_1000_accounts_a_day", evaluation.perThousandAccountsADay(score.falseAlerts()));
            delays(json, score.delays());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private static void kinds(Evaluation evaluation, JsonGenerator json) {
        json.writeArrayPropertyStart("kinds");
        for (KindScore score : evaluation.kinds()) {
            json.writeStartObject();
            json.writeStringProperty("kind", score.kind());
            json.writeStringProperty("label", score.isInnocent() ? "innocent" : "incident");
            json.writeStringProperty("difficulty", score.difficulty().name().toLowerCase(Locale.ROOT));
            json.writeStringProperty("rule", score.rule().id());
            json.writeNumberProperty("labels", score.labels());
            json.writeNumberProperty("alerted", score.alerted());
            number(json, "share", score.share());
            delays(json, score.delays());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private static void bars(Evaluation evaluation, JsonGenerator json) {
        json.writeArrayPropertyStart("bars");
        for (Evaluation.Bar bar : evaluation.bars()) {
            json.writeStartObject();
            json.writeStringProperty("bar", bar.description());
            json.writeNumberProperty("value", bar.value());
            json.writeBooleanProperty("met", bar.isMet());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private static void missed(Evaluation evaluation, JsonGenerator json) {
        json.writeArrayPropertyStart("missed");
        for (Incident incident : evaluation.missed()) {
            json.writeStartObject();
            json.writeStringProperty("id", incident.id());
            json.writeStringProperty("kind", incident.kind());
            json.writeStringProperty("account", incident.account().value());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private static void wrong(Evaluation evaluation, JsonGenerator json) {
        json.writeArrayPropertyStart("wrong");
        for (Evaluation.Wrong wrong : evaluation.wrong()) {
            json.writeStartObject();
            json.writeStringProperty("alert", wrong.alert().alert().id());
            json.writeStringProperty("rule", wrong.alert().rule().id());
            json.writeStringProperty("account", wrong.alert().alert().account().value());
            Incident innocent = wrong.innocent();
            if (innocent != null) {
                json.writeStringProperty("innocent", innocent.id());
                json.writeStringProperty("kind", innocent.kind());
            }
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private static void delays(JsonGenerator json, Delays delays) {
        seconds(json, "median_delay_seconds", delays.median());
        seconds(json, "p95_delay_seconds", delays.p95());
    }

    private static void seconds(JsonGenerator json, String name, Optional<Duration> span) {
        span.ifPresent(time -> json.writeNumberProperty(name, time.toSeconds()));
    }

    private static void number(JsonGenerator json, String name, OptionalDouble value) {
        value.ifPresent(number -> json.writeNumberProperty(name, number));
    }
}
