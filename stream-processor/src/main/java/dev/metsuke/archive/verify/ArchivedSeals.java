package dev.metsuke.archive.verify;

import co.elastic.clients.elasticsearch._types.FieldValue;
import co.elastic.clients.elasticsearch._types.mapping.FieldType;
import co.elastic.clients.elasticsearch._types.query_dsl.Query;
import dev.metsuke.archive.read.PointInTime;
import dev.metsuke.archive.read.PointInTime.SortField;
import dev.metsuke.archive.read.RawPage.Hit;
import dev.metsuke.events.json.MalformedDocumentException;
import dev.metsuke.events.proof.KeyTrail.FoundStatement;
import dev.metsuke.events.proof.SealTrail.FoundSeal;
import dev.metsuke.events.seal.KeyAnnouncement;
import dev.metsuke.events.seal.KeyRevocation;
import dev.metsuke.events.seal.KeyStatement;
import dev.metsuke.events.seal.Seal;
import dev.metsuke.events.seal.SealRecord;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Seals, and what is said of keys, as the archive has them; what cannot be read is none. */
final class ArchivedSeals {

    private static final Logger LOG = LoggerFactory.getLogger(ArchivedSeals.class);
    private static final List<SortField> BY_NUMBER = List.of(new SortField("metsuke.seal.number", FieldType.Long));
    private static final List<SortField> BY_TIME = List.of(new SortField("@timestamp", FieldType.Date));
    private static final int PAGE = 5_000;

    private final PointInTime archive;

    ArchivedSeals(PointInTime archive) {
        this.archive = archive;
    }

    /** A stream's seals, in the order of their numbers. There may be millions: what they have in common they share. */
    List<FoundSeal> of(String stream) throws IOException {
        List<FoundSeal> seals = new ArrayList<>();
        Map<Object, Object> shared = new HashMap<>();
        archive.forEach(
                Query.of(query ->
                        query.term(term -> term.field("metsuke.seal.stream").value(stream))),
                BY_NUMBER,
                PAGE,
                hit -> {
                    if (read(hit) instanceof Seal seal && seal.stream().equals(stream)) {
                        seals.add(new FoundSeal(sharing(seal, stream, shared), hit.id(), share(hit.index(), shared)));
                    }
                });
        return seals;
    }

    private static Seal sharing(Seal seal, String stream, Map<Object, Object> shared) {
        return new Seal(
                stream,
                seal.number(),
                seal.head(),
                seal.signedAt(),
                share(seal.revocations(), shared),
                share(seal.keyId(), shared),
                seal.signature());
    }

    @SuppressWarnings("unchecked") // What is equal to it is of its kind.
    private static <T> T share(T value, Map<Object, Object> shared) {
        return (T) shared.computeIfAbsent(value, itself -> itself);
    }

    /** Seals of a stream by their numbers. */
    static Query ofStream(String stream, long from, long to) {
        return Query.of(query -> query.bool(all -> all.filter(one ->
                        one.term(term -> term.field("metsuke.seal.stream").value(stream)))
                .filter(one -> one.range(range -> range.longNumber(
                        number -> number.field("metsuke.seal.number").gte(from).lte(to))))));
    }

    /** What is said of the keys of all shippers, here and among the copies. */
    List<FoundStatement> statements(Collection<KeyStatement> copies) throws IOException {
        List<FoundStatement> statements = new ArrayList<>();
        // By their action, which older indices know as well.
        archive.forEach(
                Query.of(query -> query.terms(terms -> terms.field("event.action")
                        .terms(actions -> actions.value(
                                List.of(FieldValue.of(KeyAnnouncement.ACTION), FieldValue.of(KeyRevocation.ACTION)))))),
                BY_TIME,
                PAGE,
                hit -> {
                    if (read(hit) instanceof KeyStatement statement) {
                        statements.add(new FoundStatement(statement, hit.id()));
                    }
                });
        copies.forEach(copy -> statements.add(new FoundStatement(copy, null)));
        return statements;
    }

    private static @Nullable SealRecord read(Hit hit) {
        try {
            return SealRecord.fromJson(hit.source());
        } catch (MalformedDocumentException e) {
            LOG.warn("{} is no seal: {}", hit.origin(), e.getMessage());
            return null;
        }
    }
}
