package dev.metsuke.detect;

import dev.metsuke.operations.kafka.Causes;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.InvalidConfigurationException;
import org.apache.kafka.streams.errors.MissingSourceTopicException;
import org.rocksdb.RocksDBException;

/**
 * Why detection stopped. One cause makes several tasks and threads fail, each in its way and in any order.
 *
 * @param reason for people
 * @param isCause whether it is one that the others may come from
 */
record Failure(String reason, boolean isCause) {

    private static final long MEBIBYTE = 1 << 20;

    /** So little does not suffice for what RocksDB writes at once. */
    private static final long FULL_BELOW = 64 * MEBIBYTE;

    /**
     * What is to be told of a failure.
     *
     * @param topics what is wrong with the topics, if anything is
     */
    static Failure of(Throwable thrown, Optional<String> topics, Path stateDir) {
        return of(thrown, topics, stateDir, usable(stateDir));
    }

    /** The same with so many bytes left on the state's disk. */
    static Failure of(Throwable thrown, Optional<String> topics, Path stateDir, long usable) {
        Throwable first = Causes.of(thrown).getLast();
        boolean lacksTopic = Causes.of(thrown).stream().anyMatch(MissingSourceTopicException.class::isInstance);
        if (lacksTopic && topics.isPresent()) {
            return new Failure(topics.get(), true);
        }
        if (usable < FULL_BELOW) {
            return new Failure(
                    "the disk of detect.state-dir " + stateDir + " is full (" + usable / MEBIBYTE
                            + " MiB left); give it room (" + first + ")",
                    true);
        }
        Optional<Throwable> refused =
                Causes.of(thrown).stream().filter(Failure::isOfClients).findFirst();
        if (refused.isPresent()) {
            return new Failure(
                    "Kafka cannot be spoken to (" + Causes.describe(refused.get())
                            + "); check kafka.bootstrap-servers, kafka.properties, and whether the certificates still"
                            + " hold",
                    true);
        }
        if (Causes.of(thrown).stream().anyMatch(Failure::isOfDisk)) {
            return new Failure("detect.state-dir " + stateDir + " cannot be used (" + first + ")", true);
        }
        return new Failure(first.toString(), false);
    }

    /** The one of both to be told: the earlier, unless only the later is a cause. */
    Failure or(Failure later) {
        return later.isCause && !isCause ? later : this;
    }

    /** A client of Kafka that cannot be made of its settings, or is not let in; a file that it does not find is none of the state's. */
    private static boolean isOfClients(Throwable failure) {
        return failure instanceof AuthenticationException
                || failure instanceof ConfigException
                || failure instanceof InvalidConfigurationException;
    }

    /** Of its subclasses most are a network's. */
    private static boolean isOfDisk(Throwable failure) {
        return failure.getClass() == IOException.class
                || failure instanceof FileSystemException
                || failure instanceof RocksDBException;
    }

    /** Plenty where nobody knows. */
    private static long usable(Path stateDir) {
        try {
            return Files.getFileStore(stateDir).getUsableSpace();
        } catch (IOException e) {
            return Long.MAX_VALUE;
        }
    }
}
