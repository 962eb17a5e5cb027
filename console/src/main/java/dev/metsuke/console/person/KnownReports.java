package dev.metsuke.console.person;

import dev.metsuke.console.entry.ContentId;
import dev.metsuke.console.publish.TopicContents;
import dev.metsuke.console.publish.WriteFailedException;
import dev.metsuke.events.account.AccountId;
import dev.metsuke.events.account.DirectoryEntry;
import dev.metsuke.events.account.Status;
import dev.metsuke.events.account.StatusReport;
import dev.metsuke.events.json.MalformedDocumentException;
import dev.metsuke.events.topic.Topic;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.BinaryOperator;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What was reported until one moment, of all accounts or of some. */
public final class KnownReports {

    private static final Logger LOG = LoggerFactory.getLogger(KnownReports.class);

    private final Map<AccountId, Map<String, Versions>> byAccount = new HashMap<>();
    private final Map<String, Map<String, PersonReport>> byPerson = new HashMap<>();
    private final Predicate<@Nullable String> wanted;
    private long messages;

    private KnownReports(Predicate<@Nullable String> wanted) {
        this.wanted = wanted;
    }

    /** Of all accounts. */
    KnownReports() {
        this(_ -> true);
    }

    /** Of these; compared with keys as they are, since somebody else's record may have none. */
    KnownReports(Set<AccountId> accounts) {
        this(accounts.stream().map(AccountId::value).collect(Collectors.toSet())::contains);
    }

    public static KnownReports in(TopicContents contents) throws WriteFailedException {
        return new KnownReports().with(contents);
    }

    public static KnownReports of(Set<AccountId> accounts, TopicContents contents) throws WriteFailedException {
        return new KnownReports(accounts).with(contents);
    }

    private KnownReports with(TopicContents contents) throws WriteFailedException {
        contents.read(Topic.ACCOUNT_STATUS, this::read);
        return this;
    }

    /**
     * Of reports that somebody makes: one of this very moment is later than all that it corrects or replaces, by whatever clock
     * that was made. It has one time for all its accounts, for from one it is carried on to others.
     */
    public List<StatusReport> news(Collection<StatusReport> reports, Instant now) {
        Map<String, Instant> times = reports.stream()
                .filter(report -> report.reportedAt().equals(now))
                .collect(Collectors.toMap(
                        StatusReport::reportId, this::behindOthers, BinaryOperator.maxBy(Comparator.naturalOrder())));
        return news(reports.stream()
                .map(report -> report.reportedAt().equals(now)
                        ? report.as(report.eventId(), Objects.requireNonNull(times.get(report.reportId())))
                        : report)
                .toList());
    }

    private Instant behindOthers(StatusReport report) {
        return named(report.account()).values().stream()
                .map(versions -> versions.latest)
                .filter(other -> other.reportId().equals(report.reportId())
                        || other.effectiveAt().equals(report.effectiveAt()))
                .map(other -> other.reportedAt().plusMillis(1))
                .filter(report.reportedAt()::isBefore)
                .max(Comparator.naturalOrder())
                .orElse(report.reportedAt());
    }

    /**
     * Of these, what would change something: a message that is known does not, unless another report has since replaced
     * it. Where these have several for one account and one moment, only the last can hold there.
     */
    public List<StatusReport> news(Collection<StatusReport> reports) {
        Map<Moment, StatusReport> lasts = new HashMap<>();
        reports.stream().filter(KnownReports::holds).forEach(report -> lasts.put(Moment.of(report), report));
        List<StatusReport> news = new ArrayList<>();
        for (StatusReport report : reports) {
            boolean replaced = report.equals(lasts.get(Moment.of(report))) && isReplaced(report);
            if (replaced || !says(report)) {
                StatusReport message = isThere(report) ? saidAgain(report) : report;
                news.add(message);
                remember(message);
            }
        }
        return news;
    }

    /** The same with the times at which they count: what was said before by the same words, at that of then. */
    public List<StatusReport> timed(Collection<StatusReport> reports) {
        return reports.stream().map(this::timed).toList();
    }

    private StatusReport timed(StatusReport report) {
        Versions versions = named(report.account()).get(report.reportId());
        return versions != null && isTheSameWord(versions.latest, report)
                ? report.as(report.eventId(), versions.latest.reportedAt())
                : report;
    }

    /** The reports about a person as they are now, corrections counted in, in the order in which they came. */
    public List<PersonReport> about(String person) {
        return List.copyOf(byPerson.getOrDefault(person, Map.of()).values());
    }

    /**
     * The transfer that took effect last, of whoever has the account; by it the person works where it says, whatever the
     * directory says.
     */
    public Optional<StatusReport> lastMove(DirectoryEntry entry, Instant now) {
        return last(entry.account(), now, report -> report.isMoveOf(entry.person()));
    }

    /**
     * Whether nobody may use an account by those reports of it that took effect and are counted.
     *
     * @param counted which are
     */
    public boolean isStopped(AccountId account, Instant now, Predicate<StatusReport> counted) {
        return last(account, now, report -> report.isOfStanding() && counted.test(report.latest))
                .filter(report -> report.status() != Status.REINSTATED)
                .isPresent();
    }

    /** Of those that are wanted the one that took effect last. */
    private Optional<StatusReport> last(AccountId account, Instant now, Predicate<Versions> sought) {
        return named(account).values().stream()
                .filter(report ->
                        sought.test(report) && !report.latest.effectiveAt().isAfter(now))
                .reduce((one, other) -> other.goesBefore(one) ? other : one)
                .map(report -> report.latest);
    }

