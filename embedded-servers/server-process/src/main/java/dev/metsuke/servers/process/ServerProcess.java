package dev.metsuke.servers.process;

import java.io.IOException;
import java.io.PrintStream;
import java.net.BindException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Runs one server for as long as this JVM's standard input stays open, so that it never outlives the parent that
 * holds the other end.
 *
 * <p>On standard output it prints one line, {@code READY port}, once the server takes requests; everything else goes to
 * standard error. Exit codes: 0 stopped in order, 1 did not start, {@value #PORT_TAKEN} did not start because a port was
 * taken, 2 could not stop in time.
 */
public final class ServerProcess {

    private static final int PORT_TAKEN = 98;

    /** Shorter than the parent waits, so that it is this side that says why. */
    private static final Duration STOP_LIMIT = Duration.ofSeconds(20);

    private ServerProcess() {}

    public static void run(Callable<RunningServer> starter) {
        leaveTerminalSignalsToParent();
        PrintStream readiness = System.out;
        System.setOut(System.err);
        AtomicReference<@Nullable RunningServer> running = new AtomicReference<>();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(running.get()), "stop-server"));
        Thread.ofPlatform().name("await-parent").start(ServerProcess::exitWhenParentIsGone);
        try {
            RunningServer server = starter.call();
            running.set(server);
            readiness.println("READY " + server.port());
            readiness.flush();
        } catch (Throwable failure) {
            failure.printStackTrace();
            System.exit(isPortTaken(failure) ? PORT_TAKEN : 1);
        }
    }

    /**
     * Ctrl-C reaches every process of the terminal at once; the parent alone decides in which order they stop. Reflection,
     * because javac's warning about {@code sun.misc.Signal} can't be suppressed.
     */
    private static void leaveTerminalSignalsToParent() {
        try {
            Class<?> signal = Class.forName("sun.misc.Signal");
            Class<?> handler = Class.forName("sun.misc.SignalHandler");
            Object ignore = handler.getField("SIG_IGN").get(null);
            for (String name : List.of("INT", "HUP")) {
                Object number = signal.getConstructor(String.class).newInstance(name);
                signal.getMethod("handle", signal, handler).invoke(null, number, ignore);
            }
        } catch (ReflectiveOperationException missing) {
            System.err.println("Ctrl-C will stop this server at once, not in its turn: " + missing);
        }
    }

    private static void exitWhenParentIsGone() {
        try {
            while (System.in.read() >= 0) {
                // The parent sends nothing; only the end counts.
            }
        } catch (IOException unreadable) {
            System.err.println("Standard input broke, taken as its end: " + unreadable);
        }
        System.exit(0);
    }

    private static void stop(@Nullable RunningServer server) {
        if (server == null) {
            return;
        }
        Thread.ofPlatform().name("stop-limit").daemon().start(ServerProcess::haltAfterLimit);
        try {
            server.stop().run();
        } catch (Exception failure) {
            System.err.println("The server did not stop cleanly:");
            failure.printStackTrace();
        }
    }

    private static void haltAfterLimit() {
        try {
            Thread.sleep(STOP_LIMIT);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        System.err.println("The server did not stop within " + STOP_LIMIT.toSeconds() + " s; halting it.");
        Runtime.getRuntime().halt(2);
    }

    private static boolean isPortTaken(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof BindException) {
                return true;
            }
        }
        return false;
    }
}
