package dev.metsuke.detect.episode;

import java.time.Duration;
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
        if (settled.getOrDefault(scope, List.of()).stream().anyMatch(episode -> episode.tells(finding))) {
            return;
        }
        List<Episode> ofScope = episodes.computeIfAbsent(scope, named -> new ArrayList<>());
        if (!ofScope.isEmpty() && ofScope.getLast().isNear(finding, quiet.apply(scope))) {
            ofScope.set(ofScope.size() - 1, ofScope.getLast().with(finding));
        } else {
            ofScope.add(finding);
        }
    }

    public Map<String, List<Episode>> episodes() {
        return Collections.unmodifiableMap(episodes);
    }
}
