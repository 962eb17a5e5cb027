package dev.metsuke.events.alert;

import dev.metsuke.events.json.Labelled;
import dev.metsuke.events.json.Labels;
import java.util.Optional;

/** The rules, each the work of one detector. */
public enum Rule implements Labelled {
    BULK_READ("bulk-read", "Unusual bulk read"),
    REVOKED_ACCOUNT("revoked-account", "Access by a revoked account"),
    OFF_HOURS_EXPORT("off-hours-export", "Off-hours export");

    private final String id;
    private final String title;

    Rule(String id, String title) {
        this.id = id;
        this.title = title;
    }

    /** {@code rule.id}. */
    public String id() {
        return id;
    }

    @Override
    public String label() {
        return id;
    }

    /** {@code rule.name}, for people. */
    public String title() {
        return title;
    }

    public static Optional<Rule> ofId(String id) {
        return Labels.find(Rule.class, id);
    }
}
