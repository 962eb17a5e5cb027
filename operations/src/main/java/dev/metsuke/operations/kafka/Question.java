package dev.metsuke.operations.kafka;

import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;

/** What Kafka is asked again and again. */
@FunctionalInterface
public interface Question {

    /** Asks once, and takes in what is answered. */
    void ask(Admin admin) throws ExecutionException, InterruptedException;
}
