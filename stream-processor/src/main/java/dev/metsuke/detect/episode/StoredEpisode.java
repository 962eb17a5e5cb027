package dev.metsuke.detect.episode;

import dev.metsuke.detect.state.Codes;
import dev.metsuke.detect.state.CompactReader;
import dev.metsuke.detect.state.CompactWriter;
import dev.metsuke.events.access.Action;
import dev.metsuke.events.alert.Evidence;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * An episode as it lies in its store.
 *
 * @param episode the episode
 * @param telling what its alert does not tell yet
 */
record StoredEpisode(Episode episode, Telling telling) {

    /** Added to the first number where there are grounds: earlier versions wrote none. */
    private static final long HAS_GROUNDS = 16;

    byte[] bytes() {
        boolean hasGrounds = !episode.grounds().isNone();
        CompactWriter out = new CompactWriter()
                .number(telling.code() + (hasGrounds ? HAS_GROUNDS : 0))
                .time(episode.start())
                .time(episode.end())
                .number(episode.events())
                .number(episode.records())
                .number(episode.unknownRecords())
                .number(episode.failures())
                .number(episode.late())
                .number(episode.actions().size());
        new TreeSet<>(episode.actions()).forEach(action -> out.number(Codes.of(action)));
        episode.peak().write(out);
        if (hasGrounds) {
            episode.grounds().write(out);
        }
        for (Evidence evidence : episode.evidence()) {
            out.text(evidence.eventId())
                    .time(evidence.timestamp())
                    .number(Codes.of(evidence.action()))
                    .optionalText(evidence.dataset())
                    .optionalNumber(evidence.records());
        }
        return out.bytes();
    }

    static StoredEpisode of(byte[] bytes) {
        CompactReader in = new CompactReader(bytes);
        long first = in.number();
        Telling telling = Telling.of(first % HAS_GROUNDS);
        Instant start = in.time();
        Instant end = in.time();
        long events = in.number();
        long records = in.number();
        long unknownRecords = in.number();
        long failures = in.number();
        long late = in.number();
        Set<Action> actions = new TreeSet<>();
        for (int left = in.count(); left > 0; left--) {
            actions.add(Codes.action(in.number()));
        }
        Peak peak = Peak.read(in);
        Grounds grounds = first < HAS_GROUNDS ? Grounds.NONE : Grounds.read(in);
        List<Evidence> evidence = new ArrayList<>();
        while (in.hasMore()) {
            evidence.add(new Evidence(
                    in.text(), in.time(), Codes.action(in.number()), in.optionalText(), in.optionalNumber()));
        }
        return new StoredEpisode(
                new Episode(
                        start, end, events, records, unknownRecords, failures, late, actions, peak, grounds, evidence),
                telling);
    }
}
