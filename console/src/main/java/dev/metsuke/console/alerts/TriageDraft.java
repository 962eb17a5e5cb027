package dev.metsuke.console.alerts;

import dev.metsuke.console.entry.EnteredNames;
import dev.metsuke.console.entry.EnteredText;
import dev.metsuke.console.entry.Problem;
import dev.metsuke.events.account.VisibleText;
import dev.metsuke.events.alert.Severity;
import dev.metsuke.events.json.JsonDocument;
import dev.metsuke.events.json.MalformedDocumentException;
import dev.metsuke.events.triage.Resolution;
import dev.metsuke.events.triage.TriageAction;
import dev.metsuke.events.triage.TriageStep;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What somebody wants to do about an alert, in order but for the alert.
 *
 * @param step what
 * @param assignee who is to look into it
 * @param resolution what it was
 * @param comment why
 * @param events how many accesses the alert counted when they looked at it; null for as many as it counts now
 * @param severity how urgent it was then; null for what it is now
 * @param after the last action that they knew of, empty where there was none; null for whatever is the last
 */
record TriageDraft(
        TriageStep step,
        @Nullable String assignee,
        @Nullable Resolution resolution,
        @Nullable String comment,
        @Nullable Long events,
        @Nullable Severity severity,
        @Nullable String after) {

    private static final List<String> MEMBERS =
            List.of("action", "assignee", "resolution", "comment", "events", "severity", "after");

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
                new ArrayList<>(EnteredNames.unknown(body.members().keySet(), MEMBERS));
        String action = given(body, "action");
        TriageStep step = choice("action", action, TriageStep::ofLabel, TriageStep.values(), TriageStep::label, wrong);
        String assignee = given(body, "assignee");
        if (step == TriageStep.ACKNOWLEDGE && assignee == null) {
            assignee = caller;
        }
        Resolution resolution = null;
        if (step == TriageStep.RESOLVE) {
            resolution = choice(
                    "resolution",
                    given(body, "resolution"),
                    Resolution::ofLabel,
                    Resolution.values(),
                    Resolution::label,
                    wrong);
        } else if (given(body, "resolution") != null) {
            wrong.add(Problem.ofField("resolution", "goes with the action resolve only"));
        }
        String comment = given(body, "comment");
        checkComment(step, comment, wrong);
        checkAssignee(step, assignee, mayTriage, wrong);
        Long events = body.integer("events");
        if (events != null && events < 0) {
            wrong.add(Problem.ofField("events", "is " + events + "; it must be a number of accesses"));
        }
        String severity = given(body, "severity");
        if (severity != null && Severity.ofLabel(severity).isEmpty()) {
            wrong.add(Problem.ofField("severity", "there is no severity “" + severity + "”"));
        }
        problems.addAll(wrong);
        return step == null || !wrong.isEmpty()
                ? Optional.empty()
                : Optional.of(new TriageDraft(
                        step,
                        assignee,
                        resolution,
                        comment,
                        events,
                        severity == null ? null : Severity.ofLabel(severity).orElse(null),
                        body.text("after")));
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
            wrong.add(Problem.ofField("comment", "say why, in free words"));
        }
        if (comment == null) {
            return;
        }
        EnteredText.fault(comment).ifPresent(fault -> wrong.add(Problem.ofField("comment", fault)));
        if (comment.length() > TriageAction.LONGEST_COMMENT) {
            wrong.add(Problem.ofField(
                    "comment",
                    "has " + comment.length() + " characters; " + TriageAction.LONGEST_COMMENT + " are allowed"));
        }
    }

    private static void checkAssignee(
            @Nullable TriageStep step, @Nullable String assignee, Predicate<String> mayTriage, List<Problem> wrong) {
        if (assignee == null) {
            return;
        }
        if (step != null && step != TriageStep.ACKNOWLEDGE && step != TriageStep.ASSIGN) {
            wrong.add(Problem.ofField("assignee", "goes with the actions acknowledge and assign only"));
        } else if (assignee.length() > TriageAction.LONGEST_NAME || !mayTriage.test(assignee)) {
            wrong.add(Problem.ofField("assignee", "no officer has the name “" + assignee + "”"));
        }
    }

    private static <T> @Nullable T choice(
            String field,
            @Nullable String written,
            Function<String, Optional<T>> parse,
            T[] all,
            Function<T, String> label,
            List<Problem> wrong) {
        Optional<T> choice = written == null ? Optional.empty() : parse.apply(written);
        if (choice.isEmpty()) {
            wrong.add(Problem.ofField(
                    field,
                    (written == null ? "is missing" : "is “" + written + "”") + "; it must be one of "
                            + Arrays.stream(all).map(label).collect(Collectors.joining(", "))));
        }
        return choice.orElse(null);
    }

    private static @Nullable String given(JsonDocument body, String name) throws MalformedDocumentException {
        String value = body.text(name);
        String trimmed = value == null ? "" : VisibleText.trimmed(value);
        return trimmed.isEmpty() ? null : trimmed;
    }
}
