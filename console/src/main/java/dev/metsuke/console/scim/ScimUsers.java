package dev.metsuke.console.scim;

import com.unboundid.scim2.common.exceptions.ScimException;
import dev.metsuke.console.directory.DirectoryChange;
import dev.metsuke.console.entry.ContentId;
import dev.metsuke.console.person.KnownReports;
import dev.metsuke.console.person.PeopleDirectory;
import dev.metsuke.console.publish.Message;
import dev.metsuke.console.publish.SerialWriter;
import dev.metsuke.console.publish.TopicContents;
import dev.metsuke.console.publish.WriteFailedException;
import dev.metsuke.events.account.AccountId;
import dev.metsuke.events.account.DirectoryEntry;
import dev.metsuke.events.account.Provisioned;
import dev.metsuke.events.account.Status;
import dev.metsuke.events.account.StatusReport;
import dev.metsuke.operations.account.AccountRules;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The users of an identity provider: entries of the directory that say as whom it keeps them. A user who is not active is reported as
 * suspended from that moment on, and as reinstated when active again; but what HR reported holds whatever the provider says.
 */
final class ScimUsers {

    private static final Logger LOG = LoggerFactory.getLogger(ScimUsers.class);

    /** Begins the ids of the reports that are made here. */
    private static final String OURS = "scim-";

    private final SerialWriter writer;
    private final TopicContents contents;
    private final AccountRules rules;
    private final InstantSource clock;

    ScimUsers(SerialWriter writer, TopicContents contents, AccountRules rules, InstantSource clock) {
        this.writer = writer;
        this.contents = contents;
        this.rules = rules;
        this.clock = clock;
    }

    /** Changes what is known of a user. */
    interface Change {
        ScimUser of(DirectoryEntry known) throws ScimException;
    }

    /** What is decided while nobody else writes. */
    private interface Decision {
        List<DirectoryEntry> decide(PeopleDirectory directory) throws ScimException;
    }

    /** What came of it. */
    private sealed interface Outcome {
        record Written(DirectoryEntry first) implements Outcome {}

        record Refused(ScimException reason) implements Outcome {}
    }

    /** All of them, by account. */
    List<DirectoryEntry> all() throws WriteFailedException {
        return PeopleDirectory.in(contents).entries().stream()
                .filter(ScimUsers::isCurrent)
                .toList();
    }

    DirectoryEntry find(String id) throws ScimException, WriteFailedException {
        return current(id, PeopleDirectory.in(contents));
    }

    /** An account that the directory has already becomes the user's. */
    DirectoryEntry create(ScimUser user, String by) throws ScimException, WriteFailedException {
        return write(by, directory -> {
            AccountId account = account(user);
            DirectoryEntry known = free(account, directory);
            String id = UUID.randomUUID().toString();
            Provisioned as = new Provisioned(id, user.userName(), user.externalId(), state(user, true));
            return List.of(entry(account, known, user, false).keptAs(as));
        });
    }

    /**
     * A user who has another name now has another account: the former one stays in the directory, and is switched off with it.
     *
     * @param isWhole whether what is not said is not known; else it stays as it is
     */
    DirectoryEntry change(String id, Change change, boolean isWhole, String by)
            throws ScimException, WriteFailedException {
        return write(by, directory -> {
            DirectoryEntry known = current(id, directory);
            Provisioned was = Objects.requireNonNull(known.provisioned());
            ScimUser user = change.of(known);
            Provisioned as = new Provisioned(
                    id,
                    user.userName(),
                    user.externalId() == null && !isWhole ? was.externalId() : user.externalId(),
                    state(user, was.state() == Provisioned.State.ACTIVE));
            AccountId account = account(user);
            List<DirectoryEntry> entries = new ArrayList<>();
            if (account.equals(known.account())) {
                entries.add(entry(account, known, user, isWhole).keptAs(as));
            } else {
                free(account, directory);
                entries.add(entry(account, known, user, isWhole).keptAs(as));
                entries.add(known.keptAs(was.in(Provisioned.State.RENAMED)));
            }
            directory.entries().stream()
                    .filter(former -> isOf(id, former)
                            && !List.of(known.account(), account).contains(former.account()))
                    .forEach(entries::add);
            return entries;
        });
    }

    /** What the directory knows stays; the account is switched off. */
    void delete(String id, String by) throws ScimException, WriteFailedException {
        write(by, directory -> {
            current(id, directory);
            return directory.entries().stream()
                    .filter(entry -> isOf(id, entry))
                    .map(entry -> entry.keptAs(
                            Objects.requireNonNull(entry.provisioned()).in(Provisioned.State.DELETED)))
                    .toList();
        });
    }

