package dev.metsuke.detect.bulkread;

import dev.metsuke.detect.state.AccountEntries;
import dev.metsuke.detect.state.Section;
import dev.metsuke.events.account.AccountId;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.streams.processor.api.ProcessingContext;

/** Every account's closed days: written once a day, and read when a day's limits are computed. */
final class ReadDays {

    private static final AccountEntries.Form<ReadDay> FORM =
            new AccountEntries.Form<>(Section.READ_DAYS, ReadDay::bytes, ReadDay::of);

    private final AccountEntries<ReadDay> store;

    ReadDays(ProcessingContext context) {
        this.store = AccountEntries.find(context, FORM);
    }

    void put(AccountId account, ReadDay day) {
        store.put(account, day.day(), day);
    }

    /** The days from one, included, until another, not included. */
    List<ReadDay> between(AccountId account, long first, long until) {
        List<ReadDay> days = new ArrayList<>();
        store.forEach(account, first, until - 1, (_, day) -> days.add(day));
        return days;
    }

    /** Forgets the days from one, included, until another, not included. */
    void forget(AccountId account, long first, long until) {
        store.removeAll(account, first, until - 1);
    }
}
