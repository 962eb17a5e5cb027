package dev.metsuke.servers;

import java.time.Duration;

/** What both servers' options must satisfy. */
final class Checks {

    private Checks() {}

    static void port(int port) {
        if (port < 0 || port > 65535) {
            throw new IllegalArgumentException("The preferred port is " + port + "; give 0 (any free one) to 65535.");
        }
    }

    static void heap(int megabytes) {
        if (megabytes < 64) {
            throw new IllegalArgumentException("The heap is " + megabytes + " MB; give at least 64.");
        }
    }

    static void startTimeout(Duration timeout) {
        if (!timeout.isPositive()) {
            throw new IllegalArgumentException("The start timeout is " + timeout + "; give more than zero.");
        }
    }
}
