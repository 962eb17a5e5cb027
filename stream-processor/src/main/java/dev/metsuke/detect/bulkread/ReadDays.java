package dev.metsuke.detect.bulkread;

import dev.metsuke.detect.state.DailyEntries;
import dev.metsuke.detect.state.Section;
import dev.metsuke.events.account.AccountId;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.streams.processor.api.ProcessingContext;

/** Every account's closed days: written once a day, and read when a day's limits are computed. */
final class ReadDays {

    private final DailyEntries<ReadDay> store;

    ReadDays(ProcessingContext context) {
        this.store = DailyEntries.find(context, Section.READ_DAYS, ReadDay::write, ReadDay::read);
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

    /** The days from one, included, until another, not included, are closed no more. */
    void open(AccountId account, long first, long until) {
        store.removeAll(account, first, until - 1);
    }

    /** Nobody asks any more for the days before this one. */
    void forget(AccountId account, long before) {
        store.forget(account, before);
    }
}
