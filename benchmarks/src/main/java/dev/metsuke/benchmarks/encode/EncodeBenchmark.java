package dev.metsuke.benchmarks.encode;

import dev.metsuke.benchmarks.Benchmark;
import dev.metsuke.benchmarks.Measurement;
import dev.metsuke.events.access.AccessEvent;
import dev.metsuke.events.access.AccessEventJson;
import dev.metsuke.events.access.Action;
import dev.metsuke.events.access.Outcome;
import dev.metsuke.events.integrity.Chain;
import dev.metsuke.events.integrity.ChainHead;
import dev.metsuke.events.integrity.StreamWriter;
import dev.metsuke.events.json.MalformedDocumentException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.json.JsonMapper;

/**
 * An event written as canonical JSON, chained, and read back, beside what a plain Jackson tree takes to write and read
 * the same document.
 */
public final class EncodeBenchmark implements Benchmark {

    private static final int EVENTS = 2_000;
    private static final int ROUNDS = 200;
    private static final int WARM_UP_ROUNDS = 60;

    private final ObjectMapper jackson = JsonMapper.builder().build();
    private long sink;

    @Override
    public String name() {
        return "encode";
    }

    @Override
    public String description() {
        return "canonical JSON, chained and read back, beside a Jackson tree written and read";
    }

    @Override
    public Measurement run(SequencedMap<String, Long> sizes, PrintStream progress) throws Exception {
        List<AccessEvent> events = events();
        List<byte[]> documents = events.stream().map(AccessEventJson::encode).toList();
        List<JsonNode> trees = documents.stream().map(jackson::readTree).toList();
        double[] nanos = new double[5];
        for (int round = 0; round < WARM_UP_ROUNDS + ROUNDS; round++) {
            boolean counts = round >= WARM_UP_ROUNDS;
            // The contestants take turns within each round, so that noise hits all of them alike.
            nanos[0] += timed(counts, () -> events.forEach(event -> sink += AccessEventJson.encode(event).length));
            StreamWriter writer = new StreamWriter("bench/source", ChainHead.GENESIS);
            Chain chain = new Chain(ChainHead.GENESIS);
            nanos[1] += timed(counts, () -> events.forEach(event -> sink += chain.link(writer.write(event)).length));
            nanos[2] += timed(counts, () -> trees.forEach(tree -> sink += jackson.writeValueAsBytes(tree).length));
            nanos[3] += timed(counts, () -> decode(documents));
            nanos[4] += timed(
                    counts,
                    () -> documents.forEach(
                            bytes -> sink += jackson.readTree(bytes).size()));
            if (round % 65 == 0) {
                progress.println("  round " + round + " of " + (WARM_UP_ROUNDS + ROUNDS));
            }
        }
        double each = (double) EVENTS * ROUNDS * 1_000;
        SequencedMap<String, Double> figures = new LinkedHashMap<>();
        figures.put("encode_us", nanos[0] / each);
        figures.put("chain_us", nanos[1] / each);
        figures.put("jackson_write_us", nanos[2] / each);
        figures.put("decode_us", nanos[3] / each);
        figures.put("jackson_read_us", nanos[4] / each);
        figures.put("encode_to_jackson", nanos[0] / nanos[2]);
        figures.put("decode_to_jackson", nanos[3] / nanos[4]);
        SequencedMap<String, String> settings = new LinkedHashMap<>();
        settings.put("events", EVENTS + " a round, " + ROUNDS + " rounds after " + WARM_UP_ROUNDS);
        settings.put("bytes an event", Integer.toString(documents.getFirst().length));
        settings.put("checksum", Long.toString(sink));
        return new Measurement(
                settings,
                figures,
                List.of(
                        Measurement.Bar.atMost("encode_to_jackson", 1),
                        Measurement.Bar.atMost("decode_to_jackson", 1.5)));
    }

    private void decode(List<byte[]> documents) {
        for (byte[] document : documents) {
            try {
                sink += AccessEventJson.decode(document).id().length();
            } catch (MalformedDocumentException e) {
                throw new AssertionError("the benchmark's own document", e);
            }
        }
    }

    private static double timed(boolean counts, Runnable work) {
        long start = System.nanoTime();
        work.run();
        return counts ? System.nanoTime() - start : 0;
    }

    private static List<AccessEvent> events() {
        List<AccessEvent> events = new ArrayList<>(EVENTS);
        Instant start = Instant.parse("2026-11-24T00:00:00Z");
        for (int i = 0; i < EVENTS; i++) {
            String line = "{\"ts\":\"2026-11-24T09:00:00.123+09:00\",\"user\":\"EXAMPLE\\\\user" + i
                    + "\",\"op\":\"view\",\"object\":\"customer\",\"count\":1,\"client\":\"10.20.2.14\"}";
            events.add(AccessEvent.builder()
                    .timestamp(start.plusMillis(i))
                    .id("%032x".formatted(i))
                    .action(Action.READ)
                    .outcome(Outcome.SUCCESS)
                    .created(start.plusMillis(i + 40))
                    .original(line)
                    .userId("user" + i)
                    .sourceIp("10.20.2.14")
                    .hostName("crm1")
                    .serviceName("crm")
                    .logFilePath("/var/log/crm/audit.json")
                    .logOffset((long) i * line.getBytes(StandardCharsets.UTF_8).length)
                    .dataset("crm.customers")
                    .records(1L)
                    .build());
        }
        return events;
    }
}
