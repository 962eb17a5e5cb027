package dev.metsuke.archive.verify;

import co.elastic.clients.elasticsearch.ElasticsearchClient;
import co.elastic.clients.elasticsearch._types.Refresh;
import co.elastic.clients.util.BinaryData;
import dev.metsuke.events.access.AccessEvent;
import dev.metsuke.events.access.Action;
import dev.metsuke.events.archive.ArchiveIndex;
import dev.metsuke.events.integrity.Chain;
import dev.metsuke.events.integrity.ChainHead;
import dev.metsuke.events.integrity.StreamWriter;
import dev.metsuke.events.seal.Seal;
import dev.metsuke.events.seal.SealKeyPair;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** A stream as a shipper chains and seals it and the archive holds it, and what somebody with access may do to it. */
final class SealedStream {

    static final SealKeyPair KEY = SealKeyPair.generate();
    static final Instant NOON = Instant.parse("2026-06-01T12:00:00Z");

    private static final int A_SEAL = 10;

    private final ElasticsearchClient client;
    final String name;
    final String indexBefore;
    final String index;
    private final StreamWriter writer;
    private final Chain chain = new Chain(ChainHead.GENESIS);
    final List<byte[]> events = new ArrayList<>();
    final List<Seal> seals = new ArrayList<>();

    /**
     * A stream of so many lines, a seal behind every tenth; the first twenty lie in another index than the rest.
     *
     * @param year of its indices
     */
    SealedStream(ElasticsearchClient client, String name, int year, int lines) throws IOException {
        this(client, name, year, lines, (number, head, at) -> Seal.sign(name, number, head, at, KEY));
    }

    /** The same, sealed by others than the one key. */
    SealedStream(ElasticsearchClient client, String name, int year, int lines, Sealer sealer) throws IOException {
        this.client = client;
        this.name = name;
        this.indexBefore = ArchiveIndex.ACCESS_EVENTS.at(Instant.parse(year + "-01-01T00:00:00Z"));
        this.index = ArchiveIndex.ACCESS_EVENTS.at(Instant.parse(year + "-02-01T00:00:00Z"));
        this.writer = new StreamWriter(name, ChainHead.GENESIS);
        for (int i = 1; i <= lines; i++) {
            events.add(chain.link(writer.write(event(i))));
            if (i % A_SEAL == 0) {
                seals.add(sealer.seal(seals.size() + 1, chain.head(), NOON.plusSeconds(i)));
            }
        }
        archive();
    }

    /** Makes a stream's seals. */
    interface Sealer {
        Seal seal(int number, ChainHead head, Instant at);
    }

    private AccessEvent event(int number) {
        return AccessEvent.builder()
                .timestamp(NOON.plusSeconds(number))
                .id(name.replace('/', '-') + "-" + number)
                .action(number % 7 == 0 ? Action.EXPORT : Action.READ)
                .original("\"日本語\" \\ / \u0001\u007f\u2028 \ud83d\ude00 <b> line " + number)
                .userId(number % 2 == 0 ? "tanaka" : "sato")
                .logFilePath("/var/log/crm.log")
                .logOffset(number * 100L)
                .dataset("crm.customers")
                .records((long) number)
                .build();
    }

    private void archive() throws IOException {
        var answer = client.bulk(bulk -> {
            for (int i = 1; i <= events.size(); i++) {
                int number = i;
                bulk.operations(operation -> operation.create(create -> create.index(indexOf(number))
                        .id(id(number))
                        .document(BinaryData.of(events.get(number - 1), "application/json"))));
            }
            for (Seal seal : seals) {
                bulk.operations(operation -> operation.create(create -> create.index(sealIndex())
                        .id(seal.id())
                        .document(BinaryData.of(seal.toJson(), "application/json"))));
            }
            return bulk.refresh(Refresh.True);
        });
        if (answer.errors()) {
            throw new IOException(answer.toString());
        }
    }

    static String sealIndex() {
        return ArchiveIndex.SEALS.at(NOON);
    }

    String indexOf(int number) {
        return number <= 20 ? indexBefore : index;
    }

    String id(int number) {
        return name.replace('/', '-') + "-" + number;
    }

    String text(int number) {
        return new String(events.get(number - 1), StandardCharsets.UTF_8);
    }

    /** Puts a document in the place of another, or beside it. */
    void put(String intoIndex, String id, String json) throws IOException {
        client.index(request -> request.index(intoIndex)
                .id(id)
                .document(BinaryData.of(json.getBytes(StandardCharsets.UTF_8), "application/json"))
                .refresh(Refresh.True));
    }

    void put(int number, String json) throws IOException {
        put(indexOf(number), id(number), json);
    }

    void delete(int number) throws IOException {
        client.delete(request -> request.index(indexOf(number)).id(id(number)).refresh(Refresh.True));
    }

    /** Puts the seals into the index of the month of their lines. */
    void sealBesideLines() throws IOException {
        for (Seal seal : seals) {
            deleteSeal((int) seal.number());
            put(
                    indexOf((int) seal.head().sequence())
                            .replace(ArchiveIndex.ACCESS_EVENTS.family(), ArchiveIndex.SEALS.family()),
                    seal.id(),
                    new String(seal.toJson(), StandardCharsets.UTF_8));
        }
    }

    void deleteSeal(int number) throws IOException {
        client.delete(request ->
                request.index(sealIndex()).id(seals.get(number - 1).id()).refresh(Refresh.True));
    }
}