    private DirectoryEntry write(String by, Decision decision) throws ScimException, WriteFailedException {
        Outcome outcome = writer.write(topics -> decided(topics, by, decision));
        return switch (outcome) {
            case Outcome.Written(DirectoryEntry first) -> first;
            case Outcome.Refused(ScimException reason) -> throw reason;
        };
    }

    private SerialWriter.Decided<Outcome> decided(TopicContents topics, String by, Decision decision)
            throws WriteFailedException {
        PeopleDirectory directory = PeopleDirectory.in(topics);
        List<DirectoryEntry> entries;
        try {
            entries = decision.decide(directory);
        } catch (ScimException e) {
            return new SerialWriter.Decided<>(List.of(), new Outcome.Refused(e));
        }
        KnownReports known = KnownReports.in(topics);
        DirectoryChange change = DirectoryChange.by(entries, directory, known);
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        boolean isActive =
                Objects.requireNonNull(entries.getFirst().provisioned()).state() == Provisioned.State.ACTIVE;
        List<StatusReport> standings = known.news(
                entries.stream()
                        .flatMap(entry -> standing(entry, isActive, known, now, by).stream())
                        .toList(),
                now);
        List<Message> messages = new ArrayList<>(change.messages(by));
        standings.forEach(report -> messages.add(Message.of(report)));
        return new SerialWriter.Decided<>(messages, new Outcome.Written(entries.getFirst()));
    }

    /** What is to be reported so that the account stands as its user does; nothing where it does. */
    private static List<StatusReport> standing(
            DirectoryEntry entry, boolean isActive, KnownReports known, Instant now, String by) {
        AccountId account = entry.account();
        boolean isOff = known.isStopped(account, now, ScimUsers::isOurs);
        if (isOff == !isActive) {
            return List.of();
        }
        Instant end = entry.contractEnd();
        boolean isStoppedOtherwise =
                known.isStopped(account, now, report -> !isOurs(report)) || (end != null && !end.isAfter(now));
        if (isStoppedOtherwise) {
            if (isActive) {
                LOG.warn(
                        "{} is active again by SCIM ({}); what HR reported, or the contract's end, still stops it",
                        account,
                        by);
            }
            return List.of();
        }
        Status status = isActive ? Status.REINSTATED : Status.SUSPENDED;
        String report = OURS + ContentId.of(account.value(), status.label(), now.toString());
        return List.of(new StatusReport(
                ContentId.of(report), report, account, status, now, now, null, "SCIM: active = " + isActive, by));
    }

    private static boolean isOurs(StatusReport report) {
        return report.reportId().startsWith(OURS);
    }

    private static DirectoryEntry current(String id, PeopleDirectory directory) throws ScimException {
        for (DirectoryEntry entry : directory.entries()) {
            if (isOf(id, entry) && isCurrent(entry)) {
                return entry;
            }
        }
        throw ScimException.createException(404, "there is no user " + id);
    }

    private static boolean isCurrent(DirectoryEntry entry) {
        return entry.provisioned() != null && entry.provisioned().isCurrent();
    }

    private static boolean isOf(String id, DirectoryEntry entry) {
        return entry.provisioned() != null && entry.provisioned().id().equals(id);
    }

    /** What is known of an account that is no other user's. */
    private static @Nullable DirectoryEntry free(AccountId account, PeopleDirectory directory) throws ScimException {
        DirectoryEntry known = directory.entryOf(account);
        if (known != null && known.provisioned() != null && known.provisioned().isCurrent()) {
            throw new ScimException(
                    409,
                    "uniqueness",
                    "the account " + account + " is user " + known.provisioned().id());
        }
        return known;
    }

    private AccountId account(ScimUser user) throws ScimException {
        String account = rules.normalise(user.userName());
        if (account == null) {
            throw ScimException.createException(400, "userName names no account: " + user.userName());
        }
        return new AccountId(account);
    }

    private static Provisioned.State state(ScimUser user, boolean otherwise) {
        boolean isActive = user.active() == null ? otherwise : user.active();
        return isActive ? Provisioned.State.ACTIVE : Provisioned.State.INACTIVE;
    }

    /** Calendar and contract are the directory's own. */
    private static DirectoryEntry entry(
            AccountId account, @Nullable DirectoryEntry known, ScimUser user, boolean isWhole) {
        DirectoryEntry nothing = new DirectoryEntry(account, null, null, null, null, null, null, null);
        DirectoryEntry before = known == null ? nothing : known;
        DirectoryEntry kept = isWhole ? nothing : before;
        return new DirectoryEntry(
                account,
                or(user.person(), kept.person()),
                or(user.name(), kept.name()),
                or(user.email(), kept.email()),
                or(user.department(), kept.department()),
                or(user.employment(), kept.employment()),
                before.calendar(),
                before.contractEnd());
    }

    private static @Nullable String or(@Nullable String said, @Nullable String kept) {
        return said == null ? kept : said;
    }
}
