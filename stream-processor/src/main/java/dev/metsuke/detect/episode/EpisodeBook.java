package dev.metsuke.detect.episode;

import dev.metsuke.detect.directory.Directory;
import dev.metsuke.detect.episode.DueMinutes.Span;
import dev.metsuke.detect.history.AccessHistory;
import dev.metsuke.detect.policy.Policy;
import dev.metsuke.detect.state.AccountCursor;
import dev.metsuke.detect.state.StateKey;
import dev.metsuke.detect.state.StateStores;
import dev.metsuke.events.account.AccountId;
import dev.metsuke.events.alert.Alert;
import dev.metsuke.events.alert.AlertState;
import dev.metsuke.events.alert.Rule;
import dev.metsuke.events.json.MalformedDocumentException;
import dev.metsuke.events.topic.Header;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
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
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;

/** A rule's episodes and the alerts that were sent about them; what it sends is the difference between the two. */
public final class EpisodeBook {

    private static final int ACCOUNTS_PER_SWEEP = 500;

    private final ProcessorContext<AccountId, Alert> context;
    private final AlertForm form;
    private final AlertWriter writer;
    private final ZoneId zone;
    private final String policyVersion;
    private final AlertCounters counters;
    private final KeyValueStore<Bytes, byte[]> episodes;
    private final KeyValueStore<Bytes, byte[]> alerts;
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
    private long sent;

    /** Of accounts that are held nothing is told: they are being judged again in parts, and until that is done stay as they were. */
    public EpisodeBook(
            ProcessorContext<AccountId, Alert> context,
            Rule rule,
            Policy policy,
            AlertWriter writer,
            Predicate<AccountId> isHeld,
            MeterRegistry meters) {
        this.context = context;
        this.form = new AlertForm(rule, policy, writer);
        this.writer = writer;
        this.zone = policy.zone();
        this.policyVersion = policy.versionName();
        this.counters = new AlertCounters(rule, meters);
        this.episodes = StateStores.find(context, episodesStore(rule));
        this.alerts = StateStores.find(context, alertsStore(rule));
        this.directory = new Directory(context);
        this.swept = new AccountCursor(episodes);
        this.isHeld = isHeld;
    }

    public static Set<StoreBuilder<?>> storeBuilders(StateStores state, Rule rule) {
        StoreBuilder<KeyValueStore<Bytes, byte[]>> ofEpisodes = state.plain(episodesStore(rule));
        StoreBuilder<KeyValueStore<Bytes, byte[]>> ofAlerts = state.plain(alertsStore(rule));
        return Set.of(ofEpisodes, ofAlerts);
    }

    private static String episodesStore(Rule rule) {
        return rule.id() + "-episodes";
    }

    private static String alertsStore(Rule rule) {
        return rule.id() + "-alerts";
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
        byte[] told = alerts.get(key.bytes());
        if (told == null || !parse(told).policyVersion().equals(policyVersion)) {
            return false;
        }
        judged.add(key);
        return true;
    }

    /** All episodes of an account, by scope. */
    public Map<String, List<Episode>> of(AccountId account) {
        Map<String, List<Episode>> found = new TreeMap<>();
        for (EpisodeKey key : keys(account)) {
            found.computeIfAbsent(key.scope(), scope -> new ArrayList<>()).add(require(key));
        }
        return found;
    }

    /** Whether a single access counts in an episode already, or would be taken to. */
    public boolean tells(AccountId account, String scope, Episode access) {
        return near(account, scope, access).stream().anyMatch(episode -> episode.tells(access));
    }

    /** To be judged again part by part, in order of event time: those that fit the condition are taken out. */
    public void takeOut(AccountId account, BiPredicate<String, Episode> judgedAgain) {
        for (EpisodeKey key : keys(account)) {
            if (judgedAgain.test(key.scope(), require(key))) {
                remove(key);
            }
        }
    }

    /** Joins the findings of an account's next part, which is of this time and later, but for what an episode tells already. */
    EpisodeJoiner joiner(AccountId account, Instant next) {
        return new EpisodeJoiner(
                writer::quiet,
                settled(account, (scope, episode) -> episode.end().isBefore(next)));
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
        for (EpisodeKey key : keys(account)) {
            if (!kept.contains(key) && judgedAgain.test(key.scope(), require(key))) {
                remove(key);
            }
        }
        adding.forEach((key, episode) -> addToSettled(account, key.scope(), episode));
    }

