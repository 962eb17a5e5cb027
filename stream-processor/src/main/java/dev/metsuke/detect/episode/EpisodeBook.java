package dev.metsuke.detect.episode;

import dev.metsuke.detect.directory.Directory;
import dev.metsuke.detect.episode.DueMinutes.Span;
import dev.metsuke.detect.history.AccessHistory;
import dev.metsuke.detect.history.Place;
import dev.metsuke.detect.policy.Policy;
import dev.metsuke.detect.state.AccountCursor;
import dev.metsuke.detect.state.StateStores;
import dev.metsuke.events.account.AccountId;
import dev.metsuke.events.account.DirectoryEntry;
import dev.metsuke.events.alert.Alert;
import dev.metsuke.events.alert.AlertState;
import dev.metsuke.events.alert.Rule;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.function.BiPredicate;
import java.util.function.Predicate;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.state.StoreBuilder;
import org.jspecify.annotations.Nullable;

/** A rule's episodes and the alerts that were sent about them; what it sends is the difference between the two. */
public final class EpisodeBook {

    private static final int ACCOUNTS_PER_SWEEP = 500;

    private final AlertForm form;
    private final AlertWriter writer;
    private final String policyVersion;
    private final EpisodeStore episodes;
    private final SentAlerts alerts;
    private final Directory directory;
    private final AccountCursor swept;
    private final Predicate<AccountId> isHeld;
    private final Set<EpisodeKey> changed = new LinkedHashSet<>();

    /** Of those that still may grow, the ones that are known to be judged by this policy. */
    private final Set<EpisodeKey> judged = new HashSet<>();

    /** What may be judged by another policy, and is told of nowhere. */
    private final Map<AccountId, Span> untold = new LinkedHashMap<>();

    private final Closings closings = new Closings();
    private boolean isRecovered;

    /**
     * Of accounts that are held nothing is told: they are being judged again in parts, or wait to be judged by this policy, and until
     * that is done stay as they were.
     */
    public EpisodeBook(
            ProcessorContext<AccountId, Alert> context,
            Rule rule,
            Policy policy,
            AlertWriter writer,
            Predicate<AccountId> isHeld,
            MeterRegistry meters) {
        this.form = new AlertForm(rule, policy, writer);
        this.writer = writer;
        this.policyVersion = policy.versionName();
        this.episodes = new EpisodeStore(context, rule);
        this.alerts = new SentAlerts(context, rule, meters);
        this.directory = new Directory(context);
        this.swept = episodes.cursor();
        this.isHeld = isHeld;
    }

    public static Set<StoreBuilder<?>> storeBuilders(StateStores state, Rule rule) {
        StoreBuilder<?> ofEpisodes = EpisodeStore.builder(state, rule);
        StoreBuilder<?> ofAlerts = SentAlerts.builder(state, rule);
        return Set.of(ofEpisodes, ofAlerts);
    }

    /**
     * A new finding, which opens an episode, joins one, or joins two into one. False, and nothing is done, where it would join
     * one that another policy judged: an alert names one policy, so the whole is to be judged again.
     */
    public boolean add(AccountId account, String scope, Episode finding) {
        List<Episode> near = near(account, scope, finding);
        for (Episode episode : near) {
            if (!isOfThisPolicy(new EpisodeKey(account, scope, episode.start()))) {
                return false;
            }
        }
        join(account, scope, finding, near);
        return true;
    }

    /** The same, whatever policy judged what it joins: that is not judged again. */
    public void addToSettled(AccountId account, String scope, Episode finding) {
        join(account, scope, finding, near(account, scope, finding));
    }

    private void join(AccountId account, String scope, Episode finding, List<Episode> near) {
        Episode joined = finding;
        for (Episode episode : near) {
            joined = joined.with(episode);
            remove(new EpisodeKey(account, scope, episode.start()));
        }
        put(new EpisodeKey(account, scope, joined.start()), joined);
    }

    private boolean isOfThisPolicy(EpisodeKey key) {
        if (judged.contains(key)) {
            return true;
        }
        @Nullable Alert told = alerts.get(key);
        if (told == null || !told.policyVersion().equals(policyVersion)) {
            return false;
        }
        judged.add(key);
        return true;
    }

    /** All episodes of an account, by scope. */
    public Map<String, List<Episode>> of(AccountId account) {
        Map<String, List<Episode>> found = new TreeMap<>();
        episodes.of(account)
                .forEach((key, stored) -> found.computeIfAbsent(key.scope(), scope -> new ArrayList<>())
                        .add(stored.episode()));
        return found;
    }

