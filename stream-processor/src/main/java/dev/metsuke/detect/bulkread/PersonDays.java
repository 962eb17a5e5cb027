package dev.metsuke.detect.bulkread;

import dev.metsuke.detect.department.DayKey;
import dev.metsuke.detect.department.DepartmentDays;
import dev.metsuke.detect.department.PersonDay;
import dev.metsuke.detect.state.CompactReader;
import dev.metsuke.detect.state.CompactWriter;
import dev.metsuke.detect.state.DailyEntries;
import dev.metsuke.detect.state.Section;
import dev.metsuke.detect.state.StateStores;
import dev.metsuke.events.account.AccountId;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.kafka.streams.processor.api.ProcessingContext;
import org.apache.kafka.streams.state.StoreBuilder;
import org.jspecify.annotations.Nullable;

/** What every account has added to its department's days, so that it can be taken out again. */
final class PersonDays {

    private final DailyEntries<Added> store;
    private final DepartmentDays departments;

    PersonDays(ProcessingContext context) {
        this.store = DailyEntries.find(context, Section.PERSON_DAYS, Added::write, Added::read);
        this.departments = new DepartmentDays(context);
    }

    static Set<StoreBuilder<?>> storeBuilders(StateStores state) {
        return DepartmentDays.storeBuilders(state);
    }

    /** From a date on, the account now adds these, by date; without a department, nothing. */
    void replace(AccountId account, @Nullable String department, long from, Map<Long, PersonDay> days) {
        Map<Long, Added> before = from(account, from);
        if (department != null) {
            days.forEach((date, day) -> {
                Added now = new Added(department, day);
                Added known = before.remove(date);
                if (!now.equals(known)) {
                    takeOut(date, known);
                    departments.add(new DayKey(department, date), day);
                    store.put(account, date, now);
                }
            });
        }
        before.forEach((date, added) -> {
            takeOut(date, added);
            store.remove(account, date);
        });
    }

    /** Forgets what was added before a date; the department's days keep it as long as they are kept. */
    void forget(AccountId account, long before) {
        store.forget(account, before);
    }

    private void takeOut(long date, @Nullable Added added) {
        if (added != null) {
            departments.takeOut(new DayKey(added.department(), date), added.day());
        }
    }

    private Map<Long, Added> from(AccountId account, long date) {
        Map<Long, Added> added = new TreeMap<>();
        store.forEach(account, date, Long.MAX_VALUE, added::put);
        return added;
    }

    private record Added(String department, PersonDay day) {

        private void write(CompactWriter out) {
            out.text(department)
                    .number(day.isWorking() ? 1 : 0)
                    .number(day.day())
                    .number(day.hour());
        }

        private static Added read(long date, CompactReader in) {
            return new Added(in.name(), new PersonDay(in.number() != 0, in.count(), in.count()));
        }
    }
}
