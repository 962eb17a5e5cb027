package dev.metsuke.servers;

import java.nio.file.Path;

/** An embedded server that did not come up; the message tells which, why, and where its log is. */
public final class ServerStartException extends RuntimeException {

    private final String server;
    private final Path logFile;

    ServerStartException(String server, Path logFile, String message) {
        super(message);
        this.server = server;
        this.logFile = logFile;
    }

    ServerStartException(String server, Path logFile, String message, Throwable cause) {
        super(message, cause);
        this.server = server;
        this.logFile = logFile;
    }

    public String server() {
        return server;
    }

    /** May not exist if the server did not get far enough to write it. */
    public Path logFile() {
        return logFile;
    }
}
