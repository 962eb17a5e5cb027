package dev.metsuke.detect.offhours;

import dev.metsuke.detect.calendar.WorkingCalendar;
import dev.metsuke.detect.directory.Directory;
import dev.metsuke.detect.episode.Detector;
import dev.metsuke.detect.episode.Episode;
import dev.metsuke.detect.episode.EpisodeBook;
import dev.metsuke.detect.episode.EpisodeJoiner;
import dev.metsuke.detect.history.Access;
import dev.metsuke.detect.history.AccessHistory;
import dev.metsuke.detect.history.Fact;
import dev.metsuke.detect.policy.Policy;
import dev.metsuke.events.account.AccountId;
import dev.metsuke.events.account.DirectoryEntry;
import dev.metsuke.events.alert.Alert;
import dev.metsuke.events.alert.Rule;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Instant;
import java.util.Objects;
import java.util.function.Predicate;
import org.apache.kafka.streams.kstream.KStream;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.jspecify.annotations.Nullable;

/** Finds exports outside the account's working time. */
public final class OffHoursExportDetector implements Detector {

    private final Policy policy;
    private final AccessHistory history;
    private final Directory directory;
    private final WorkingTimes workingTimes;
    private final EpisodeBook book;

    private OffHoursExportDetector(Policy policy, ProcessorContext<AccountId, Alert> context, MeterRegistry meters) {
        this.policy = policy;
        this.history = new AccessHistory(context, policy.horizon());
        this.directory = new Directory(context);
        this.workingTimes = new WorkingTimes(policy);
        this.book = new EpisodeBook(
                context,
                Rule.OFF_HOURS_EXPORT,
                policy.quiet(),
                new OffHoursExportAlerts(policy, workingTimes, directory::entry),
                meters);
    }

    public static KStream<AccountId, Alert> addTo(KStream<AccountId, Fact> facts, Policy policy, MeterRegistry meters) {
        return Detector.addTo(
                facts,
                Rule.OFF_HOURS_EXPORT.id(),
                (context, counting) -> new OffHoursExportDetector(policy, context, counting),
                meters,
                EpisodeBook.storeBuilders(Rule.OFF_HOURS_EXPORT),
                AccessHistory.STORE,
                Directory.STORE);
    }

    @Override
    public void hear(AccountId account, Fact fact) {
        switch (fact) {
            case Fact.Accessed(Access access) -> {
                if (access.action().takesDataOut()) {
                    WorkingTimes.finding(access, workingTimes.calendar(directory.entry(account)))
                            .ifPresent(scope -> book.add(account, scope, Episode.of(access)));
                }
            }
            case Fact.Listed(var before, var now) -> {
                if (!workingTimes.calendar(before).equals(workingTimes.calendar(now))
                        || !Objects.equals(namedCalendar(before), namedCalendar(now))) {
                    judgeAgain(account, workingTimes.calendar(now));
                }
                book.touch(account);
            }
            case Fact.Reported _ -> {
                // When people work does not change with what HR reports here.
            }
        }
    }

    @Override
    public void tell(Instant now) {
        book.tell(now);
    }

    @Override
    public void sweep(Instant now) {
        book.sweep(history, now);
    }

    /** Everything that is remembered, exactly; an episode that began before is beyond the horizon and stays. */
    private void judgeAgain(AccountId account, WorkingCalendar calendar) {
        EpisodeJoiner holding = new EpisodeJoiner(policy.quiet());
        Instant oldest = history.oldest(account).orElse(Instant.MAX);
        history.forEach(
                account,
                Instant.MIN,
                Instant.MAX,
                access -> WorkingTimes.finding(access, calendar)
                        .ifPresent(scope -> holding.add(scope, Episode.of(access))));
        Predicate<Episode> isRemembered = episode -> !episode.start().isBefore(oldest);
        book.replace(account, isRemembered, holding.episodes());
        book.reword(account, isRemembered);
    }

    private static @Nullable String namedCalendar(@Nullable DirectoryEntry entry) {
        return entry == null ? null : entry.calendar();
    }
}