    private Map<String, List<Episode>> settled(AccountId account, BiPredicate<String, Episode> judgedAgain) {
        Map<String, List<Episode>> settled = of(account);
        settled.forEach((scope, list) -> list.removeIf(episode -> judgedAgain.test(scope, episode)));
        return settled;
    }

    /** Who the account's person is has changed; alerts tell so, and for the rest stay as they were judged. */
    public void touch(AccountId account) {
        for (EpisodeKey key : keys(account)) {
            StoredEpisode stored = StoredEpisode.of(episodes.get(key.bytes()));
            if (stored.telling() == Telling.TOLD) {
                put(key, new StoredEpisode(stored.episode(), Telling.PERSON));
            }
        }
    }

    /** Judged again with the same findings, but for other reasons: these episodes' alerts are written anew. */
    public void reword(AccountId account, Predicate<Episode> judgedAgain) {
        for (EpisodeKey key : keys(account)) {
            Episode episode = require(key);
            if (judgedAgain.test(episode)) {
                put(key, episode);
            }
        }
    }

    /** Gives out, once, what was judged before a restart or by another policy and is told of nowhere: this policy is to judge it. */
    void drainUntold(BiConsumer<AccountId, Span> judge) {
        recover();
        Map<AccountId, Span> drained = Map.copyOf(untold);
        untold.clear();
        drained.forEach(judge);
    }

