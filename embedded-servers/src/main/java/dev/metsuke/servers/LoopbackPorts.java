package dev.metsuke.servers;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;

/** Chooses free ports on 127.0.0.1. */
public final class LoopbackPorts {

    /**
     * Below what Linux and macOS hand out to outgoing connections: a client that retries against a stopped server's
     * port must not be given that very port as its own, or it would talk to itself and keep the server from it.
     */
    private static final int LOWEST = 20_000;

    private static final int HIGHEST = 32_000;

    private LoopbackPorts() {}

    /** Any free one. */
    public static int anyFree() {
        return anyFree(Set.of());
    }

    /** The first free one of those wished for, in their order (0 is no wish); else any free one. */
    static int choose(Set<Integer> taken, int... wishes) {
        return Arrays.stream(wishes)
                .filter(port -> port != 0 && !taken.contains(port) && isFree(port))
                .findFirst()
                .orElseGet(() -> anyFree(taken));
    }

    private static int anyFree(Set<Integer> taken) {
        return ThreadLocalRandom.current()
                .ints(1_000, LOWEST, HIGHEST)
                .filter(port -> !taken.contains(port) && isFree(port))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException(
                        "No free port found on 127.0.0.1 between " + LOWEST + " and " + HIGHEST + "."));
    }

    private static boolean isFree(int port) {
        try (ServerSocket probe = new ServerSocket()) {
            // As the servers themselves do, so that connections of the last run that linger don't count.
            probe.setReuseAddress(true);
            probe.bind(new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), port));
            return true;
        } catch (IOException taken) {
            return false;
        }
    }
}
