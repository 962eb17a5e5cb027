package dev.metsuke.benchmarks.archive;

import co.elastic.clients.elasticsearch.ElasticsearchClient;
import dev.metsuke.archive.verify.ArchiveVerification;
import dev.metsuke.archive.verify.StreamReport;
import dev.metsuke.events.json.MalformedDocumentException;
import dev.metsuke.events.seal.KeyRing;
import dev.metsuke.events.seal.ListedKey;
import dev.metsuke.events.seal.PublicSealKey;
import dev.metsuke.operations.search.ElasticsearchConnection;
import dev.metsuke.operations.search.ElasticsearchSettings;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** A verification of the whole archive in a process of its own; fails unless every line of it is proven. */
final class VerifyRun {

    /** As the metsuke command starts it. */
    static final List<String> FLAGS = List.of("-XX:+UseSerialGC");

    private VerifyRun() {}

    /** Arguments: the node's URL, the public key's file, how many lines there must be. */
    public static void main(String[] args) throws IOException, MalformedDocumentException {
        KeyRing keys = new KeyRing(List.of(ListedKey.bare(PublicSealKey.ofPem(Files.readString(Path.of(args[1]))))));
        List<StreamReport> reports = new ArrayList<>();
        try (ElasticsearchClient client = ElasticsearchConnection.open(ElasticsearchSettings.of(URI.create(args[0])))) {
            new ArchiveVerification(client, client, keys, List.of(), 1)
                    .verify(ArchiveVerification.Range.all(Instant.now(), Duration.ZERO), reports::add);
        }
        long proven = reports.stream()
                .filter(report -> report.outcome() == StreamReport.Outcome.WHOLE)
                .mapToLong(
                        report -> report.verdict().listed() - report.verdict().unsealed())
                .sum();
        if (proven != Long.parseLong(args[2])) {
            throw new IllegalStateException(proven + " lines of " + args[2] + " are proven: " + reports);
        }
    }
}