    /** Sends what changed, and closes what has been quiet long enough; false where nothing had to be sent. */
    public boolean tell(Instant now) {
        long before = sent;
        recover();
        closings.drain(now, changed::add);
        List<EpisodeKey> toTell =
                changed.stream().filter(key -> !isHeld.test(key.account())).toList();
        for (EpisodeKey key : toTell) {
            byte[] stored = episodes.get(key.bytes());
            if (stored == null) {
                withdraw(key, now);
            } else {
                tell(key, StoredEpisode.of(stored), now);
            }
        }
        toTell.forEach(changed::remove);
        return sent != before;
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
            for (EpisodeKey key : keys(account)) {
                Episode episode = require(key);
                if (changed.contains(key)) {
                    continue;
                }
                if (history.hasForgottenFuture(account, episode.start(), episode.end(), now)) {
                    closeForGood(key, now);
                } else if (episode.end().isBefore(before)
                        && episode.isOver(now, writer.quiet(key.scope()))
                        && history.isForgotten(account, episode.start(), episode.end())) {
                    forget(key);
                }
            }
        }
    }

    private void closeForGood(EpisodeKey key, Instant now) {
        byte[] told = alerts.get(key.bytes());
        if (told != null && parse(told).state() == AlertState.OPEN) {
            send(parse(told).closed(), now);
        }
        forget(key);
    }

    private void forget(EpisodeKey key) {
        judged.remove(key);
        episodes.delete(key.bytes());
        alerts.delete(key.bytes());
    }

    private void tell(EpisodeKey key, StoredEpisode stored, Instant now) {
        Episode episode = stored.episode();
        Duration quiet = writer.quiet(key.scope());
        boolean isOver = episode.isOver(now, quiet);
        byte[] told = alerts.get(key.bytes());
        Alert alert = told == null || stored.telling() == Telling.JUDGED
                ? form.fill(key.account(), key.scope(), episode, directory.entry(key.account()), isOver)
                : Retelling.retell(parse(told), directory.entry(key.account()), isOver);
        byte[] json = alert.toJson();
        if (!Arrays.equals(json, told)) {
            counters.told(told == null ? null : parse(told), alert);
            alerts.put(key.bytes(), json);
            send(alert, now);
        }
        if (stored.telling() != Telling.TOLD) {
            episodes.put(key.bytes(), new StoredEpisode(episode, Telling.TOLD).bytes());
        }
        if (isOver) {
            judged.remove(key);
        } else {
            closings.schedule(key, episode.end().plus(quiet));
        }
    }

    private void withdraw(EpisodeKey key, Instant now) {
        byte[] json = alerts.delete(key.bytes());
        if (json == null) {
            return;
        }
        Alert alert = parse(json);
        List<Episode> ofScope = episodes(key.account(), key.scope());
        String because = ofScope.stream()
                .filter(episode -> !alert.start().isBefore(episode.start())
                        && !alert.start().isAfter(episode.end()))
                .findFirst()
                .map(episode -> "taken in by the episode that starts at " + Wording.time(episode.start(), zone))
                .orElseGet(() -> writer.whyWithdrawn(alert) + rest(alert, ofScope));
        send(alert.withdrawn(because), now);
    }

    /** What begins within the alert still holds, under another id. */
    private String rest(Alert alert, List<Episode> ofScope) {
        return ofScope.stream()
                .filter(episode -> episode.start().isAfter(alert.start())
                        && !episode.start().isAfter(alert.end()))
                .findFirst()
                .map(episode ->
                        "; the rest is told by the episode that starts at " + Wording.time(episode.start(), zone))
                .orElse("");
    }

    private void send(Alert alert, Instant now) {
        sent++;
        counters.sent(alert.state());
        Headers headers = new RecordHeaders().add(Header.ID, alert.id().getBytes(StandardCharsets.UTF_8));
        context.forward(new Record<>(alert.account(), alert, now.toEpochMilli(), headers));
    }

    /** After a restart: what was not told before the last commit, and what is still open. */
    private void recover() {
        if (isRecovered) {
            return;
        }
        isRecovered = true;
        try (KeyValueIterator<Bytes, byte[]> all = episodes.all()) {
            all.forEachRemaining(entry -> {
                StoredEpisode stored = StoredEpisode.of(entry.value);
                EpisodeKey key = EpisodeKey.of(entry.key);
                if (stored.telling() != Telling.TOLD) {
                    changed.add(key);
                }
                if (stored.telling() == Telling.JUDGED && !judged.contains(key)) {
                    Episode episode = stored.episode();
                    untold.merge(key.account(), Span.of(episode.start(), episode.end()), Span::with);
                }
                byte[] told = alerts.get(entry.key);
                if (told != null && parse(told).state() == AlertState.OPEN) {
                    closings.schedule(key, stored.episode().end().plus(writer.quiet(key.scope())));
                }
            });
        }
        try (KeyValueIterator<Bytes, byte[]> all = alerts.all()) {
            all.forEachRemaining(entry -> {
                if (episodes.get(entry.key) == null) {
                    changed.add(EpisodeKey.of(entry.key));
                }
            });
        }
    }

    private List<Episode> near(AccountId account, String scope, Episode finding) {
        List<Episode> near = new ArrayList<>();
        Duration quiet = writer.quiet(scope);
        StateKey latest = StateKey.of(account).text(scope).time(finding.end().plus(quiet));
        try (KeyValueIterator<Bytes, byte[]> backwards =
                episodes.reverseRange(StateKey.of(account).text(scope).first(), latest.last())) {
            while (backwards.hasNext()) {
                Episode episode = StoredEpisode.of(backwards.next().value).episode();
                if (!episode.isNear(finding, quiet)) {
                    break;
                }
                near.add(episode);
            }
        }
        return near;
    }

    private List<Episode> episodes(AccountId account, String scope) {
        return of(account).getOrDefault(scope, List.of());
    }

    private List<EpisodeKey> keys(AccountId account) {
        List<EpisodeKey> keys = new ArrayList<>();
        StateKey all = StateKey.of(account);
        try (KeyValueIterator<Bytes, byte[]> ofAccount = episodes.range(all.first(), all.last())) {
            ofAccount.forEachRemaining(entry -> keys.add(EpisodeKey.of(entry.key)));
        }
        return keys;
    }

    private Episode require(EpisodeKey key) {
        return StoredEpisode.of(episodes.get(key.bytes())).episode();
    }

    private void put(EpisodeKey key, Episode episode) {
        judged.add(key);
        put(key, new StoredEpisode(episode, Telling.JUDGED));
    }

    private void putIfOther(EpisodeKey key, Episode episode) {
        byte[] stored = episodes.get(key.bytes());
        if (stored == null || !StoredEpisode.of(stored).episode().equals(episode)) {
            put(key, episode);
        }
    }

    private void put(EpisodeKey key, StoredEpisode stored) {
        episodes.put(key.bytes(), stored.bytes());
        changed.add(key);
    }

    private void remove(EpisodeKey key) {
        judged.remove(key);
        episodes.delete(key.bytes());
        changed.add(key);
    }

    private static Alert parse(byte[] json) {
        try {
            return Alert.fromJson(json);
        } catch (MalformedDocumentException e) {
            throw new IllegalStateException("the store of alerts holds what was never put into it", e);
        }
    }
}
