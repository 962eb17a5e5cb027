package dev.metsuke.console.directory;

import dev.metsuke.events.account.AccountId;
import dev.metsuke.events.account.DirectoryEntry;
import dev.metsuke.events.json.MalformedDocumentException;
import dev.metsuke.events.topic.Topic;
import dev.metsuke.operations.kafka.KafkaSettings;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers which accounts a person has, from the directory topic as it stands at that moment. */
public final class PeopleDirectory {

    private static final Logger LOG = LoggerFactory.getLogger(PeopleDirectory.class);
    private static final Duration ASK = Duration.ofSeconds(5);
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Map<String, Object> properties;
    private final String brokers;

    public PeopleDirectory(KafkaSettings kafka) {
        brokers = kafka.bootstrapServers();
        properties = kafka.clientProperties("metsuke-directory-reader");
        properties.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        properties.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, "false");
        properties.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        properties.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, "false");
    }

    /** What the directory says. */
    public sealed interface Accounts {

        /**
         * The person's accounts, in order; none where the directory does not know the person.
         *
         * @param accounts the accounts
         */
        record Known(List<AccountId> accounts) implements Accounts {
            public Known {
                accounts = List.copyOf(accounts);
            }
        }

        /**
         * The directory cannot be read.
         *
         * @param reason why
         */
        record Away(String reason) implements Accounts {}
    }

    /** The accounts of a person by the number in HR's books. */
    public Accounts accountsOf(String person) {
        try (KafkaConsumer<String, byte[]> consumer =
                new KafkaConsumer<>(properties, new StringDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> partitions =
                    consumer.listTopics(ASK).getOrDefault(Topic.DIRECTORY.title(), List.<PartitionInfo>of()).stream()
                            .map(info -> new TopicPartition(info.topic(), info.partition()))
                            .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions, ASK);
            Map<String, String> personByAccount = new ConcurrentHashMap<>();
            Instant giveUp = Instant.now().plus(PATIENCE);
            while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey(), ASK) < end.getValue())) {
                if (Instant.now().isAfter(giveUp)) {
                    return new Accounts.Away("the directory on Kafka at " + brokers + " could not be read within "
                            + PATIENCE.toSeconds() + " s");
                }
                consumer.poll(Duration.ofMillis(250)).forEach(record -> remember(record, personByAccount));
            }
            TreeSet<AccountId> accounts = new TreeSet<>();
            personByAccount.forEach((account, holder) -> {
                if (holder.equals(person)) {
                    accounts.add(new AccountId(account));
                }
            });
            return new Accounts.Known(List.copyOf(accounts));
        } catch (KafkaException e) {
            return new Accounts.Away("Kafka at " + brokers + " does not answer (" + e.getMessage() + ")");
        }
    }

    private static void remember(ConsumerRecord<String, byte[]> record, Map<String, String> personByAccount) {
        personByAccount.remove(record.key());
        byte @Nullable [] value = record.value();
        if (value == null) {
            return;
        }
        try {
            String person = DirectoryEntry.fromJson(value).person();
            if (person != null) {
                personByAccount.put(record.key(), person);
            }
        } catch (MalformedDocumentException e) {
            LOG.warn(
                    "{}-{}@{} is no directory entry: {}",
                    record.topic(),
                    record.partition(),
                    record.offset(),
                    e.getMessage());
        }
    }
}
