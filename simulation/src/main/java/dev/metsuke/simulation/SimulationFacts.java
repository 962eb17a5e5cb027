package dev.metsuke.simulation;

import dev.metsuke.events.json.CanonicalJson;
import dev.metsuke.events.json.JsonDocument;
import dev.metsuke.events.json.MalformedDocumentException;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.Map;

/**
 * What was simulated: {@code simulation.json}.
 *
 * @param accounts how many accounts
 * @param days how many days
 * @param seed what was drawn
 * @param from the first day
 * @param events how many events
 */
public record SimulationFacts(int accounts, int days, long seed, LocalDate from, long events) {

    public byte[] toJson() {
        return CanonicalJson.bytes(Map.of(
                "accounts",
                (long) accounts,
                "days",
                (long) days,
                "seed",
                seed,
                "from",
                from.toString(),
                "events",
                events));
    }

    public static SimulationFacts fromJson(byte[] json) throws MalformedDocumentException {
        JsonDocument document = JsonDocument.parse(json);
        String from = document.requiredText("from");
        try {
            return new SimulationFacts(
                    positive(document, "accounts"),
                    positive(document, "days"),
                    document.requiredInteger("seed"),
                    LocalDate.parse(from),
                    document.requiredInteger("events"));
        } catch (DateTimeException e) {
            throw new MalformedDocumentException("from is " + from + "; it must be a date such as 2026-07-01", e);
        }
    }

    private static int positive(JsonDocument document, String path) throws MalformedDocumentException {
        long number = document.requiredInteger(path);
        if (number < 1 || number > Integer.MAX_VALUE) {
            throw new MalformedDocumentException(path + " is " + number + "; it must be 1 or more");
        }
        return (int) number;
    }
}
