package dev.metsuke.archive.verify;

import co.elastic.clients.elasticsearch.ElasticsearchClient;
import co.elastic.clients.elasticsearch._types.query_dsl.Query;
import dev.metsuke.archive.read.PointInTime;
import dev.metsuke.archive.verify.StreamReport.Outcome;
import dev.metsuke.events.archive.ArchiveIndex;
import dev.metsuke.events.proof.Finding;
import dev.metsuke.events.proof.Finding.Arriving;
import dev.metsuke.events.proof.Finding.Missing;
import dev.metsuke.events.proof.Finding.MissingSeals;
import dev.metsuke.events.proof.StreamVerdict;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Looks again for what is missing, a while later: an archive that was behind until a moment ago has what searches do not find yet, so
 * nobody is accused at the first look.
 */
final class SecondLook {

    private final PointInTime first;
    private final ElasticsearchClient client;
    private final ElasticsearchClient brief;
    private final long notBeforeNanos;

    /**
     * Looks at nothing yet.
     *
     * @param first what is looked at, a moment that has just been
     * @param foundWithin how much later it is looked again at the earliest
     */
    SecondLook(PointInTime first, ElasticsearchClient client, ElasticsearchClient brief, Duration foundWithin) {
        this.first = first;
        this.client = client;
        this.brief = brief;
        this.notBeforeNanos = System.nanoTime() + foundWithin.toNanos();
    }

    /** The report, in which nothing proves anything that has begun to come. */
    StreamReport at(StreamReport report) throws IOException {
        if (report.outcome() != Outcome.TAMPERED) {
            return report;
        }
        StreamVerdict verdict = report.verdict();
        Finding finding = verdict.finding();
        List<Finding> aboutSeals = new ArrayList<>();
        for (Finding about : report.aboutSeals()) {
            aboutSeals.add(again(about, verdict.stream()));
        }
        return new StreamReport(
                finding == null ? verdict : verdict.with(again(finding, verdict.stream())),
                report.deleted(),
                aboutSeals,
                report.last());
    }

    private Finding again(Finding finding, String stream) throws IOException {
        return switch (finding) {
            case Missing lines
            when hasMore(StreamLines.ofStream(stream, lines.first(), lines.last())) -> new Arriving(lines);
            case MissingSeals(long from, long to, boolean isProof)
            when isProof && hasMore(ArchivedSeals.ofStream(stream, from, to)) -> new MissingSeals(from, to, false);
            default -> finding;
        };
    }

    private boolean hasMore(Query query) throws IOException {
        try {
            Thread.sleep(Duration.ofNanos(Math.max(0, notBeforeNanos - System.nanoTime())));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted before what is missing was looked for again");
        }
        // A moment of its own: streams take hours, and a moment of which nothing is asked is forgotten before.
        try (PointInTime second = PointInTime.open(client, brief, ArchiveIndex.ACCESS_EVENTS, ArchiveIndex.SEALS)) {
            return second.count(query) > first.count(query);
        }
    }
}
