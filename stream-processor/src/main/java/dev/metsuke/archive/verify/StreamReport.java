package dev.metsuke.archive.verify;

import dev.metsuke.events.proof.Finding;
import dev.metsuke.events.proof.Finding.Deleted;
import dev.metsuke.events.proof.StreamVerdict;
import dev.metsuke.events.seal.Seal;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What is to be said of a stream in the archive.
 *
 * @param verdict of its lines
 * @param deleted the lines of it that retention deleted, as it recorded
 * @param aboutSeals what is wrong with its seals
 * @param last its last seal that is known and believed, be it behind the range that was asked for; null without one
 */
public record StreamReport(
        StreamVerdict verdict,
        List<Deleted> deleted,
        List<Finding> aboutSeals,
        @Nullable Seal last) {

    public StreamReport {
        deleted = List.copyOf(deleted);
        aboutSeals = List.copyOf(aboutSeals);
    }

    /** What was found out. */
    public Outcome outcome() {
        List<Finding> findings = Stream.concat(Stream.ofNullable(verdict.finding()), aboutSeals.stream())
                .toList();
        if (findings.stream().anyMatch(Finding::isProof)) {
            return Outcome.TAMPERED;
        }
        return findings.stream().allMatch(Finding::isHarmless) && last != null ? Outcome.WHOLE : Outcome.UNKNOWN;
    }

    /** When the last seal was made; what the source logged since then is not proven. */
    public @Nullable Instant provenUntil() {
        Seal before = verdict.before();
        return before == null ? null : before.signedAt();
    }

    /** What was found out. */
    public enum Outcome {
        WHOLE,
        TAMPERED,
        UNKNOWN;

        /** Of how many streams it was found out. */
        public long among(Collection<StreamReport> reports) {
            return reports.stream().filter(report -> report.outcome() == this).count();
        }
    }
}
