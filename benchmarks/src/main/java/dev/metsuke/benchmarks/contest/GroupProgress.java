package dev.metsuke.benchmarks.contest;

import dev.metsuke.events.topic.Topic;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;

/** How far a consumer group, and so an application of Kafka Streams, has come. */
public final class GroupProgress {

    private GroupProgress() {}

    /** How many records of topics it has committed to be done with, where no transaction marker lies between them. */
    public static long consumed(Admin admin, String group, Set<Topic> topics)
            throws ExecutionException, InterruptedException {
        Set<String> titles = topics.stream().map(Topic::title).collect(Collectors.toSet());
        return admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata().get().entrySet().stream()
                .filter(position -> titles.contains(position.getKey().topic()))
                .flatMap(position -> Stream.ofNullable(position.getValue()))
                .mapToLong(position -> position.offset())
                .sum();
    }
}
