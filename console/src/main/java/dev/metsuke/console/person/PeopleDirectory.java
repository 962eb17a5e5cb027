package dev.metsuke.console.person;

import dev.metsuke.console.publish.TopicContents;
import dev.metsuke.console.publish.WriteFailedException;
import dev.metsuke.events.account.AccountId;
import dev.metsuke.events.account.DirectoryEntry;
import dev.metsuke.events.json.MalformedDocumentException;
import dev.metsuke.events.topic.Topic;
import dev.metsuke.operations.kafka.KafkaSettings;
import java.text.Normalizer;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
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

    private PeopleDirectory() {}

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

    /**
     * An account that the directory does not know.
     *
     * @param account as it is written
     * @param resembles a known one that differs by nothing but width and case of its letters; null where there is none
     */
    public record Stranger(AccountId account, @Nullable AccountId resembles) {}

    /** Those that the directory does not know, in order; none where nobody has given it anything yet. */
    public List<Stranger> strangers(Collection<AccountId> accounts) {
        if (entries.isEmpty()) {
            return List.of();
        }
        Map<String, AccountId> folded = new HashMap<>();
        entries.keySet().forEach(account -> folded.putIfAbsent(fold(account), account));
        return accounts.stream()
                .distinct()
                .filter(account -> !entries.containsKey(account))
                .map(account -> new Stranger(account, folded.get(fold(account))))
                .toList();
    }

    private static String fold(AccountId account) {
        return Normalizer.normalize(account.value(), Normalizer.Form.NFKC).toLowerCase(Locale.ROOT);
    }

    /** Whether the directory says exactly this already. */
    public boolean holds(DirectoryEntry entry) {
        return entry.equals(entries.get(entry.account()));
    }

    private void remember(ConsumerRecord<String, byte[]> record) {
        AccountId account = new AccountId(record.key());
        byte @Nullable [] value = record.value();
        entries.remove(account);
        if (value == null) {
            return;
        }
        try {
            entries.put(account, DirectoryEntry.fromJson(value));
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
