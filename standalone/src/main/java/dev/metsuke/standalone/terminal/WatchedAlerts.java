package dev.metsuke.standalone.terminal;

import dev.metsuke.events.alert.Alert;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/** The alerts that changed last, and what of them was told; times are by {@link System#nanoTime}. */
final class WatchedAlerts {

    private static final int FEW = 40;

    private final int most;
    /** In the order of their latest changes. */
    private final SequencedMap<String, Seen> seen = new LinkedHashMap<>();

    /**
     * None yet.
     *
     * @param most how many are kept
     */
    WatchedAlerts(int most) {
        this.most = most;
    }

    /** Their latest states. */
    synchronized List<Alert> latest() {
        return seen.values().stream().map(Seen::latest).toList();
    }

    /** How long none has come or changed; the longest time there is where none ever came. */
    synchronized Duration quiet(long now) {
        return seen.isEmpty()
                ? Duration.ofSeconds(Long.MAX_VALUE)
                : Duration.ofNanos(now - seen.sequencedValues().getLast().changedAt);
    }

    synchronized void take(Alert alert, long now) {
        Seen before = seen.get(alert.id());
        if (before == null || !before.latest.equals(alert)) {
            seen.remove(alert.id());
            seen.put(alert.id(), new Seen(alert, before == null ? null : before.told, now));
        }
    }

    /** What nobody was told: alerts never told, and news of those that have not changed since a moment, or are about to be forgotten. */
    synchronized List<Seen> unsaid(long restingSince) {
        List<Seen> unsaid = new ArrayList<>();
        int tooMany = seen.size() - most;
        for (Seen one : seen.values()) {
            boolean rests = one.changedAt - restingSince <= 0 || tooMany > 0;
            if (one.told == null || (rests && one.isNews())) {
                unsaid.add(one);
            }
            tooMany--;
        }
        return unsaid;
    }

    synchronized void told(Seen one) {
        seen.computeIfPresent(one.latest.id(), (_, current) -> new Seen(current.latest, one.latest, current.changedAt));
    }

    /** Keeps those that changed last. */
    synchronized void forget() {
        Iterator<Seen> longestUnchanged = seen.values().iterator();
        for (int tooMany = seen.size() - most; tooMany > 0; tooMany--) {
            longestUnchanged.next();
            longestUnchanged.remove();
        }
    }

    /**
     * An alert as it is known.
     *
     * @param latest its latest state
     * @param told the state that was told last
     * @param changedAt when the latest state came
     */
    record Seen(Alert latest, @Nullable Alert told, long changedAt) {

        /** One more access in a great many is none; any of the first few is, a fifth more, another state or severity. */
        private boolean isNews() {
            return told == null
                    || told.state() != latest.state()
                    || told.severity() != latest.severity()
                    || (latest.events() != told.events() && latest.events() < FEW)
                    || latest.events() * 5 >= told.events() * 6;
        }
    }
}
