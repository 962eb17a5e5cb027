package dev.metsuke.archive.verify;

import dev.metsuke.archive.read.PointInTime;
import dev.metsuke.archive.read.RawPage.Hit;
import dev.metsuke.events.proof.ChainVerifier;
import dev.metsuke.events.proof.DeletedMonths;
import dev.metsuke.events.proof.Finding;
import dev.metsuke.events.proof.Finding.Deleted;
import dev.metsuke.events.proof.Finding.Missing;
import dev.metsuke.events.proof.FoundLine;
import dev.metsuke.events.proof.StreamVerdict;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Verifies a stream by reading it in its order. What retention deleted is passed over: the verifying goes on behind it.
 *
 * @param archive what is read
 * @param deleted what retention deleted of it
 */
record OrderedReading(PointInTime archive, DeletedMonths deleted) {

    /**
     * A verdict, and what it cannot speak of.
     *
     * @param verdict of the lines that are there
     * @param deleted the lines that retention deleted
     */
    record Judged(StreamVerdict verdict, List<Deleted> deleted) {}

    /** What is left to verify where the stream's beginning was deleted; else the task itself. */
    StreamTask start(StreamTask task) throws IOException {
        if (deleted.deletions().isEmpty()) {
            return task;
        }
        long first = task.head().sequence() + 1;
        Hit hit = StreamLines.first(archive, task.stream(), first);
        FoundLine line = hit == null ? null : FoundLine.of(hit.source(), hit::origin);
        return line == null || line.sequence() <= first || line.sequence() > task.knownEnd()
                ? task
                : behind(task, new Missing(first, line.sequence() - 1, null, line), 0)
                        .orElse(task);
    }

    Judged judge(StreamTask task, Headway headway) throws IOException {
        StreamVerdict verdict = follow(task, headway);
        Optional<StreamTask> rest = behind(task, verdict.finding(), verdict.unsealed());
        if (rest.isEmpty()) {
            return new Judged(withDoubt(verdict, task), task.deleted());
        }
        Judged judged = judge(rest.get(), headway);
        return new Judged(judged.verdict().behind(verdict), judged.deleted());
    }

    private StreamVerdict withDoubt(StreamVerdict verdict, StreamTask task) {
        return verdict.finding() instanceof Missing missing
                ? deleted.doubt(missing, task.months()).map(verdict::with).orElse(verdict)
                : verdict;
    }

    /** What is left to follow behind lines that are missing since retention deleted them; empty where it did not. */
    Optional<StreamTask> behind(StreamTask task, @Nullable Finding finding, long unsealed) throws IOException {
        if (!(finding instanceof Missing missing) || isDoubled(task.stream(), missing.after())) {
            return Optional.empty();
        }
        return deleted.explain(missing, task.months()).flatMap(gap -> task.behind(gap.withUnsealed(unsealed)));
    }

    /** Whether the line behind is there twice, of which one was added. */
    private boolean isDoubled(String stream, @Nullable FoundLine line) throws IOException {
        return line != null && archive.count(StreamLines.ofStream(stream, line.sequence(), line.sequence())) != 1;
    }

    private StreamVerdict follow(StreamTask task, Headway headway) throws IOException {
        ChainVerifier verifier = task.verifier();
        try (StreamLines lines =
                new StreamLines(archive, task.stream(), task.head().sequence(), task.knownEnd(), task.andTail())) {
            List<Hit> hits = lines.next();
            while (!hits.isEmpty() && !verifier.isDone()) {
                headway.lookedAt(hits.size());
                for (Hit hit : hits) {
                    FoundLine line = FoundLine.of(hit.source(), hit::origin);
                    if (line == null) {
                        verifier.unreadable(hit.origin());
                    } else {
                        verifier.next(line);
                    }
                }
                hits = verifier.isDone() ? List.of() : lines.next();
            }
        }
        return verifier.end();
    }
}