    /** Whether a single access counts in an episode already, or would be taken to. */
    public boolean tells(AccountId account, String scope, Episode access) {
        return near(account, scope, access).stream().anyMatch(episode -> episode.tells(access));
    }

    /** To be judged again part by part, in order of event time: those that fit the condition are taken out. */
    public void takeOut(AccountId account, BiPredicate<String, Episode> judgedAgain) {
        episodes.of(account).forEach((key, stored) -> {
            if (judgedAgain.test(key.scope(), stored.episode())) {
                remove(key);
            }
        });
    }

    /** Joins the findings of an account's next part, which begins there, but for what an episode tells already. */
    EpisodeJoiner joiner(AccountId account, Place next) {
        // Amid the accesses of a time, what ends with it is of the part before.
        Instant from = next.isAmid() ? next.time().plusNanos(1) : next.time();
        return new EpisodeJoiner(
                writer::quiet,
                settled(account, (scope, episode) -> episode.end().isBefore(from)));
    }

    /** A part is judged. */
    void addPart(AccountId account, Map<String, List<Episode>> part) {
        part.forEach((scope, list) -> list.forEach(episode -> addToSettled(account, scope, episode)));
    }

    /**
     * Judged again: of an account's episodes, those that fit the condition give way to these. What comes near one that stays,
     * since it began before what is remembered, is added to it.
     */
    public void replace(
            AccountId account, BiPredicate<String, Episode> judgedAgain, Map<String, List<Episode>> holding) {
        Map<String, List<Episode>> settled = settled(account, judgedAgain);
        Map<EpisodeKey, Episode> adding = new LinkedHashMap<>();
        Set<EpisodeKey> kept = new LinkedHashSet<>();
        holding.forEach((scope, list) -> {
            Duration quiet = writer.quiet(scope);
            List<Episode> staying = settled.getOrDefault(scope, List.of());
            for (Episode episode : list) {
                EpisodeKey key = new EpisodeKey(account, scope, episode.start());
                if (staying.stream().anyMatch(other -> other.isNear(episode, quiet))) {
                    adding.put(key, episode);
                } else {
                    kept.add(key);
                    putIfOther(key, episode);
                }
            }
        });
        episodes.of(account).forEach((key, stored) -> {
            if (!kept.contains(key) && judgedAgain.test(key.scope(), stored.episode())) {
                remove(key);
            }
        });
        adding.forEach((key, episode) -> addToSettled(account, key.scope(), episode));
    }

    private Map<String, List<Episode>> settled(AccountId account, BiPredicate<String, Episode> judgedAgain) {
        Map<String, List<Episode>> settled = of(account);
        settled.forEach((scope, list) -> list.removeIf(episode -> judgedAgain.test(scope, episode)));
        return settled;
    }

    /** Who the account's person is, or was, is known otherwise; alerts tell so, and for the rest stay as they were judged. */
    public void touch(AccountId account) {
        episodes.of(account).forEach((key, stored) -> {
            if (stored.telling() == Telling.TOLD) {
                put(key, new StoredEpisode(stored.episode(), Telling.PERSON));
            }
        });
    }

    /** Judged again with the same findings, but for other reasons: these episodes' alerts are written anew. */
    public void reword(AccountId account, Predicate<Episode> judgedAgain) {
        episodes.of(account).forEach((key, stored) -> {
            if (judgedAgain.test(stored.episode())) {
                put(key, stored.episode());
            }
        });
    }

    /** Gives out, once, what was judged before a restart or by another policy and is told of nowhere: this policy is to judge it. */
    public void drainUntold(BiConsumer<AccountId, Span> judge) {
        recover();
        Map<AccountId, Span> drained = new LinkedHashMap<>(untold);
        untold.clear();
        drained.forEach(judge);
    }

    /** Sends what changed, and closes what has been quiet long enough; false where nothing had to be sent. */
    public boolean tell(Instant now) {
        long before = alerts.messages();
        recover();
        closings.drain(now, changed::add);
        List<EpisodeKey> toTell =
                changed.stream().filter(key -> !isHeld.test(key.account())).toList();
        for (EpisodeKey key : toTell) {
            @Nullable StoredEpisode stored = episodes.get(key);
            if (stored == null) {
                withdraw(key, now);
            } else {
                tell(key, stored, now);
            }
        }
        toTell.forEach(changed::remove);
        return alerts.messages() != before;
    }

