package dev.metsuke.console.approval;

import dev.metsuke.console.entry.ContentId;
import dev.metsuke.console.publish.TopicContents;
import dev.metsuke.console.publish.WriteFailedException;
import dev.metsuke.events.account.AccountId;
import dev.metsuke.events.approval.ExportApproval;
import dev.metsuke.events.json.MalformedDocumentException;
import dev.metsuke.events.topic.Topic;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What was approved until one moment. */
final class KnownApprovals {

    private static final Logger LOG = LoggerFactory.getLogger(KnownApprovals.class);

    private final Set<String> messages = new HashSet<>();
    private final Map<Name, ExportApproval> latest = new HashMap<>();
    private final Map<Name, ExportApproval> given = new HashMap<>();

    /** What an approval is called: those of different accounts never replace one another. */
    private record Name(AccountId account, String approvalId) {

        static Name of(ExportApproval approval) {
            return new Name(approval.account(), approval.approvalId());
        }
    }

    static KnownApprovals in(TopicContents contents) throws WriteFailedException {
        KnownApprovals known = new KnownApprovals();
        contents.read(Topic.EXPORT_APPROVALS, known::read);
        return known;
    }

    /** The same with what was written a moment ago. */
    static KnownApprovals inPastOpenTransactions(TopicContents contents) throws WriteFailedException {
        KnownApprovals known = new KnownApprovals();
        contents.readPastOpenTransactions(Topic.EXPORT_APPROVALS, known::read);
        return known;
    }

    /** Those that were given, in no order. What takes back an approval that nobody gave is none. */
    List<KnownApproval> all() {
        return given.entrySet().stream()
                .map(approval -> {
                    ExportApproval last = Objects.requireNonNull(latest.get(approval.getKey()));
                    return new KnownApproval(approval.getValue(), last.isTakenBack() ? last : null);
                })
                .toList();
    }

    /** Of approvals that somebody gives: one of this very moment is later than what it replaces, by whatever clock that was given. */
    List<ExportApproval> news(Collection<ExportApproval> approvals, Instant now) {
        return news(timed(approvals, now));
    }

    private List<ExportApproval> timed(Collection<ExportApproval> approvals, Instant now) {
        return approvals.stream()
                .map(approval -> approval.approvedAt().equals(now)
                        ? approval.as(approval.eventId(), behindOther(approval))
                        : approval)
                .toList();
    }

    private Instant behindOther(ExportApproval approval) {
        ExportApproval other = latest.get(Name.of(approval));
        return other == null || other.approvedAt().isBefore(approval.approvedAt())
                ? approval.approvedAt()
                : other.approvedAt().plusMillis(1);
    }

    /**
     * Of these, what would change something: a message that is known does not, unless it takes back what was approved since. So an
     * old file that is sent again never approves anew.
     */
    List<ExportApproval> news(Collection<ExportApproval> approvals) {
        List<ExportApproval> news = new ArrayList<>();
        for (ExportApproval approval : approvals) {
            if (!says(approval)) {
                ExportApproval message = messages.contains(approval.eventId()) ? saidAgain(approval) : approval;
                news.add(message);
                remember(message);
            }
        }
        return news;
    }

    /** Of these, what was approved once by the same row, and something else holds since: the row does not say that it is later. */
    List<ExportApproval> replaced(Collection<ExportApproval> approvals) {
        return approvals.stream()
                .filter(approval -> !approval.isTakenBack() && messages.contains(approval.eventId()))
                .filter(approval -> !isTheSameWord(last(approval), approval))
                .toList();
    }

    /** What these change or take back: of what they say anew, what was said before and would hold otherwise. */
    List<ExportApproval> superseded(Collection<ExportApproval> approvals, Instant now) {
        return timed(approvals, now).stream()
                .filter(approval -> !says(approval))
                .flatMap(approval -> Optional.ofNullable(latest.get(Name.of(approval)))
                        .filter(held -> !held.isTakenBack()
                                && !isTheSameWord(held, approval)
                                && !approval.approvedAt().isBefore(held.approvedAt()))
                        .stream())
                .distinct()
                .toList();
    }

    /** Of these, what takes back an approval that nobody gave the account: likely a slip in its name or in the account's. */
    List<ExportApproval> idle(Collection<ExportApproval> approvals) {
        Set<Name> givenWithThem = new HashSet<>(given.keySet());
        approvals.stream()
                .filter(approval -> !approval.isTakenBack())
                .map(Name::of)
                .forEach(givenWithThem::add);
        return approvals.stream()
                .filter(ExportApproval::isTakenBack)
                .filter(approval -> !givenWithThem.contains(Name.of(approval)))
                .toList();
    }

    /** The same message is there, and it approves, or what holds says the same, or is later than both. */
    private boolean says(ExportApproval approval) {
        return messages.contains(approval.eventId())
                && (!approval.isTakenBack()
                        || isTheSameWord(last(approval), approval)
                        || !approval.approvedAt().isAfter(last(approval).approvedAt()));
    }

    /** What holds of an approval of which some message is known. */
    private ExportApproval last(ExportApproval approval) {
        return Objects.requireNonNull(latest.get(Name.of(approval)));
    }

    private static boolean isTheSameWord(ExportApproval one, ExportApproval other) {
        return one.dataset().equals(other.dataset())
                && one.from().equals(other.from())
                && one.until().equals(other.until())
                && one.maxRecords() == other.maxRecords()
                && one.ticket().equals(other.ticket())
                && Objects.equals(one.note(), other.note());
    }

    /** A message of its own, for the archive keeps one of each id. */
    private static ExportApproval saidAgain(ExportApproval approval) {
        return approval.as(
                ContentId.of(approval.eventId(), approval.approvedAt().toString()), approval.approvedAt());
    }

    void remember(ExportApproval approval) {
        messages.add(approval.eventId());
        latest.merge(Name.of(approval), approval, KnownApprovals::later);
        if (!approval.isTakenBack()) {
            given.merge(Name.of(approval), approval, KnownApprovals::later);
        }
    }

    /** As detection has it: the one approved last holds, of two of the same time the one that came last. */
    private static ExportApproval later(ExportApproval known, ExportApproval other) {
        return other.approvedAt().isBefore(known.approvedAt()) ? known : other;
    }

    private void read(ConsumerRecord<String, byte[]> record) {
        byte @Nullable [] value = record.value();
        try {
            if (value != null) {
                remember(ExportApproval.fromJson(value));
            }
        } catch (MalformedDocumentException e) {
            LOG.warn(
                    "{}-{}@{} is no approval: {}", record.topic(), record.partition(), record.offset(), e.getMessage());
        }
    }
}
