package dev.metsuke.simulation.evaluate;

import dev.metsuke.events.alert.Rule;
import dev.metsuke.simulation.incident.Incident.Difficulty;
import java.util.OptionalDouble;

/**
 * How it went with one kind of incident, or of what only looks like one.
 *
 * @param kind which
 * @param isInnocent whether no alert should tell of it
 * @param difficulty how hard it is to tell
 * @param rule which rule it is about
 * @param labels how many there were
 * @param alerted of how many an alert told: well for incidents, bad for the innocent
 * @param delays from an incident's start to its first alert
 */
public record KindScore(
        String kind, boolean isInnocent, Difficulty difficulty, Rule rule, int labels, int alerted, Delays delays) {

    public OptionalDouble share() {
        return RuleScore.share(alerted, labels);
    }
}
