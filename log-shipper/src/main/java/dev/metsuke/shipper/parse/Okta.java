package dev.metsuke.shipper.parse;

import dev.metsuke.events.access.Action;
import dev.metsuke.shipper.tail.Framing;
import java.util.Map;

/**
 * Okta's System Log, one event a line or in an array.
 *
 * @param actions what event types are that Metsuke does not know, or takes for something else
 */
public record Okta(Map<String, Action> actions) implements Format {

    public Okta {
        actions = Map.copyOf(actions);
    }

    @Override
    public LineParser parser(SourceRules rules) {
        return new OktaParser(rules, actions);
    }

    @Override
    public Framing framing(Encoding encoding) {
        return new JsonObjectsFraming();
    }
}
