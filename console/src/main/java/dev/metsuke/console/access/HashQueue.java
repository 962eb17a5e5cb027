package dev.metsuke.console.access;

import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Where passwords are hashed, each of which takes a core for a fraction of a second: by threads of their own, so that those who answer
 * requests are not taken, and with few waiting, so that nobody waits for long.
 */
final class HashQueue {

    private static final int AT_ONCE = 2;
    private static final int WAITING = 32;

    private final ThreadPoolExecutor threads = new ThreadPoolExecutor(
            AT_ONCE,
            AT_ONCE,
            10,
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(WAITING),
            Thread.ofPlatform().daemon().name("metsuke-console-hash-", 0).factory());

    HashQueue() {
        threads.allowCoreThreadTimeOut(true);
    }

    /** Whether the password is the one; empty where too many wait. */
    Optional<Boolean> matches(PasswordHash hash, String password) {
        try {
            return Optional.of(CompletableFuture.supplyAsync(() -> hash.matches(password.toCharArray()), threads)
                    .join());
        } catch (RejectedExecutionException e) {
            return Optional.empty();
        }
    }
}
