package dev.metsuke.detect.episode;

import dev.metsuke.detect.episode.DueMinutes.Span;
import dev.metsuke.detect.history.Access;
import dev.metsuke.detect.history.AccessHistory;
import dev.metsuke.detect.history.AccessHistory.Walked;
import dev.metsuke.detect.history.Place;
import dev.metsuke.detect.history.Walk;
import dev.metsuke.detect.history.Walks;
import dev.metsuke.events.account.AccountId;
import java.time.Instant;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Judges accounts again by what is remembered of them, in parts where one go would take too long. What a part gives lies with the
 * episodes, how far it is with the walks.
 */
public final class Rejudging<C> {

    private final AccessHistory history;
    private final Source source;
    private final Walks<C> walks;
    private final EpisodeBook book;

    /** By one rule, which goes through the accesses of the source. */
    public Rejudging(AccessHistory history, Source source, Walks<C> walks, EpisodeBook book) {
        this.history = history;
        this.source = source;
        this.walks = walks;
        this.book = book;
    }

    /** An account's horizon, or the earlier one of a walk that is under way. */
    public Instant horizonOf(AccountId account, Instant now) {
        return walks.horizonOf(account, history.horizonOf(account, now));
    }

    /**
     * Which of an account's episodes can be judged again exactly: one that began before what is remembered only grows.
     *
     * @param horizon what {@link #horizonOf} gives
     */
    public Predicate<Episode> isRemembered(AccountId account, Instant horizon, Instant now) {
        Instant remembered = history.rememberedFrom(account, horizon);
        return episode -> !episode.start().isBefore(remembered)
                && !history.hasForgottenFuture(account, episode.start(), episode.end(), now);
    }

    /** Gives out what {@link EpisodeBook#drainUntold} does, but for what a walk goes through that is under way. */
    public void drainUntold(BiConsumer<AccountId, Span> judge) {
        book.drainUntold((account, span) -> {
            if (!walks.takeIn(account, span.start(), span.end())) {
                judge.accept(account, span);
            }
        });
    }

    /**
     * Whether a walk that comes to an access yet takes it for one that an episode tells already. Amid the accesses of one time that
     * can be none but its own.
     *
     * @param scopes under which it may be told
     */
    public boolean takesForTold(Access access, Episode finding, Stream<String> scopes) {
        return !walks.areAmid(access.account(), access.time())
                && scopes.anyMatch(scope -> book.tells(access.account(), scope, finding));
    }

    /**
     * Goes through the next accesses of a walk; what is left of them waits for the next telling.
     *
     * @param judge adds those that are findings
     * @param carried gives what the rule has to know of them to judge the rest
     */
    public Walked goOn(AccountId account, Walk<C> walk, BiConsumer<Access, EpisodeJoiner> judge, Supplier<C> carried) {
        EpisodeJoiner holding = book.joiner(account, walk.next());
        Walked walked = source.walk(
                account, walk, walks.left(), holding::mayEndBefore, access -> judge.accept(access, holding));
        book.addPart(account, holding.episodes());
        walks.advance(account, walk.carrying(carried.get()), walked);
        return walked;
    }

    /** Accesses in order of event time, as {@link AccessHistory#walk} gives all of them. */
    public interface Source {

        Walked walk(
                AccountId account, Walk<?> walk, int most, Predicate<Place> mayEndBefore, Consumer<Access> consumer);
    }
}
