package dev.metsuke.shipper.parse;

import static org.assertj.core.api.Assertions.assertThat;

import dev.metsuke.events.access.AccessEvent;
import dev.metsuke.events.access.AccessEventJson;
import dev.metsuke.events.json.CanonicalJson;
import dev.metsuke.events.json.JsonDocument;
import dev.metsuke.events.json.MalformedDocumentException;
import dev.metsuke.shipper.privacy.Pseudonyms;
import dev.metsuke.shipper.tail.Frame;
import dev.metsuke.shipper.tail.Framing;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/**
 * What holds for any bytes whatever: the same records are found however the bytes arrive; the parser answers with a value;
 * and an event is written as canonical JSON from which the same event is read.
 */
final class ParserProperty {

    private static final Instant EARLIEST = Instant.parse("0001-01-01T00:00:00Z");
    private static final Instant LAST_WRITTEN = Instant.parse("2026-12-01T12:00:00Z");
    private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59.999999999Z");

    private final Format format;
    private final LineParser parser;
    private final Pseudonyms pseudonyms;

    ParserProperty(Format format, Pseudonyms pseudonyms) {
        this.format = format;
        this.parser = format.parser(Samples.RULES);
        this.pseudonyms = pseudonyms;
    }

    /** How many events there are in the log. */
    int check(byte[] log) {
        List<String> records = records(log, log.length, log.length);
        Random random = new Random(Arrays.hashCode(log));
        int most = 1 + random.nextInt(Math.max(8, log.length / 4));
        assertThat(records(log, most, random.nextInt())).isEqualTo(records);
        int events = 0;
        String first =
                records.stream().filter(record -> !record.isBlank()).findFirst().orElse("");
        RecordContext context = Samples.context(first, LAST_WRITTEN);
        for (String record : records) {
            if (parser.parse(record, context) instanceof ParseResult.Parsed(AccessEvent.Builder builder)) {
                AccessEvent event =
                        builder.id("id").original(record).logOffset(7L).build();
                if (!event.timestamp().isBefore(EARLIEST) && !event.timestamp().isAfter(LATEST)) {
                    checkForm(event);
                    checkForm(pseudonyms.pseudonymised(event));
                    events++;
                }
            }
        }
        return events;
    }

    private static void checkForm(AccessEvent event) {
        byte[] json = AccessEventJson.encode(event);
        try {
            assertThat(CanonicalJson.bytes(JsonDocument.parse(json).members())).isEqualTo(json);
            AccessEvent decoded = AccessEventJson.decode(json);
            assertThat(AccessEventJson.encode(decoded)).isEqualTo(json);
            // What is no character has no form in UTF-8, so another stands for it.
            if (new String(json, StandardCharsets.UTF_8).indexOf('\uFFFD') < 0) {
                assertThat(decoded).isEqualTo(event);
            }
        } catch (MalformedDocumentException e) {
            throw new AssertionError("not what it was written from: " + new String(json, StandardCharsets.UTF_8), e);
        }
    }

    /** The records that are found where so many bytes at most arrive at a time, and what is left when the file rests. */
    private List<String> records(byte[] log, int most, long seed) {
        Framing framing = format.framing(Encoding.UTF_8);
        Random random = new Random(seed);
        List<String> records = new ArrayList<>();
        int position = 0;
        int end = 0;
        while (end < log.length) {
            end = Math.min(log.length, end + (most == log.length ? most : 1 + random.nextInt(most)));
            position = collect(framing, log, position, end, false, records);
        }
        collect(framing, log, position, log.length, true, records);
        return records;
    }

    private static int collect(Framing framing, byte[] log, int from, int to, boolean atRest, List<String> records) {
        Frame frame = new Frame();
        int position = from;
        while (framing.find(log, position, to, atRest, frame)) {
            assertThat(frame.start()).isBetween(position, to);
            assertThat(frame.end()).isBetween(frame.start(), to);
            assertThat(frame.next()).isGreaterThan(position).isBetween(frame.end(), to);
            records.add(Encoding.UTF_8.decode(log, frame.start(), frame.end()));
            position = frame.next();
        }
        assertThat(frame.next()).isBetween(position, to);
        return frame.next();
    }
}
