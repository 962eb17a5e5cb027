package dev.metsuke.events.alert;

import dev.metsuke.events.json.Labelled;
import dev.metsuke.events.json.Labels;
import java.util.Optional;

/** Where an episode stands. */
public enum AlertState implements Labelled {
    /** Evidence may still come. */
    OPEN("open"),
    /** Nothing more came within the quiet time. */
    CLOSED("closed"),
    /** It no longer holds: a correction took its ground away, or another episode took it in. */
    WITHDRAWN("withdrawn"),
    /** It was approved beforehand: nothing to look into, but the record that the approval was used. */
    APPROVED("approved");

    private final String label;

    AlertState(String label) {
        this.label = label;
    }

    @Override
    public String label() {
        return label;
    }

    public static Optional<AlertState> ofLabel(String label) {
        return Labels.find(AlertState.class, label);
    }
}
