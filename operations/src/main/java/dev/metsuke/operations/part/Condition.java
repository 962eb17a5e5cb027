package dev.metsuke.operations.part;

import java.util.Optional;

/** How a part is. */
public sealed interface Condition {

    /** For {@code /ready} and for people. */
    String describe();

    /** The same, or where that is at work or waits: that it waits for what is in the way, if anything is. */
    default Condition hinderedBy(Optional<String> trouble) {
        boolean canBeHindered = this instanceof Running || this instanceof Waiting;
        return canBeHindered && trouble.isPresent() ? new Waiting(trouble.get()) : this;
    }

    /** Not yet at work. */
    record Starting() implements Condition {
        @Override
        public String describe() {
            return "starting";
        }
    }

    /** At work. */
    record Running() implements Condition {
        @Override
        public String describe() {
            return "running";
        }
    }

    /**
     * Waits for something outside, and resumes by itself.
     *
     * @param reason what for
     */
    record Waiting(String reason) implements Condition {
        @Override
        public String describe() {
            return "waiting: " + reason;
        }
    }

    /** Stopped in an orderly way. */
    record Stopped() implements Condition {
        @Override
        public String describe() {
            return "stopped";
        }
    }

    /** Cannot go on by itself. */
    sealed interface ForGood extends Condition {

        /** Why, and what to do. */
        String reason();

        @Override
        default String describe() {
            return "failed: " + reason();
        }
    }

    /**
     * Something is wrong that time does not mend.
     *
     * @param reason why, and what to do
     */
    record Failed(String reason) implements ForGood {}

    /**
     * Another took its place; started anew it would take it back.
     *
     * @param reason who, and what to do
     */
    record TakenOver(String reason) implements ForGood {}
}
