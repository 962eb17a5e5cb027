package dev.metsuke.standalone.terminal;

/** When a command colours what it prints. */
public enum Colours {
    /** Where a person looks: not into files and pipes, not where NO_COLOR asks for none. */
    AUTO,
    ALWAYS,
    NEVER;

    public boolean shown() {
        return switch (this) {
            case AUTO -> System.console() != null && System.console().isTerminal() && System.getenv("NO_COLOR") == null;
            case ALWAYS -> true;
            case NEVER -> false;
        };
    }
}
