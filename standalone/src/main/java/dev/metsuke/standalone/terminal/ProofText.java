package dev.metsuke.standalone.terminal;

import static dev.metsuke.standalone.terminal.Numbers.grouped;

import dev.metsuke.archive.compare.RecordReport;
import dev.metsuke.archive.verify.StreamReport;
import dev.metsuke.archive.verify.StreamReport.Outcome;
import dev.metsuke.events.evidence.EvidenceManifest;
import dev.metsuke.events.evidence.EvidenceVerdict;
import dev.metsuke.events.integrity.ShownName;
import dev.metsuke.events.proof.Finding;
import dev.metsuke.events.proof.StreamVerdict;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** What a verification found, in words. */
public final class ProofText {

    private static final int MOST_DIFFERENCES = 20;

    private ProofText() {}

    /** A stream of the archive. */
    public static List<String> of(StreamReport report) {
        StreamVerdict verdict = report.verdict();
        List<String> lines = new ArrayList<>();
        lines.add(ShownName.of(verdict.stream()) + "  "
                + switch (report.outcome()) {
                    case WHOLE -> whole(report);
                    case TAMPERED -> "TAMPERED WITH  " + counted(verdict);
                    case UNKNOWN -> "cannot be told  " + counted(verdict);
                });
        Finding finding = verdict.finding();
        if (finding != null) {
            lines.add("  " + finding.describe());
            lines.add("  between " + (verdict.before() == null ? "the beginning" : verdict.before()) + " and "
                    + (verdict.after() == null ? "the end" : verdict.after()));
        }
        report.deleted().forEach(deleted -> lines.add("  " + deleted.describe()));
        report.aboutSeals().forEach(about -> lines.add("  " + about.describe()));
        if (report.last() == null) {
            lines.add("  no seal of it is " + (report.aboutSeals().isEmpty() ? "known" : "believed")
                    + (finding == null
                            ? ": its lines follow one another, but who can write the archive can make that so"
                            : ""));
        } else if (finding == null && verdict.unsealed() > 0) {
            lines.add("  the last " + Numbers.counted(verdict.unsealed(), "line follows but is", "lines follow but are")
                    + " not sealed yet (the last seal is of "
                    + report.provenUntil() + "): what stood behind line " + grouped(verdict.sealed())
                    + " could be cut off or replaced unnoticed");
        } else if (finding == null && report.provenUntil() != null) {
            lines.add("  proven up to the seal of " + report.provenUntil()
                    + "; what was logged later could be cut off unnoticed");
        }
        return plain(lines);
    }

    /** What streams, files and seals are called says whoever can write the archive, or made the bundle. */
    private static List<String> plain(List<String> lines) {
        return lines.stream().map(PlainText::of).toList();
    }

    private static String whole(StreamReport report) {
        return hasNoLines(report)
                ? "no lines in this range"
                : (report.deleted().isEmpty() ? "whole  " : "whole but for what retention deleted  ")
                        + counted(report.verdict());
    }

    private static boolean hasNoLines(StreamReport report) {
        return count(report.verdict()) == 0 && report.deleted().isEmpty();
    }

    private static long among(List<StreamReport> reports, Predicate<StreamReport> which) {
        return reports.stream()
                .filter(report -> report.outcome() == Outcome.WHOLE && which.test(report))
                .count();
    }

    private static long count(StreamVerdict verdict) {
        return verdict.last() - verdict.first() + 1;
    }

    private static String counted(StreamVerdict verdict) {
        long lines = count(verdict);
        return lines == 0
                ? "no lines"
                : many(lines, "line") + " (" + grouped(verdict.first()) + " to " + grouped(verdict.last()) + "), "
                        + many(verdict.seals(), "seal");
    }

    /** Of a topic, what the archive has beside what Kafka has. */
    public static List<String> of(RecordReport report) {
        List<String> lines = new ArrayList<>();
        lines.add(report.topic() + "  "
                + (report.isTampered() ? "TAMPERED WITH" : report.isWhole() ? "as Kafka has it" : "cannot be told")
                + "  "
                + documents(report.same())
                + (report.isWhole()
                        ? ""
                        : " as in Kafka, " + grouped(report.differences().size()) + " not"));
        report.differences().stream()
                .limit(MOST_DIFFERENCES)
                .forEach(difference -> lines.add("  " + difference.describe()));
        if (report.differences().size() > MOST_DIFFERENCES) {
            lines.add("  and " + grouped(report.differences().size() - MOST_DIFFERENCES) + " more");
        }
        if (report.deleted() > 0) {
            lines.add("  " + documents(report.deleted()) + (report.deleted() == 1 ? " is" : " are")
                    + " gone, kept for as long as they must be");
        }
        if (report.beyond() > 0) {
            lines.add("  " + grouped(report.beyond()) + " more not compared: Kafka no longer has their records");
        }
        return plain(lines);
    }

