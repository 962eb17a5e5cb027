package dev.metsuke.benchmarks.archive;

import co.elastic.clients.elasticsearch.ElasticsearchClient;
import dev.metsuke.archive.ArchiveSettings;
import dev.metsuke.archive.index.BulkSettings;
import dev.metsuke.archive.setup.ArchiveSetup;
import dev.metsuke.benchmarks.Benchmark;
import dev.metsuke.benchmarks.Measurement;
import dev.metsuke.benchmarks.Measurement.Bar;
import dev.metsuke.benchmarks.contest.JavaProcess;
import dev.metsuke.benchmarks.contest.LoadProducer;
import dev.metsuke.benchmarks.contest.MeteredProcess;
import dev.metsuke.benchmarks.contest.Percentiles;
import dev.metsuke.benchmarks.contest.WorkFolder;
import dev.metsuke.events.archive.ArchiveIndex;
import dev.metsuke.events.seal.SealKeyPair;
import dev.metsuke.events.topic.Header;
import dev.metsuke.events.topic.Topic;
import dev.metsuke.operations.kafka.KafkaSettings;
import dev.metsuke.operations.kafka.TopicSetup;
import dev.metsuke.operations.search.ElasticsearchConnection;
import dev.metsuke.operations.search.ElasticsearchSettings;
import dev.metsuke.operations.settings.SettingsFile;
import dev.metsuke.servers.EmbeddedElasticsearch;
import dev.metsuke.servers.EmbeddedKafka;
import dev.metsuke.servers.ServerOptions;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Events from Kafka into a search node by Metsuke's archive, beside a loader that sends the same documents as they are. */
public final class ArchiveBenchmark implements Benchmark {

    private static final int REST_SAMPLE_MILLIS = 500;
    private static final String EVENTS = "events";
    private static final String WARM_UP = "warm-up-events";
    private static final String SIZED = "sized-events";
    private static final String PARTITIONS = "partitions";
    private static final String LINES_A_SEAL = "lines-a-seal";
    private static final String SEARCHES = "searches";
    private static final String HEAP = "node-heap-mib";

    /** Months in which nothing is archived now, each for documents of one kind. */
    private static final String WARM_UP_INDEX = unusedMonth(1);

    private static final String BARE_INDEX = unusedMonth(2);
    private static final String WITH_ORIGINAL_INDEX = unusedMonth(3);
    private static final String WITHOUT_ORIGINAL_INDEX = unusedMonth(4);

    @Override
    public String name() {
        return "archive";
    }

    @Override
    public String description() {
        return "events archived from Kafka into a search node, beside a bare bulk loader; the room they take there,"
                + " and how soon all are verified and some are found";
    }

    @Override
    public SequencedMap<String, Long> sizes() {
        SequencedMap<String, Long> sizes = new LinkedHashMap<>();
        sizes.put(EVENTS, 2_000_000L);
        sizes.put(WARM_UP, 200_000L);
        sizes.put(SIZED, 200_000L);
        sizes.put(PARTITIONS, 4L);
        sizes.put(LINES_A_SEAL, 10_000L);
        sizes.put(SEARCHES, 500L);
        sizes.put(HEAP, 512L);
        return sizes;
    }

    @Override
    public Measurement run(SequencedMap<String, Long> sizes, PrintStream progress) throws Exception {
        try (WorkFolder folder = WorkFolder.create("metsuke-bench-archive");
                EmbeddedKafka broker = EmbeddedKafka.start(
                        ServerOptions.in(folder.path().resolve("kafka")).withHeapMegabytes(512));
                EmbeddedElasticsearch node = EmbeddedElasticsearch.start(
                        ServerOptions.in(folder.path().resolve("elasticsearch")).withHeapMegabytes(size(sizes, HEAP)));
                ElasticsearchClient client = ElasticsearchConnection.open(ElasticsearchSettings.of(node.url()))) {
            KafkaSettings kafka =
                    new KafkaSettings(broker.bootstrapServers(), size(sizes, PARTITIONS), (short) 1, Map.of());
            return new Run(sizes, progress, folder.path(), kafka, node.url().toString(), client).measure();
        }
    }

    private static int size(SequencedMap<String, Long> sizes, String name) {
        return Math.toIntExact(sizes.getOrDefault(name, 0L));
    }

    private static String unusedMonth(int month) {
        return ArchiveIndex.ACCESS_EVENTS.at(Instant.parse("2001-%02d-01T00:00:00Z".formatted(month)));
    }

