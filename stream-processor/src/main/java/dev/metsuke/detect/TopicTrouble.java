package dev.metsuke.detect;

import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What is wrong with detection's topics while it runs: without one, Kafka Streams goes on for minutes, and then names none. */
final class TopicTrouble {

    private static final Logger LOG = LoggerFactory.getLogger(TopicTrouble.class);

    private final String applicationId;
    private volatile Optional<String> problem = Optional.empty();

    /** Has looked at nothing yet. */
    TopicTrouble(String applicationId) {
        this.applicationId = applicationId;
    }

    /** As of the last look. */
    Optional<String> problem() {
        return problem;
    }

    /** Looks again. */
    void look(Admin admin) throws ExecutionException, InterruptedException {
        note(TopicCheck.problem(admin, applicationId));
    }

    private synchronized void note(Optional<String> now) {
        if (!now.equals(problem)) {
            now.ifPresent(found -> LOG.error("Detection does not get what it needs: {}", found));
            problem = now;
        }
    }
}
