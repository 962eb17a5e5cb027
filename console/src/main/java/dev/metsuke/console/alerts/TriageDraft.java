package dev.metsuke.console.alerts;

import dev.metsuke.console.entry.EnteredNames;
import dev.metsuke.console.entry.EnteredText;
import dev.metsuke.console.entry.Problem;
import dev.metsuke.console.language.Text;
import dev.metsuke.events.json.JsonDocument;
import dev.metsuke.events.json.Labelled;
import dev.metsuke.events.json.Labels;
import dev.metsuke.events.json.MalformedDocumentException;
import dev.metsuke.events.triage.Resolution;
import dev.metsuke.events.triage.TriageAction;
import dev.metsuke.events.triage.TriageStep;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What somebody wants to do about an alert, in order but for the alert.
 *
 * @param step what
 * @param assignee who is to look into it
 * @param resolution what it was
 * @param comment why
 * @param sight how the alert stood when they looked at it
 */
record TriageDraft(
        TriageStep step,
        @Nullable String assignee,
        @Nullable Resolution resolution,
        @Nullable String comment,
        AlertSight sight) {

    /** But for the sight. */
    static final List<String> MEMBERS = List.of("action", "assignee", "resolution", "comment");

    private static final List<String> MEMBERS_AND_SIGHT =
            Stream.concat(MEMBERS.stream(), AlertSight.MEMBERS.stream()).toList();

    /**
     * Reads the body of a request.
     *
     * @param caller who sends it; takes an alert themselves where they name nobody
     * @param mayTriage whom an alert may be given to
     * @param problems takes everything that is wrong; with any, nothing is returned
     */
    static Optional<TriageDraft> read(
            JsonDocument body, String caller, Predicate<String> mayTriage, List<Problem> problems)
            throws MalformedDocumentException {
        List<Problem> wrong =
                new ArrayList<>(EnteredNames.unknown(body.members().keySet(), MEMBERS_AND_SIGHT));
        Optional<TriageDraft> unseen = unseen(body, caller, mayTriage, wrong);
        AlertSight sight = AlertSight.read(body, wrong);
        problems.addAll(wrong);
        return wrong.isEmpty() ? unseen.map(draft -> draft.onSeeing(sight)) : Optional.empty();
    }

    /** The same but for what was seen of the alert, and for members that nobody knows. */
    static Optional<TriageDraft> unseen(
            JsonDocument body, String caller, Predicate<String> mayTriage, List<Problem> wrong)
            throws MalformedDocumentException {
        String action = given(body, "action");
        TriageStep step = choice("action", action, TriageStep.class, Labels.all(TriageStep.class), wrong);
        String assignee = given(body, "assignee");
        if (step == TriageStep.ACKNOWLEDGE && assignee == null) {
            assignee = caller;
        }
        Resolution resolution = null;
        if (step == TriageStep.RESOLVE) {
            resolution = choice(
                    "resolution", given(body, "resolution"), Resolution.class, Text.of("triage.resolutions"), wrong);
        } else if (given(body, "resolution") != null) {
            wrong.add(Problem.ofField("resolution", Text.of("triage.resolution-of-nothing")));
        }
        String comment = given(body, "comment");
        checkComment(step, comment, wrong);
        checkAssignee(step, assignee, mayTriage, wrong);
        return step == null
                ? Optional.empty()
                : Optional.of(new TriageDraft(step, assignee, resolution, comment, AlertSight.NONE));
    }

    /** The same about an alert that stood so. */
    TriageDraft onSeeing(AlertSight other) {
        return new TriageDraft(step, assignee, resolution, comment, other);
    }

    /** Whether an action says just this. */
    boolean isSaidBy(TriageAction action, String actor) {
        return action.step() == step
                && action.actor().equals(actor)
                && Objects.equals(action.assignee(), assignee)
                && action.resolution() == resolution
                && Objects.equals(action.comment(), comment);
    }

    private static void checkComment(@Nullable TriageStep step, @Nullable String comment, List<Problem> wrong) {
        if (comment == null && step != null && TriageAction.needsComment(step)) {
            wrong.add(Problem.ofField("comment", Text.of("triage.no-reason")));
        }
        if (comment == null) {
            return;
        }
        EnteredText.fault(comment).ifPresent(fault -> wrong.add(Problem.ofField("comment", fault)));
        if (comment.length() > TriageAction.LONGEST_COMMENT) {
            wrong.add(Problem.ofField(
                    "comment", Text.of("entry.too-long", comment.length(), TriageAction.LONGEST_COMMENT)));
        }
    }

    private static void checkAssignee(
            @Nullable TriageStep step, @Nullable String assignee, Predicate<String> mayTriage, List<Problem> wrong) {
        if (assignee == null) {
            return;
        }
        if (step != null && step != TriageStep.ACKNOWLEDGE && step != TriageStep.ASSIGN) {
            wrong.add(Problem.ofField("assignee", Text.of("triage.assignee-of-nothing")));
        } else if (assignee.length() > TriageAction.LONGEST_NAME || !mayTriage.test(assignee)) {
            wrong.add(Problem.ofField("assignee", Text.of("triage.no-such-officer", assignee)));
        }
    }

    /** @param all what it can be, for messages */
    private static <E extends Enum<E> & Labelled> @Nullable E choice(
            String field, @Nullable String written, Class<E> kind, Object all, List<Problem> wrong) {
        Optional<E> choice = written == null ? Optional.empty() : Labels.find(kind, written);
        if (choice.isEmpty()) {
            wrong.add(Problem.ofField(
                    field,
                    written == null
                            ? Text.of("entry.choice.missing", all)
                            : Text.of("entry.choice.unknown", written, all)));
        }
        return choice.orElse(null);
    }

    /** Without the blanks around it; null where nothing else is there. */
    static @Nullable String given(JsonDocument body, String name) throws MalformedDocumentException {
        return EnteredText.given(body.text(name));
    }
}
