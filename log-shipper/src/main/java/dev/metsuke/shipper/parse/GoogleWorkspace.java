package dev.metsuke.shipper.parse;

import dev.metsuke.events.access.Action;
import dev.metsuke.shipper.tail.Framing;
import java.util.Map;

/**
 * Google Workspace's activities of the Reports API, one a line, in an array, or in pages as the API answers.
 *
 * @param actions what events are that Metsuke does not know, or takes for something else
 */
public record GoogleWorkspace(Map<String, Action> actions) implements Format {

    public GoogleWorkspace {
        actions = Map.copyOf(actions);
    }

    @Override
    public LineParser parser(SourceRules rules) {
        return new GoogleWorkspaceParser(rules, actions);
    }

    @Override
    public Framing framing(Encoding encoding) {
        return JsonObjectsFraming.pages("items");
    }
}
