package dev.metsuke.operations.settings;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/**
 * What stands at some place in a settings file.
 *
 * @param at its path of keys, as messages name it
 */
record Place(String at, Node node) {

    /** The places below this one that a path of keys leads to; none where it leads nowhere. */
    Stream<Place> below(List<String> path) {
        Stream<Place> found = Stream.of(this);
        for (String key : path) {
            found = found.flatMap(place -> place.below(key));
        }
        return found;
    }

    private Stream<Place> below(String key) {
        if (key.equals(SettingsFile.EACH_ITEM)) {
            return items();
        }
        return members(node).entrySet().stream()
                .filter(member -> key.equals(SettingsFile.EACH_MEMBER) || key.equals(member.getKey()))
                .map(member -> new Place(at + "." + member.getKey(), member.getValue()));
    }

    private Stream<Place> items() {
        // A list of one may be written without its brackets.
        List<Node> items = node instanceof SequenceNode list ? list.getValue() : List.of(node);
        return IntStream.range(0, items.size()).mapToObj(i -> new Place(at + "[" + i + "]", items.get(i)));
    }

    /** The names of a mapping's members, the texts of a list, or the one text. */
    Stream<String> names() {
        return names(node);
    }

    private static Stream<String> names(Node node) {
        return switch (node) {
            case MappingNode mapping -> members(mapping).keySet().stream();
            case SequenceNode list -> list.getValue().stream().flatMap(Place::names);
            case ScalarNode text when !RecordBinder.isNull(text) -> Stream.of(text.getValue());
            default -> Stream.of();
        };
    }

    private static Map<String, Node> members(Node node) {
        Map<String, Node> members = new LinkedHashMap<>();
        if (node instanceof MappingNode mapping) {
            mapping.getValue().forEach(tuple -> members.put(keyOf(tuple), tuple.getValueNode()));
        }
        return members;
    }

    static String keyOf(NodeTuple tuple) {
        return tuple.getKeyNode() instanceof ScalarNode scalar ? scalar.getValue() : "";
    }
}
