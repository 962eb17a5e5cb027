package dev.metsuke.detect.state;

import dev.metsuke.events.access.Action;
import dev.metsuke.events.access.Outcome;

/** The numbers by which state names actions and outcomes; they outlive any reordering, so they are never given anew. */
public final class Codes {

    private Codes() {}

    public static int of(Action action) {
        return switch (action) {
            case READ -> 0;
            case SEARCH -> 1;
            case EXPORT -> 2;
            case DOWNLOAD -> 3;
            case PRINT -> 4;
            case EMAIL -> 5;
            case COPY_TO_MEDIA -> 6;
            case UPDATE -> 7;
            case DELETE -> 8;
            case LOGIN -> 9;
            case LOGOUT -> 10;
        };
    }

    public static int of(Outcome outcome) {
        return switch (outcome) {
            case SUCCESS -> 0;
            case FAILURE -> 1;
            case UNKNOWN -> 2;
        };
    }

    public static Action action(long code) {
        for (Action action : Action.values()) {
            if (of(action) == code) {
                return action;
            }
        }
        throw new IllegalStateException("state names an action by " + code + ", which no version gave");
    }

    public static Outcome outcome(long code) {
        for (Outcome outcome : Outcome.values()) {
            if (of(outcome) == code) {
                return outcome;
            }
        }
        throw new IllegalStateException("state names an outcome by " + code + ", which no version gave");
    }
}
