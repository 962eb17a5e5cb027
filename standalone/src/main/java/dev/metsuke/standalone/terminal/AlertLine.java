package dev.metsuke.standalone.terminal;

import dev.metsuke.events.alert.Alert;
import dev.metsuke.events.alert.AlertState;
import dev.metsuke.events.alert.Severity;
import java.util.Locale;

/** An alert as one line of a terminal. */
public final class AlertLine {

    private static final String RESET = "\u001b[0m";

    private final boolean colours;

    /** Colours only where a person looks: not into files and pipes, not where NO_COLOR asks for none. */
    public static AlertLine forTerminal() {
        return new AlertLine(Colours.AUTO.shown());
    }

    AlertLine(boolean colours) {
        this.colours = colours;
    }

    public String of(Alert alert, boolean seenBefore) {
        String label = alert.state() == AlertState.WITHDRAWN
                ? "WITHDRAWN"
                : alert.severity().label().toUpperCase(Locale.ROOT);
        String mark = seenBefore ? "\u21bb" : "\u25b2";
        String line = "%s %-9s %-16s %s".formatted(mark, label, alert.rule().id(), PlainText.of(alert.headline()));
        return colours ? colour(alert) + line + RESET : line;
    }

    private static String colour(Alert alert) {
        if (alert.state() == AlertState.WITHDRAWN) {
            return "\u001b[2m";
        }
        return switch (alert.severity()) {
            case Severity.CRITICAL -> "\u001b[1;31m";
            case Severity.HIGH -> "\u001b[31m";
            case Severity.MEDIUM -> "\u001b[33m";
            case Severity.LOW -> "\u001b[36m";
        };
    }
}
