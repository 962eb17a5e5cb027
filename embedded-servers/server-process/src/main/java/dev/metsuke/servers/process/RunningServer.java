package dev.metsuke.servers.process;

/**
 * A server that takes requests.
 *
 * @param port where clients reach it on 127.0.0.1
 * @param stop stops it in an orderly way
 */
public record RunningServer(int port, StopAction stop) {

    /** Stops a server; may fail, as closing files may. */
    @FunctionalInterface
    public interface StopAction {
        void run() throws Exception;
    }
}
