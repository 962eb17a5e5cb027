package dev.metsuke.detect.episode;

import dev.metsuke.detect.rejection.UnfitRecordException;
import dev.metsuke.detect.state.AccountEntries;
import dev.metsuke.detect.state.AccountStore;
import dev.metsuke.detect.state.CompactReader;
import dev.metsuke.detect.state.CompactWriter;
import dev.metsuke.detect.state.Section;
import dev.metsuke.detect.state.StateStores;
import dev.metsuke.events.account.AccountId;
import dev.metsuke.events.alert.Rule;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.ToLongBiFunction;
import org.apache.kafka.streams.processor.api.ProcessingContext;
import org.apache.kafka.streams.state.StoreBuilder;

/** Which accounts' minutes are to be judged again; durable, for a commit may come between the event and the judgement. */
public final class DueMinutes {

    private static final AccountEntries.Form<Span> FORM =
            AccountEntries.Form.of(Section.DUE, Span::bytes, bytes -> Span.of(new CompactReader(bytes)));

    private final AccountEntries<Span> store;
    private final Map<AccountId, Span> due = new LinkedHashMap<>();
    private final Set<AccountId> held = new HashSet<>();
    private boolean isRecovered;

    public DueMinutes(ProcessingContext context, Rule rule) {
        this.store = AccountEntries.find(context, store(rule), FORM);
    }

    public static StoreBuilder<AccountStore> storeBuilder(StateStores state, Rule rule) {
        return AccountStore.builder(state, store(rule));
    }

    private static String store(Rule rule) {
        return rule.id() + "-due";
    }

    public void add(AccountId account, Span span) {
        recover();
        Span known = due.get(account);
        Span wider = known == null ? span : known.with(span);
        if (!wider.equals(known)) {
            due.put(account, wider);
            store.put(account, AccountEntries.ONLY, wider);
        }
    }

    /** The same with what {@link EpisodeBook#drainUntold} gives out: until the account is judged, nothing of it may be told. */
    public void addUntold(AccountId account, Span span) {
        add(account, span);
        held.add(account);
    }

    /** Whether what was told of nowhere is still to be judged; not durable, for the book knows it after a restart. */
    public boolean holds(AccountId account) {
        return held.contains(account);
    }

    /**
     * Of the accounts that may be judged, so many at most, those that wait longest first, until as much is judged as may be at a
     * time; the others stay.
     *
     * @param judge answers how much it was
     */
    public void drain(int limit, long most, Predicate<AccountId> mayBeJudged, ToLongBiFunction<AccountId, Span> judge) {
        recover();
        List<AccountId> waiting =
                due.keySet().stream().filter(mayBeJudged).limit(limit).toList();
        long left = most;
        for (AccountId account : waiting) {
            if (left <= 0) {
                return;
            }
            left -= judge.applyAsLong(account, remove(account));
        }
    }

    /** Whether something of the account is still to be judged. */
    public boolean contains(AccountId account) {
        recover();
        return due.containsKey(account);
    }

    private Span remove(AccountId account) {
        store.remove(account, AccountEntries.ONLY);
        held.remove(account);
        return Objects.requireNonNull(due.remove(account));
    }

    private void recover() {
        if (isRecovered) {
            return;
        }
        isRecovered = true;
        store.forEach((account, number, span) -> due.put(account, span));
    }

    /** Minutes from the first to the last, both included. */
    public record Span(long first, long last) {

        /** Every time that a record may have. */
        public static final Span ALL = since(UnfitRecordException.EARLIEST);

        public static Span since(Instant from) {
            return of(from, UnfitRecordException.LATEST);
        }

        public static Span of(Instant time) {
            long minute = minuteOf(time);
            return new Span(minute, minute);
        }

        public static Span of(Instant from, Instant until) {
            return new Span(minuteOf(from), minuteOf(until));
        }

        public Span with(long minute) {
            return new Span(Math.min(first, minute), Math.max(last, minute));
        }

        public Span with(Span other) {
            return new Span(Math.min(first, other.first), Math.max(last, other.last));
        }

        public Span widened(long minutes) {
            return new Span(first - minutes, last + minutes);
        }

        /** When its first minute begins. */
        public Instant start() {
            return Instant.ofEpochSecond(first * 60);
        }

        /** When its last minute is over. */
        public Instant end() {
            return Instant.ofEpochSecond((last + 1) * 60);
        }

        /** Whether an episode has a part within it, or so near that both would join. */
        public boolean isNear(Episode episode, Duration quiet) {
            return !episode.end().isBefore(start().minus(quiet))
                    && !episode.start().isAfter(end().plus(quiet));
        }

        /** This span and every episode that it comes near, and what these come near in turn. */
        public Span withNear(Map<String, List<Episode>> episodes, Function<String, Duration> quiet) {
            Span wider = this;
            for (Map.Entry<String, List<Episode>> ofScope : episodes.entrySet()) {
                Duration ofIts = quiet.apply(ofScope.getKey());
                for (Episode episode : ofScope.getValue()) {
                    if (wider.isNear(episode, ofIts)) {
                        wider = wider.with(Span.of(episode.start(), episode.end()));
                    }
                }
            }
            return wider.equals(this) ? this : wider.withNear(episodes, quiet);
        }

        private static long minuteOf(Instant time) {
            return Math.floorDiv(time.getEpochSecond(), 60L);
        }

        private byte[] bytes() {
            return new CompactWriter().number(first).number(last).bytes();
        }

        private static Span of(CompactReader in) {
            return new Span(in.number(), in.number());
        }
    }
}
