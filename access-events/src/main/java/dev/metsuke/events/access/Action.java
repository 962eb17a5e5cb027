package dev.metsuke.events.access;

import dev.metsuke.events.json.Labelled;
import dev.metsuke.events.json.Labels;
import java.util.Optional;

/** What was done to the data: {@code event.action}. */
public enum Action implements Labelled {
    READ("read"),
    SEARCH("search"),
    EXPORT("export"),
    DOWNLOAD("download"),
    PRINT("print"),
    EMAIL("email"),
    COPY_TO_MEDIA("copy-to-media"),
    UPDATE("update"),
    DELETE("delete"),
    LOGIN("login"),
    LOGOUT("logout");

    private final String label;

    Action(String label) {
        this.label = label;
    }

    /** As JSON and settings spell it. */
    @Override
    public String label() {
        return label;
    }

    public static Optional<Action> ofLabel(String label) {
        return Labels.find(Action.class, label);
    }

    /** Whether personal data leaves the system where it is kept. */
    public boolean takesDataOut() {
        return switch (this) {
            case EXPORT, DOWNLOAD, PRINT, EMAIL, COPY_TO_MEDIA -> true;
            case READ, SEARCH, UPDATE, DELETE, LOGIN, LOGOUT -> false;
        };
    }

    /** Whether personal data is shown or taken. */
    public boolean readsData() {
        return switch (this) {
            case READ, SEARCH, EXPORT, DOWNLOAD, PRINT, EMAIL, COPY_TO_MEDIA -> true;
            case UPDATE, DELETE, LOGIN, LOGOUT -> false;
        };
    }
}