    private static String documents(long count) {
        return count == 1 ? "1 document" : grouped(count) + " documents";
    }

    /** All streams, and how fast. */
    public static String summary(List<StreamReport> reports, Duration taken) {
        long lines =
                reports.stream().mapToLong(report -> report.verdict().listed()).sum();
        long deleted = among(reports, report -> !report.deleted().isEmpty());
        long empty = among(reports, ProofText::hasNoLines);
        List<String> but = new ArrayList<>();
        if (deleted > 0) {
            but.add(grouped(deleted) + " but for what retention deleted");
        }
        if (empty > 0) {
            but.add(grouped(empty) + " without lines in this range");
        }
        return "%s: %d whole%s, %d tampered with, %d cannot be told; %s lines in %.1f s, %s a second"
                .formatted(
                        many(reports.size(), "stream"),
                        Outcome.WHOLE.among(reports),
                        but.isEmpty() ? "" : " (" + String.join(", ", but) + ")",
                        Outcome.TAMPERED.among(reports),
                        Outcome.UNKNOWN.among(reports),
                        grouped(lines),
                        taken.toMillis() / 1_000.0,
                        grouped(lines * 1_000 / Math.max(1, taken.toMillis())));
    }

    /** An exported file. */
    public static List<String> of(EvidenceVerdict verdict) {
        List<String> lines = new ArrayList<>();
        String forgery = verdict.forgery();
        if (forgery != null) {
            return plain(List.of("TAMPERED WITH: " + forgery));
        }
        lines.add(lookedAt(verdict));
        for (EvidenceVerdict.Lines stream : verdict.streams()) {
            lines.add(ShownName.of(stream.stream()) + "  " + proven(stream));
            verdict.unproven().stream()
                    .filter(events -> events.stream().equals(stream.stream()))
                    .forEach(events -> lines.add("  " + unproven(events)));
            stream.deleted().forEach(deleted -> lines.add("  " + deleted.describe()));
        }
        verdict.doubts().forEach(doubt -> lines.add("cannot be told: " + doubt));
        return plain(lines);
    }

    /** Streams and filters that were left out cannot be noticed; so whoever reads this must know what there is. */
    private static String lookedAt(EvidenceVerdict verdict) {
        EvidenceManifest manifest = verdict.manifest();
        String asked = manifest == null
                ? ""
                : manifest.asked().entrySet().stream()
                        .map(one -> one.getKey() + " " + ShownName.quoted(one.getValue()))
                        .collect(Collectors.joining(", "));
        return "the bundle lists "
                + (verdict.listed() == 0
                        ? "no event"
                        : many(verdict.listed(), "event") + " of "
                                + many(
                                        verdict.streams().stream()
                                                .filter(stream -> stream.listed() > 0)
                                                .count(),
                                        "stream"))
                + "; manifest.json "
                + (asked.isEmpty() ? "does not say what was asked for" : "says: " + asked + "; that proves nothing");
    }

    private static String many(long count, String noun) {
        return Numbers.counted(count, noun, noun + "s");
    }

    private static String proven(EvidenceVerdict.Lines stream) {
        if (stream.listed() == 0) {
            return "none of its lines is listed";
        }
        String range = grouped(stream.first()) + " to " + (stream.isComplete() ? "line " : "") + grouped(stream.last());
        return grouped(stream.sealed()) + " of " + many(stream.listed(), "line") + " proven genuine by "
                + many(stream.seals(), "seal") + "; "
                + (!stream.isComplete()
                        ? "a choice of the lines from " + range + " (whether others match cannot be told)"
                        : (stream.sealed() == stream.listed() ? "complete from line " : "without a gap from line ")
                                + range)
                + (stream.deletedBetween() == 0 ? "" : ", but for what retention deleted");
    }

    private static String unproven(EvidenceVerdict.Unproven events) {
        String lines = events.firstLine() == events.lastLine()
                ? "line " + grouped(events.firstLine())
                : "lines " + grouped(events.firstLine()) + " to " + grouped(events.lastLine());
        boolean isOne = events.count() == 1;
        return (isOne
                        ? "event " + grouped(events.firstEvent())
                        : "events " + grouped(events.firstEvent()) + " to " + grouped(events.lastEvent()))
                + " of the bundle (" + lines + ") " + (isOne ? "is" : "are") + " not proven: "
                + (events.isBehindLastSeal()
                        ? (isOne ? "it is" : "they are") + " younger than the last seal that is believed"
                        : "no seal behind " + (isOne ? "it" : "them") + " is believed");
    }
}