    /** One run, both contestants on one node, one after the other. */
    private record Run(
            SequencedMap<String, Long> sizes,
            PrintStream progress,
            Path folder,
            KafkaSettings kafka,
            String node,
            ElasticsearchClient client) {

        Measurement measure() throws Exception {
            ArchiveSettings settings = SettingsFile.load(writeSettings()).section("archive", ArchiveSettings.class);
            BulkSettings bulk = settings.bulk();
            TopicSetup.apply(kafka);
            ArchiveSetup.apply(client, settings.indices(), settings.retention());
            Path documents = folder.resolve("documents");
            SealKeyPair key = SealKeyPair.generate();
            long seals = writeDocuments(documents, key);
            Path few = folder.resolve("few-documents");
            SequencedMap<String, Double> figures = new LinkedHashMap<>();

            writeSome(few, size(WARM_UP), true);
            load(few, WARM_UP_INDEX, bulk);
            delete(WARM_UP_INDEX);

            double bare = report("bare-loader", load(documents, BARE_INDEX, bulk), figures);
            hold(BARE_INDEX, size(EVENTS));
            delete(BARE_INDEX);

            double archived = report("archive", archive(seals), figures);
            hold(ArchiveIndex.ACCESS_EVENTS.pattern(), size(EVENTS));
            figures.put("archive_to_bare-loader", archived / bare);

            awaitRest();
            verify(key, figures);
            search(figures);

            figures.put("bytes_an_event", bytesAnEvent(few, WITH_ORIGINAL_INDEX, true, bulk));
            figures.put("bytes_an_event_without_original", bytesAnEvent(few, WITHOUT_ORIGINAL_INDEX, false, bulk));

            SequencedMap<String, String> said = new LinkedHashMap<>();
            sizes.forEach((name, value) -> said.put(name, Long.toString(value)));
            said.put("bytes a document, sent", Long.toString(Files.size(documents) / size(EVENTS)));
            said.put("bulks", bulk.bytes() + " bytes at most, " + bulk.inFlight() + " at once, by both");
            return new Measurement(
                    said,
                    figures,
                    List.of(
                            Bar.atLeast("archive_to_bare-loader", 0.9),
                            Bar.atLeast("verify_events_s", 100_000),
                            Bar.atMost("search_p99_ms", 1_000)));
        }

        private Path writeSettings() throws IOException {
            return Files.writeString(
                    folder.resolve("metsuke.yml"), """
                        kafka: {bootstrap-servers: "%s", partitions: %d}
                        elasticsearch: {url: "%s"}
                        """.formatted(kafka.bootstrapServers(), kafka.partitions(), node));
        }

        /** Into Kafka and, as they are, into a file; beside them their seals, of which it tells the number. */
        private long writeDocuments(Path file, SealKeyPair key) throws IOException {
            try (BulkFile.Writer bulks = new BulkFile.Writer(file);
                    KafkaProducer<byte[], byte[]> producer = LoadProducer.open(kafka)) {
                return SampleEvents.write(
                        size(EVENTS),
                        true,
                        key,
                        size(LINES_A_SEAL),
                        (id, account, json) -> {
                            bulks.add(id, json);
                            send(producer, Topic.ACCESS_EVENTS, account, id, json);
                        },
                        seal -> send(producer, Topic.SEALS, seal.stream(), seal.id(), seal.toJson()));
            }
        }

        /** As the shipper does: a record tells its id before anybody parses it. */
        private static void send(
                KafkaProducer<byte[], byte[]> producer, Topic topic, String about, String id, byte[] json) {
            ProducerRecord<byte[], byte[]> record =
                    new ProducerRecord<>(topic.title(), about.getBytes(StandardCharsets.UTF_8), json);
            record.headers().add(Header.ID, id.getBytes(StandardCharsets.UTF_8));
            var _ = producer.send(record);
        }

        /**
         * Every line of every stream, from seal to seal; twice, as the first run finds a node that never read so much.
         */
        private void verify(SealKeyPair key, SequencedMap<String, Double> figures) throws Exception {
            Path pem = Files.writeString(
                    folder.resolve("seals.pub"), key.publicKey().toPem());
            List<String> command = JavaProcess.command(
                    VerifyRun.class, VerifyRun.FLAGS, node, pem.toString(), Long.toString(size(EVENTS)));
            MeteredProcess first = run(command);
            figures.put("verify_first_events_s", size(EVENTS) / first.seconds());
            MeteredProcess again = run(command);
            figures.put("verify_events_s", size(EVENTS) / again.seconds());
            figures.put("verify_cpu_us", again.cost().cpuSeconds() * 1e6 / size(EVENTS));
            figures.put("verify_peak_mib", again.cost().peakMebibytes());
            progress.printf(
                    "  verified    %8.0f events/s, the first time %.0f, %4.0f MiB at most%n",
                    size(EVENTS) / again.seconds(),
                    size(EVENTS) / first.seconds(),
                    again.cost().peakMebibytes());
        }

        private void search(SequencedMap<String, Double> figures) throws IOException {
            Percentiles percentiles = UsualSearches.measure(client, (int) size(SEARCHES));
            percentiles.report("search", figures);
            progress.println("  searches    " + percentiles.describe());
        }

        private static void writeSome(Path file, long count, boolean withOriginal) throws IOException {
            try (BulkFile.Writer bulks = new BulkFile.Writer(file)) {
                SampleEvents.write(count, withOriginal, (id, _, json) -> bulks.add(id, json));
            }
        }

        private MeteredProcess load(Path documents, String index, BulkSettings bulk) throws Exception {
            return run(JavaProcess.command(
                    BareLoader.class,
                    BareLoader.FLAGS,
                    node,
                    index,
                    documents.toString(),
                    Integer.toString(bulk.bytes()),
                    Integer.toString(bulk.inFlight())));
        }

        private MeteredProcess archive(long seals) throws Exception {
            return run(JavaProcess.command(
                    ArchiveRun.class,
                    ArchiveRun.FLAGS,
                    folder.resolve("metsuke.yml").toString(),
                    Long.toString(size(EVENTS)),
                    Long.toString(seals)));
        }

        private MeteredProcess run(List<String> command) throws Exception {
            return MeteredProcess.run(command, folder.resolve("output"));
        }

        /** Gives the documents a second. */
        private double report(String contestant, MeteredProcess took, SequencedMap<String, Double> figures) {
            double rate = size(EVENTS) / took.seconds();
            double cpuMicros = took.cost().cpuSeconds() * 1e6 / size(EVENTS);
            figures.put(contestant + "_docs_s", rate);
            figures.put(contestant + "_cpu_us", cpuMicros);
            figures.put(contestant + "_peak_mib", took.cost().peakMebibytes());
            progress.printf(
                    "  %-11s %8.0f documents/s, %5.2f µs of its own CPU a document, %4.0f MiB at most%n",
                    contestant, rate, cpuMicros, took.cost().peakMebibytes());
            return rate;
        }

        /** Fails unless the indices hold exactly so many. */
        private void hold(String index, long expected) throws IOException {
            client.indices().refresh(refresh -> refresh.index(index));
            long found = client.count(count -> count.index(index)).count();
            if (found != expected) {
                throw new IllegalStateException(index + " holds " + found + " of " + expected + " documents; the last"
                        + " contestant said: " + Files.readString(folder.resolve("output")));
            }
        }

        /** Until the node has merged what it was given so fast; else two thirds of its CPU would go on with that. */
        private void awaitRest() throws Exception {
            while (merging() > 0) {
                Thread.sleep(REST_SAMPLE_MILLIS);
            }
        }

        private long merging() throws IOException {
            var primaries = client.indices().stats(request -> request).all().primaries();
            return primaries == null || primaries.merges() == null
                    ? 0
                    : primaries.merges().current();
        }

        private void delete(String index) throws IOException {
            client.indices().delete(delete -> delete.index(index));
        }

        /** On disk, once all of them are merged, as those of a past month are. */
        private double bytesAnEvent(Path few, String index, boolean withOriginal, BulkSettings bulk) throws Exception {
            writeSome(few, size(SIZED), withOriginal);
            load(few, index, bulk);
            hold(index, size(SIZED));
            client.indices()
                    .forcemerge(merge -> merge.index(index).maxNumSegments(1L).flush(true));
            var stats = client.indices()
                    .stats(request -> request.index(index))
                    .all()
                    .primaries();
            if (stats == null || stats.store() == null) {
                throw new IllegalStateException("the node tells no size of " + index);
            }
            delete(index);
            return (double) stats.store().sizeInBytes() / size(SIZED);
        }

        private long size(String name) {
            return sizes.getOrDefault(name, 0L);
        }
    }
}
