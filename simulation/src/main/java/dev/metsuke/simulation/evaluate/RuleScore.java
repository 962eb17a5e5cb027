package dev.metsuke.simulation.evaluate;

import dev.metsuke.events.alert.Rule;
import java.util.OptionalDouble;

/**
 * How well a rule did.
 *
 * @param rule which
 * @param incidents how many it had to find
 * @param found of how many of them it told
 * @param repeated alerts beyond the first of an incident
 * @param beside alerts during an incident that another rule had to find: neither right nor wrong
 * @param falseAlerts all others
 * @param withdrawn alerts that were taken back; they count nowhere else
 * @param delays from an incident's start to its first alert
 */
public record RuleScore(
        Rule rule, int incidents, int found, int repeated, int beside, int falseAlerts, int withdrawn, Delays delays) {

    /** Of the incidents, how many were found; none where there were none. */
    public OptionalDouble recall() {
        return share(found, incidents);
    }

    /** Of first and false alerts, how many were right; none where there were no alerts. */
    public OptionalDouble precision() {
        return share(found, found + falseAlerts);
    }

    static OptionalDouble share(int part, int all) {
        return all == 0 ? OptionalDouble.empty() : OptionalDouble.of((double) part / all);
    }
}
