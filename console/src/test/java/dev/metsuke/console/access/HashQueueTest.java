package dev.metsuke.console.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class HashQueueTest {

    private static final PasswordHash QUICK = PasswordHash.parse("pbkdf2-sha256$100000$"
            + Base64.getEncoder().encodeToString(new byte[16]) + "$"
            + Base64.getEncoder().encodeToString(new byte[32]));

    private final HashQueue hashes = new HashQueue();

    @Test
    void sendsAwayWhoWouldWaitForLong() throws Exception {
        try (ExecutorService strangers = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Callable<Optional<Boolean>>> guesses = Collections.nCopies(100, () -> hashes.matches(QUICK, "guess"));
            List<Optional<Boolean>> answers = new ArrayList<>();
            for (Future<Optional<Boolean>> answer : strangers.invokeAll(guesses)) {
                answers.add(answer.get());
            }

            assertThat(answers).contains(Optional.of(false), Optional.empty()).doesNotContain(Optional.of(true));
        }
        assertThat(hashes.matches(QUICK, "later")).contains(false);
    }
}
