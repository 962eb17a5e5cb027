package dev.metsuke.events.access;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** What was done to the data: {@code event.action}. */
public enum Action {
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

    private static final Map<String, Action> BY_LABEL =
            Arrays.stream(values()).collect(Collectors.toUnmodifiableMap(Action::label, action -> action));

    private final String label;

    Action(String label) {
        this.label = label;
    }

    /** As JSON and settings spell it. */
    public String label() {
        return label;
    }

    public static Optional<Action> ofLabel(String label) {
        return Optional.ofNullable(BY_LABEL.get(label));
    }

    /** All spellings, for messages. */
    public static String labels() {
        return Arrays.stream(values()).map(Action::label).collect(Collectors.joining(", "));
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