    /** The ids of those that take back what nobody reported of any of the accounts that they name; a slip, as a rule. */
    public Set<String> takingBackNothing(Collection<StatusReport> reports) {
        Set<String> unknown = new LinkedHashSet<>();
        Set<String> known = new HashSet<>();
        for (StatusReport report : reports) {
            boolean isKnown = holds(report) || named(report.account()).containsKey(report.reportId());
            (isKnown ? known : unknown).add(report.reportId());
        }
        unknown.removeAll(known);
        return unknown;
    }

    /** The accounts that a report about a person was about, whoever has them now. */
    public List<AccountId> accountsOf(String person, String reportId) {
        return byAccount.entrySet().stream()
                .filter(known -> isAbout(person, known.getValue().get(reportId)))
                .map(Map.Entry::getKey)
                .sorted(Comparator.comparing(AccountId::value))
                .toList();
    }

    private static boolean isAbout(String person, @Nullable Versions versions) {
        return versions != null && person.equals(versions.latest.person());
    }

    private boolean isThere(StatusReport report) {
        Versions versions = named(report.account()).get(report.reportId());
        return versions != null && versions.messages.contains(report.eventId());
    }

    /** The same message is there, and another that is later than both would hold anyway. */
    private boolean says(StatusReport report) {
        Versions versions = named(report.account()).get(report.reportId());
        return versions != null
                && isThere(report)
                && (isTheSameWord(versions.latest, report)
                        || !report.reportedAt().isAfter(versions.latest.reportedAt()));
    }

    private static boolean isTheSameWord(StatusReport one, StatusReport other) {
        return one.status() == other.status()
                && one.effectiveAt().equals(other.effectiveAt())
                && Objects.equals(one.department(), other.department())
                && Objects.equals(one.note(), other.note());
    }

    /** A message of its own, for the archive keeps one of each id. */
    private static StatusReport saidAgain(StatusReport report) {
        return report.as(ContentId.of(report.eventId(), report.reportedAt().toString()), report.reportedAt());
    }

    /** Said anew it would be the latest of its moment, where now another report is. */
    private boolean isReplaced(StatusReport report) {
        Map<String, Versions> reports = named(report.account());
        Versions own = reports.get(report.reportId());
        return own != null
                && report.reportedAt().isAfter(own.latest.reportedAt())
                && reports.values().stream()
                        .anyMatch(other -> holds(other.latest)
                                && other.latest.effectiveAt().equals(report.effectiveAt())
                                && other.isAfter(own));
    }

    /** What was taken back replaces nothing. */
    private static boolean holds(StatusReport report) {
        return report.status() != Status.TAKEN_BACK;
    }

    private Map<String, Versions> named(AccountId account) {
        return byAccount.getOrDefault(account, Map.of());
    }

    void remember(StatusReport report) {
        byAccount
                .computeIfAbsent(report.account(), _ -> new HashMap<>())
                .computeIfAbsent(report.reportId(), _ -> new Versions(report))
                .add(report, messages++);
        String person = report.person();
        if (person != null) {
            Map<String, PersonReport> about = byPerson.computeIfAbsent(person, _ -> new LinkedHashMap<>());
            PersonReport known = about.get(report.reportId());
            if (known == null || !report.reportedAt().isBefore(known.reportedAt())) {
                about.remove(report.reportId());
                about.put(report.reportId(), PersonReport.from(report, person));
            }
        }
    }

    void read(ConsumerRecord<String, byte[]> record) {
        byte @Nullable [] value = record.value();
        try {
            if (value != null && wanted.test(record.key())) {
                remember(StatusReport.fromJson(value));
            }
        } catch (MalformedDocumentException e) {
            LOG.warn(
                    "{}-{}@{} is no status report: {}",
                    record.topic(),
                    record.partition(),
                    record.offset(),
                    e.getMessage());
        }
    }

    /** From when on an account has a status. */
    private record Moment(AccountId account, Instant effectiveAt) {

        static Moment of(StatusReport report) {
            return new Moment(report.account(), report.effectiveAt());
        }
    }

    /** A report's messages for one account. */
    private static final class Versions {

        private final Set<String> messages = new HashSet<>();
        private StatusReport latest;
        private long place;

        Versions(StatusReport first) {
            latest = first;
        }

        void add(StatusReport report, long at) {
            messages.add(report.eventId());
            if (!report.reportedAt().isBefore(latest.reportedAt())) {
                latest = report;
                place = at;
            }
        }

        /** Whoever has no number may be anybody. */
        boolean isMoveOf(@Nullable String person) {
            return latest.status() == Status.TRANSFERRED
                    && (person == null || latest.person() == null || person.equals(latest.person()));
        }

        /** Whether it stops an account, or lets it in again. */
        boolean isOfStanding() {
            return latest.status() != Status.TRANSFERRED && latest.status() != Status.TAKEN_BACK;
        }

        /** Where both have taken effect. */
        boolean goesBefore(Versions other) {
            return latest.effectiveAt().equals(other.latest.effectiveAt())
                    ? isAfter(other)
                    : latest.effectiveAt().isAfter(other.latest.effectiveAt());
        }

        /** As detection has it: of two that were reported at the same time, by which came last. */
        boolean isAfter(Versions other) {
            return latest.reportedAt().equals(other.latest.reportedAt())
                    ? place > other.place
                    : latest.reportedAt().isAfter(other.latest.reportedAt());
        }
    }
}
