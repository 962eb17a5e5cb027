package dev.metsuke.detect.bulkread;

import dev.metsuke.detect.episode.Episode;
import dev.metsuke.detect.episode.Grounds;
import dev.metsuke.detect.episode.Peak;
import dev.metsuke.detect.state.AccountCursor;
import dev.metsuke.detect.state.AccountEntries;
import dev.metsuke.detect.state.Codes;
import dev.metsuke.detect.state.CompactReader;
import dev.metsuke.detect.state.CompactWriter;
import dev.metsuke.detect.state.Section;
import dev.metsuke.events.access.Action;
import dev.metsuke.events.account.AccountId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.kafka.streams.processor.api.ProcessingContext;
import org.jspecify.annotations.Nullable;

/** What the minutes of episodes added up to that are forgotten while their episodes go on. */
final class SettledReads {

    private static final AccountEntries.Form<Settled> FORM =
            AccountEntries.Form.of(Section.SETTLED, Settled::bytes, bytes -> Settled.of(new CompactReader(bytes)));

    private final AccountEntries<Settled> store;

    SettledReads(ProcessingContext context) {
        this.store = AccountEntries.find(context, FORM);
    }

    AccountCursor cursor() {
        return store.cursor();
    }

    Settled of(AccountId account) {
        @Nullable Settled known = store.get(account, AccountEntries.ONLY);
        return known == null ? Settled.NOTHING : known;
    }

    void put(AccountId account, Settled settled) {
        store.put(account, AccountEntries.ONLY, settled);
    }

    void forget(AccountId account) {
        store.remove(account, AccountEntries.ONLY);
    }

    /**
     * Of one account.
     *
     * @param until the first minute that is not settled
     * @param parts the settled parts of episodes, by scope, without evidence
     */
    record Settled(long until, Map<String, List<Episode>> parts) {

        static final Settled NOTHING = new Settled(MinuteSlot.minuteOf(Instant.MIN), Map.of());

        /** The settled parts of the episodes given. */
        List<Episode> partsOf(String scope, List<Episode> episodes) {
            return parts.getOrDefault(scope, List.of()).stream()
                    .filter(part -> isWithin(part, episodes))
                    .toList();
        }

        static boolean isWithin(Episode part, List<Episode> episodes) {
            return episodes.stream()
                    .anyMatch(episode -> !part.start().isBefore(episode.start())
                            && !part.end().isAfter(episode.end()));
        }

        private byte[] bytes() {
            CompactWriter out = new CompactWriter().number(until);
            parts.forEach((scope, list) -> list.forEach(part -> {
                out.text(scope)
                        .time(part.start())
                        .time(part.end())
                        .number(part.events())
                        .number(part.records())
                        .number(part.unknownRecords())
                        .number(part.late())
                        .number(part.actions().size());
                new TreeSet<>(part.actions()).forEach(action -> out.number(Codes.of(action)));
                part.peak().write(out);
            }));
            return out.bytes();
        }

        private static Settled of(CompactReader in) {
            long until = in.number();
            Map<String, List<Episode>> parts = new TreeMap<>();
            while (in.hasMore()) {
                parts.computeIfAbsent(in.text(), scope -> new ArrayList<>()).add(part(in));
            }
            return new Settled(until, parts);
        }

        private static Episode part(CompactReader in) {
            Instant start = in.time();
            Instant end = in.time();
            long events = in.number();
            long records = in.number();
            long unknownRecords = in.number();
            long late = in.number();
            Set<Action> actions = new TreeSet<>();
            for (int left = in.count(); left > 0; left--) {
                actions.add(Codes.action(in.number()));
            }
            Peak peak = Peak.read(in);
            return new Episode(
                    start, end, events, records, unknownRecords, 0, late, actions, peak, Grounds.NONE, List.of());
        }
    }
}
