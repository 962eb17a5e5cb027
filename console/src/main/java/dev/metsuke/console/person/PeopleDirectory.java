package dev.metsuke.console.person;

import dev.metsuke.console.publish.TopicContents;
import dev.metsuke.console.publish.WriteFailedException;
import dev.metsuke.events.account.AccountId;
import dev.metsuke.events.account.DirectoryEntry;
import dev.metsuke.events.json.MalformedDocumentException;
import dev.metsuke.events.topic.Topic;
import dev.metsuke.operations.kafka.KafkaSettings;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The staff directory as its topic holds it at one moment. */
public final class PeopleDirectory {

    private static final Logger LOG = LoggerFactory.getLogger(PeopleDirectory.class);

    private final Map<AccountId, DirectoryEntry> entries = new TreeMap<>();

    PeopleDirectory() {}

    public static PeopleDirectory in(TopicContents contents) throws WriteFailedException {
        PeopleDirectory directory = new PeopleDirectory();
        contents.read(Topic.DIRECTORY, directory::remember);
        return directory;
    }

    /** All entries, by account. */
    public List<DirectoryEntry> entries() {
        return List.copyOf(entries.values());
    }

    /** The directory that Kafka holds now. */
    public static PeopleDirectory in(KafkaSettings kafka) throws WriteFailedException {
        return in(new TopicContents(kafka));
    }

    /** Whose account it is; null where the directory does not know it. */
    public @Nullable DirectoryEntry entryOf(AccountId account) {
        return entries.get(account);
    }

    /** The accounts of a person by the number in HR's books, in order; none where the directory does not know it. */
    public List<AccountId> accountsOf(String person) {
        return entries.values().stream()
                .filter(entry -> person.equals(entry.person()))
                .map(DirectoryEntry::account)
                .toList();
    }

    /** Those that the directory does not know, in order; none where nobody has given it anything yet. */
    public List<KnownNames.Stranger> strangers(Collection<AccountId> accounts) {
        return entries.isEmpty()
                ? List.of()
                : KnownNames.ofAllAccounts(values(entries.keySet())).strangers(values(accounts));
    }

    private static List<String> values(Collection<AccountId> accounts) {
        return accounts.stream().map(AccountId::value).toList();
    }

    /** Whether the directory says exactly this already. */
    public boolean holds(DirectoryEntry entry) {
        return entry.equals(entries.get(entry.account()));
    }

    void remember(ConsumerRecord<String, byte[]> record) {
        @Nullable String key = record.key();
        if (key == null || key.isBlank()) {
            warn(record, "its key names no account");
            return;
        }
        AccountId account = new AccountId(key);
        byte @Nullable [] value = record.value();
        entries.remove(account);
        if (value == null) {
            return;
        }
        try {
            entries.put(account, DirectoryEntry.fromJson(value));
        } catch (MalformedDocumentException e) {
            warn(record, e.getMessage());
        }
    }

    private static void warn(ConsumerRecord<?, ?> record, @Nullable String reason) {
        LOG.warn("{}-{}@{} is no directory entry: {}", record.topic(), record.partition(), record.offset(), reason);
    }
}
