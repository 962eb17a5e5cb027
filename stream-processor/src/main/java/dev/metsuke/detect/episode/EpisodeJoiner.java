package dev.metsuke.detect.episode;

import dev.metsuke.detect.history.Place;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/** Joins findings into episodes, by scope, while they come in order of event time. */
public final class EpisodeJoiner {

    private final Function<String, Duration> quiet;
    private final Map<String, List<Episode>> settled;
    private final Map<String, List<Episode>> episodes = new TreeMap<>();

    /** What a settled episode tells already is no finding any more. */
    EpisodeJoiner(Function<String, Duration> quiet, Map<String, List<Episode>> settled) {
        this.quiet = quiet;
        this.settled = settled;
    }

    /** Adds a single access. */
    public void add(String scope, Episode finding) {
        if (tells(scope, finding)) {
            return;
        }
        List<Episode> ofScope = episodes.computeIfAbsent(scope, named -> new ArrayList<>());
        if (!ofScope.isEmpty() && ofScope.getLast().isNear(finding, quiet.apply(scope))) {
            ofScope.set(ofScope.size() - 1, ofScope.getLast().with(finding));
        } else {
            ofScope.add(finding);
        }
    }

    /** Whether a settled episode tells of a single access. */
    public boolean tells(String scope, Episode finding) {
        return settled.getOrDefault(scope, List.of()).stream().anyMatch(episode -> episode.tells(finding));
    }

    /**
     * Whether what was added may be taken over before a finding from there comes. A settled episode takes in what is near
     * it. One that names all that it counts may then count more than it names, and could no more be asked what it tells; one that
     * does not begins earlier then, and would be taken to tell what comes before it began. Amid the accesses of one time, either
     * would be taken to tell the others.
     */
    boolean mayEndBefore(Place next) {
        return settled.entrySet().stream().allMatch(ofScope -> {
            Duration near = quiet.apply(ofScope.getKey());
            return ofScope.getValue().stream().allMatch(episode -> mayEndBefore(next, episode, near));
        });
    }

    private static boolean mayEndBefore(Place next, Episode episode, Duration near) {
        Instant time = next.time();
        Instant nearFrom = episode.start().minus(near);
        if (next.isAmid()) {
            return time.isBefore(nearFrom) || time.isAfter(episode.end());
        }
        return !time.isAfter(nearFrom)
                || (episode.namesAll() ? time.isAfter(episode.end()) : !time.isBefore(episode.start()));
    }

    public Map<String, List<Episode>> episodes() {
        return Collections.unmodifiableMap(episodes);
    }
}
