package dev.metsuke.operations.http;

import dev.metsuke.operations.settings.Check;
import dev.metsuke.operations.settings.Default;

/**
 * Section {@code operations}: where a part that runs alone answers for itself.
 *
 * @param host address to bind
 * @param port port to bind; 0 takes any free one and logs it
 */
public record OperationsSettings(
        @Default("127.0.0.1") String host, @Default("0") int port) {

    public OperationsSettings {
        Check.that()
                .holds(port >= 0 && port <= 65_535, "port must be 0 to 65535, not " + port)
                .orThrow();
    }
}
