package dev.metsuke.servers.testing;

/** What the servers of a test run are: the build says it, and the profile {@code docker} says it otherwise. */
enum ServerKind {
    EMBEDDED,
    CONTAINER;

    private static final String PROPERTY = "metsuke.test.servers";

    static ServerKind configured() {
        return of(System.getProperty(PROPERTY, "embedded"));
    }

    static ServerKind of(String name) {
        return switch (name) {
            case "embedded" -> EMBEDDED;
            case "containers" -> CONTAINER;
            case String other ->
                throw new IllegalArgumentException(
                        PROPERTY + " is \"" + other + "\"; give \"embedded\" or \"containers\".");
        };
    }
}
