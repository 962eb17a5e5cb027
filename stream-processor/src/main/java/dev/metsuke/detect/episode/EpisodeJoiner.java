package dev.metsuke.detect.episode;

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

    /**
     * Whether what was added may be taken over before a finding of this time comes. A settled episode that names all that it
     * counts takes in what is near it, may then count more than it names, and could no more be asked what it tells.
     */
    public boolean mayEndBefore(Instant time) {
        return settled.entrySet().stream().allMatch(ofScope -> {
            Duration near = quiet.apply(ofScope.getKey());
            return ofScope.getValue().stream()
                    .filter(Episode::namesAll)
                    .allMatch(episode -> !time.isAfter(episode.start().minus(near)) || time.isAfter(episode.end()));
        });
    }

    public Map<String, List<Episode>> episodes() {
        return Collections.unmodifiableMap(episodes);
    }
}
