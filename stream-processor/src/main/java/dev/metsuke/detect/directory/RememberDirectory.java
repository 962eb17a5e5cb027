package dev.metsuke.detect.directory;

import dev.metsuke.detect.graph.Flow;
import dev.metsuke.detect.history.Fact;
import dev.metsuke.detect.rejection.UnfitRecordException;
import dev.metsuke.detect.state.AccountStore;
import dev.metsuke.events.account.AccountId;
import dev.metsuke.events.account.DirectoryEntry;
import java.time.Instant;
import java.util.Objects;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;

/** Remembers each account's entry, and tells the detectors where it changed. */
public final class RememberDirectory implements ProcessorSupplier<AccountId, DirectoryEntry, AccountId, Fact> {

    private RememberDirectory() {}

    /** The store of accounts must be in the topology already. */
    public static Flow<AccountId, Fact> addTo(Flow<AccountId, DirectoryEntry> entries) {
        return entries.process(new RememberDirectory(), "remember-directory", AccountStore.ACCOUNTS);
    }

    @Override
    public Processor<AccountId, DirectoryEntry, AccountId, Fact> get() {
        return new Remembering();
    }

    private static final class Remembering implements Processor<AccountId, DirectoryEntry, AccountId, Fact> {

        private @Nullable ProcessorContext<AccountId, Fact> context;
        private @Nullable Directory directory;

        @Override
        public void init(ProcessorContext<AccountId, Fact> initial) {
            context = initial;
            directory = new Directory(initial);
        }

        @Override
        public void process(Record<AccountId, DirectoryEntry> record) {
            @Nullable DirectoryEntry now = record.value();
            UnfitRecordException.requireKey(record, now == null ? record.key() : now.account());
            if (now == null) {
                // Who has left is taken out, which says nothing against what was said before.
                return;
            }
            if (now.contractEnd() != null) {
                UnfitRecordException.requireTime("metsuke.directory.contract_end", now.contractEnd());
            }
            Directory known = Objects.requireNonNull(directory);
            if (!now.equals(known.entry(record.key()))) {
                Fact.Listed listed = known.put(record.key(), now, Instant.ofEpochMilli(record.timestamp()));
                Objects.requireNonNull(context).forward(record.withValue(listed));
            }
        }
    }
}