    /**
     * Forgets closed episodes that ended before their account's horizon. Those that a fast clock dated in the future are closed
     * once nothing is remembered of them: their own time may be years ahead.
     */
    public void sweep(AccessHistory history, Instant now) {
        for (AccountId account : swept.next(ACCOUNTS_PER_SWEEP)) {
            if (isHeld.test(account)) {
                continue;
            }
            Instant before = history.forgottenBefore(account, now);
            episodes.of(account).forEach((key, stored) -> {
                if (!changed.contains(key)) {
                    sweep(key, stored.episode(), before, history, now);
                }
            });
        }
    }

    private void sweep(EpisodeKey key, Episode episode, Instant before, AccessHistory history, Instant now) {
        if (history.hasForgottenFuture(key.account(), episode.start(), episode.end(), now)) {
            closeForGood(key, now);
        } else if (episode.end().isBefore(before)
                && episode.isOver(now, writer.quiet(key.scope()))
                && history.isForgotten(key.account(), episode.start(), episode.end())) {
            forget(key);
        }
    }

    private void closeForGood(EpisodeKey key, Instant now) {
        @Nullable Alert told = alerts.get(key);
        if (told != null && told.state() == AlertState.OPEN) {
            alerts.sendLast(key, told.closed(), now);
        }
        forget(key);
    }

    private void forget(EpisodeKey key) {
        judged.remove(key);
        episodes.remove(key);
        alerts.forget(key);
    }

    private void tell(EpisodeKey key, StoredEpisode stored, Instant now) {
        Episode episode = stored.episode();
        Duration quiet = writer.quiet(key.scope());
        boolean isOver = episode.isOver(now, quiet);
        // One that is judged is written anew, whatever was told.
        @Nullable Alert told = stored.telling() == Telling.JUDGED ? null : alerts.get(key);
        @Nullable DirectoryEntry person = directory.entryOfHolder(key.account(), key.start());
        Alert alert = told == null
                ? form.fill(key.account(), key.scope(), episode, person, isOver)
                : Retelling.retell(told, person, isOver);
        alerts.send(key, alert, now);
        if (stored.telling() != Telling.TOLD) {
            episodes.put(key, new StoredEpisode(episode, Telling.TOLD));
        }
        if (isOver) {
            judged.remove(key);
        } else {
            closings.schedule(key, episode.end().plus(quiet));
        }
    }

    private void withdraw(EpisodeKey key, Instant now) {
        @Nullable Alert alert = alerts.get(key);
        if (alert != null) {
            List<Episode> ofScope = of(key.account()).getOrDefault(key.scope(), List.of());
            alerts.sendLast(key, alert.withdrawn(form.whyWithdrawn(alert, ofScope)), now);
        }
    }

    /** After a restart: what was not told before the last commit, and what is still open. */
    private void recover() {
        if (isRecovered) {
            return;
        }
        isRecovered = true;
        episodes.forEach((key, stored) -> {
            Episode episode = stored.episode();
            if (stored.telling() != Telling.TOLD) {
                changed.add(key);
            }
            if (stored.telling() == Telling.JUDGED && !judged.contains(key)) {
                untold.merge(key.account(), Span.of(episode.start(), episode.end()), Span::with);
            }
            @Nullable Alert told = alerts.get(key);
            if (told != null && told.state() == AlertState.OPEN) {
                closings.schedule(key, episode.end().plus(writer.quiet(key.scope())));
            }
        });
        alerts.forEachKey(key -> {
            if (episodes.get(key) == null) {
                changed.add(key);
            }
        });
    }

    private List<Episode> near(AccountId account, String scope, Episode finding) {
        return episodes.near(account, scope, finding, writer.quiet(scope));
    }

    private void put(EpisodeKey key, Episode episode) {
        judged.add(key);
        put(key, new StoredEpisode(episode, Telling.JUDGED));
    }

    private void putIfOther(EpisodeKey key, Episode episode) {
        @Nullable StoredEpisode stored = episodes.get(key);
        if (stored == null || !stored.episode().equals(episode)) {
            put(key, episode);
        }
    }

    private void put(EpisodeKey key, StoredEpisode stored) {
        episodes.put(key, stored);
        changed.add(key);
    }

    private void remove(EpisodeKey key) {
        judged.remove(key);
        episodes.remove(key);
        changed.add(key);
    }
}
