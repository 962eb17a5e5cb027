package dev.metsuke.operations.part;

/** How a part is. */
public sealed interface Condition {

    /** For {@code /ready} and for people. */
    String describe();

    /** Whether it cannot go on by itself. */
    default boolean isForGood() {
        return false;
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

    /**
     * Cannot go on by itself.
     *
     * @param reason why, and what to do
     */
    record Failed(String reason) implements Condition {
        @Override
        public String describe() {
            return "failed: " + reason;
        }

        @Override
        public boolean isForGood() {
            return true;
        }
    }

    /**
     * Another took its place; started anew it would take it back.
     *
     * @param reason who, and what to do
     */
    record TakenOver(String reason) implements Condition {
        @Override
        public String describe() {
            return "failed: " + reason;
        }

        @Override
        public boolean isForGood() {
            return true;
        }
    }
}
