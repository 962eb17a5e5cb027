package dev.metsuke.benchmarks.ship;

import dev.metsuke.benchmarks.contest.JavaProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * A program that ships the log.
 *
 * @param name as it stands in the figures
 * @param topic where its lines go
 * @param endsByItself whether it ends once all is shipped
 * @param command what to start
 */
record Contestant(String name, String topic, boolean endsByItself, List<String> command) {

    Contestant {
        command = List.copyOf(command);
    }

    static Contestant bareLoop(String brokers, Path log) {
        String topic = "bare-loop";
        return new Contestant(
                topic,
                topic,
                true,
                JavaProcess.command(BareLoop.class, BareLoop.FLAGS, brokers, topic, log.toString()));
    }

    /** Without parsing: kcat sends lines as they are. */
    static Contestant kcat(String brokers, Path log) {
        String topic = "kcat";
        return new Contestant(
                topic,
                topic,
                true,
                List.of("kcat", "-P", "-b", brokers, "-t", topic, "-z", "lz4", "-X", "acks=all", "-l", log.toString()));
    }

    /** Without parsing: rsyslog sends lines as they are. */
    static Contestant rsyslog(String brokers, Path log, Path folder) throws IOException {
        String topic = "rsyslog";
        Path state = Files.createDirectories(folder.resolve(topic));
        Path configuration =
                Files.writeString(folder.resolve("rsyslog.conf"), """
                    global(workDirectory="%s" maxMessageSize="64k")
                    module(load="imfile")
                    module(load="omkafka")
                    template(name="line" type="string" string="%%msg%%")
                    input(type="imfile" File="%s" Tag="log" ruleset="ship")
                    ruleset(name="ship" queue.type="LinkedList" queue.size="100000" queue.dequeueBatchSize="4096") {
                      action(type="omkafka" broker=["%s"] topic="%s" template="line"
                             confParam=["compression.codec=lz4", "acks=all", "queue.buffering.max.messages=500000"])
                    }
                    """.formatted(state, log, brokers, topic));
        return new Contestant(
                topic,
                topic,
                false,
                List.of(
                        "rsyslogd",
                        "-n",
                        "-f",
                        configuration.toString(),
                        "-i",
                        folder.resolve("rsyslog.pid").toString()));
    }

    /** The same work as Metsuke's but for the chain and exactly once: parses JSON and keys by user. */
    static Contestant fluentBit(String brokers, Path log, Path folder) throws IOException {
        String topic = "fluent-bit";
        Path configuration = Files.writeString(folder.resolve("fluent-bit.yaml"), """
            service: {flush: 0.1, log_level: error}
            parsers:
              - {name: audit, format: json}
            pipeline:
              inputs:
                - {name: tail, path: %s, read_from_head: true, parser: audit, threaded: true,
                   buffer_chunk_size: 1M, buffer_max_size: 4M}
              outputs:
                - {name: kafka, match: '*', brokers: %s, topics: %s, format: json, message_key_field: user,
                   rdkafka.compression.codec: lz4, rdkafka.acks: all}
            """.formatted(log, brokers, topic));
        return new Contestant(topic, topic, false, List.of("fluent-bit", "-c", configuration.toString()));
    }

    /** Metsuke's shipper: parses, keys, chains, and commits every 100 ms. */
    static Contestant metsuke(Path configuration, long secondsToStay) {
        return new Contestant(
                "metsuke",
                "metsuke.access-events",
                true,
                JavaProcess.command(
                        ShipperRun.class, ShipperRun.FLAGS, configuration.toString(), Long.toString(secondsToStay)));
    }

    boolean isInstalled() {
        String program = command.getFirst();
        return program.contains("/")
                || Stream.of(System.getenv().getOrDefault("PATH", "").split(":", -1))
                        .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
    }
}
