package dev.metsuke.operations.settings;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.snakeyaml.engine.v2.common.Anchor;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.CollectionEndEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.Event;

/** How a YAML text's lists and mappings lie in one another: whoever follows them down must come to an end. */
final class Nesting {

    /** Several times what any setting needs. */
    private static final int DEEPEST = 100;

    private Nesting() {}

    /**
     * Looks at it before it is put together.
     *
     * @throws InvalidSettingsException where they lie too deep, or one in itself
     */
    static void check(Iterable<Event> events, String name) {
        Deque<Optional<Anchor>> open = new ArrayDeque<>();
        for (Event event : events) {
            switch (event) {
                case CollectionStartEvent start -> open.push(start.getAnchor());
                case CollectionEndEvent _ -> open.pop();
                case AliasEvent alias
                when open.contains(Optional.of(alias.getAlias())) ->
                    throw refused(
                            name,
                            event,
                            "*" + alias.getAlias() + " stands in what it stands for, which would have no end");
                default -> {}
            }
            if (open.size() > DEEPEST) {
                throw refused(name, event, "more than " + DEEPEST + " lists and mappings lie in one another");
            }
        }
    }

    private static InvalidSettingsException refused(String name, Event event, String why) {
        String line =
                event.getStartMark().map(mark -> ":" + (mark.getLine() + 1)).orElse("");
        return new InvalidSettingsException(List.of(name + line + ": " + why));
    }
}
