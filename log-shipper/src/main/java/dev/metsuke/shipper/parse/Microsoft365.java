package dev.metsuke.shipper.parse;

import dev.metsuke.events.access.Action;
import dev.metsuke.shipper.tail.Framing;
import java.util.Map;

/**
 * Microsoft 365's unified audit log: records of the Management Activity API, one a line or in an array, or of Graph's audit
 * search, also in pages as it answers, or Purview's CSV with {@code AuditData}.
 *
 * @param actions what operations are that Metsuke does not know, or takes for something else
 */
public record Microsoft365(Map<String, Action> actions) implements Format {

    public Microsoft365 {
        actions = Map.copyOf(actions);
    }

    @Override
    public LineParser parser(SourceRules rules) {
        return new Microsoft365Parser(rules, actions);
    }

    @Override
    public Framing framing(Encoding encoding) {
        return JsonObjectsFraming.pages("value");
    }
}
