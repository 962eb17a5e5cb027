package dev.metsuke.simulation.evaluate;

import dev.metsuke.events.alert.Alert;
import dev.metsuke.events.alert.AlertState;
import dev.metsuke.events.alert.Rule;
import dev.metsuke.events.json.JsonDocument;
import dev.metsuke.events.json.MalformedDocumentException;
import dev.metsuke.simulation.incident.Incident;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * An alert as it was told over time.
 *
 * @param alert its latest state
 * @param told when it was first told of: {@code event.created} of its first line, else that line's {@code @timestamp}
 */
public record SeenAlert(Alert alert, Instant told) {

    /** A record that an approval was used; nobody is called for it. */
    private static final String APPROVED = "approved";

    /**
     * Reads alerts, one state a line, as the topic has them; a later line with the same id replaces the earlier.
     *
     * @throws IOException where the file cannot be read or a line is no alert, with file and line
     */
    public static List<SeenAlert> read(Path file) throws IOException {
        Map<String, SeenAlert> alerts = new LinkedHashMap<>();
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(open(file), StandardCharsets.UTF_8))) {
            int number = 0;
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                number++;
                if (!line.isBlank()) {
                    SeenAlert seen = parse(line, file + ":" + number);
                    alerts.merge(seen.alert.id(), seen, SeenAlert::then);
                }
            }
        }
        return List.copyOf(alerts.values());
    }

    private static InputStream open(Path file) throws IOException {
        try {
            return Files.newInputStream(file);
        } catch (IOException e) {
            throw new IOException(file + " cannot be read (" + e + "); name an existing file of alerts", e);
        }
    }

    private static SeenAlert parse(String line, String place) throws IOException {
        try {
            byte[] json = line.getBytes(StandardCharsets.UTF_8);
            Alert alert = Alert.fromJson(json);
            JsonDocument document = JsonDocument.parse(json);
            Instant created = document.instant("event.created");
            return new SeenAlert(alert, created == null ? document.requiredInstant("@timestamp") : created);
        } catch (MalformedDocumentException e) {
            throw new IOException(place + ": not an alert: " + e.getMessage(), e);
        }
    }

    private SeenAlert then(SeenAlert later) {
        return new SeenAlert(later.alert, told.isBefore(later.told) ? told : later.told);
    }

    Rule rule() {
        return alert.rule();
    }

    boolean isWithdrawn() {
        return alert.state() == AlertState.WITHDRAWN;
    }

    /** Whether somebody has to look into it in the end. */
    boolean holds() {
        return !isWithdrawn() && !alert.state().label().equals(APPROVED);
    }

    boolean meets(Incident incident) {
        return alert.account().equals(incident.account()) && incident.overlaps(alert.start(), alert.end());
    }
}
