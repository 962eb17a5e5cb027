package dev.metsuke.operations.settings;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Dump;
import org.snakeyaml.engine.v2.api.DumpSettings;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.api.lowlevel.Present;
import org.snakeyaml.engine.v2.api.lowlevel.Serialize;
import org.snakeyaml.engine.v2.common.FlowStyle;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/**
 * A YAML file whose top-level keys are sections, each bound to a record: a component {@code bootstrapServers} is the key
 * {@code bootstrap-servers}.
 *
 * <p>A component may be text, a number, a boolean, a {@link java.time.Duration} ({@code 500ms}, {@code 10m},
 * {@code 35d}), a {@link Path} (relative to the file's folder), an enum (by its labels, else in kebab case), anything with a static
 * {@code parse} or {@code of} that takes text, a record, a sealed interface of records (told apart by the key
 * {@code type}), or a list or a map of these. Where the key is absent, {@link Default} holds; without one, a component
 * that is {@code @Nullable} is null, lists and maps are empty, records are made of their own defaults, and anything else
 * is reported as missing. {@code ${env:NAME}} and {@code ${file:PATH}} stand for a variable's or a file's content.
 */
public final class SettingsFile {

    /** In a path, every item of the list that stands there. */
    public static final String EACH_ITEM = "[]";

    /** In a path, every member of the mapping that stands there. */
    public static final String EACH_MEMBER = "*";

    /** Every section that some part reads; anything else at the top level is a mistake. */
    private static final List<String> SECTIONS = List.of(
            "kafka",
            "access",
            "elasticsearch",
            "operations",
            "shipper",
            "policy",
            "detect",
            "archive",
            "console",
            "servers");

    private static final DumpSettings BLOCKS =
            DumpSettings.builder().setDefaultFlowStyle(FlowStyle.BLOCK).build();

    private final String name;
    private final Path folder;
    private final Map<String, Node> sections;

    /** What is wrong at the top level. */
    private final List<String> problems;

    private SettingsFile(String name, Path folder, Map<String, Node> sections, List<String> problems) {
        this.name = name;
        this.folder = folder;
        this.sections = sections;
        this.problems = List.copyOf(problems);
    }

    /**
     * Reads a file.
     *
     * @throws InvalidSettingsException where it cannot be read, is not YAML, or has a section that nobody knows
     */
    public static SettingsFile load(Path file) {
        try {
            Path parent = file.toAbsolutePath().getParent();
            return of(Files.readString(file), file.toString(), parent == null ? Path.of("/") : parent);
        } catch (CharacterCodingException e) {
            throw new InvalidSettingsException(List.of(file + ": is not written in UTF-8; save it so"));
        } catch (IOException e) {
            throw new InvalidSettingsException(
                    List.of(file + ": cannot be read (" + e + "); give an existing YAML file"));
        }
    }

    /** The same for text; {@code name} stands in messages, {@code folder} is what relative paths start from. */
    public static SettingsFile of(String yaml, String name, Path folder) {
        SettingsFile file = read(yaml, name, folder);
        if (!file.problems.isEmpty()) {
            throw new InvalidSettingsException(file.problems);
        }
        return file;
    }

    /**
     * One section of a text of which nothing else is wanted.
     *
     * @throws InvalidSettingsException with every problem of the section, and of what stands beside it
     */
    public static <T extends Record> T sectionOf(String yaml, String name, Path folder, String section, Class<T> type) {
        return read(yaml, name, folder).section(section, type);
    }

    /**
     * What stands at a path of keys in a section, in a text of which nothing else is wanted: the names of a mapping's members, the texts
     * of a list, or the one text; nothing where the path leads nowhere.
     *
     * @param path of keys, {@link #EACH_ITEM} and {@link #EACH_MEMBER}
     * @throws InvalidSettingsException where it is not YAML
     */
    public static List<String> namesIn(String yaml, String name, String section, List<String> path) {
        return read(yaml, name, Path.of("/"))
                .placesAt(section, path)
                .flatMap(Place::names)
                .toList();
    }

    /**
     * The files that the settings at a path of keys name, each with its place, also where others of their section are wrong.
     *
     * @param path of keys, {@link #EACH_ITEM} and {@link #EACH_MEMBER}
     */
    public List<NamedFile> filesAt(String section, List<String> path) {
        return placesAt(section, path)
                .flatMap(place -> Stream.ofNullable(fileAt(place)))
                .toList();
    }

    private @Nullable NamedFile fileAt(Place place) {
        if (!(place.node() instanceof ScalarNode scalar) || RecordBinder.isNull(scalar)) {
            return null;
        }
        String written = new RecordBinder(name, folder).resolve(scalar.getValue(), scalar, place.at());
        return written == null
                ? null
                : new NamedFile(folder.resolve(written), RecordBinder.at(name, scalar), place.at());
    }

    private Stream<Place> placesAt(String section, List<String> path) {
        Node node = sections.get(section);
        return node == null ? Stream.of() : new Place(section, node).below(path);
    }

    /**
     * A file that a setting names.
     *
     * @param file relative to the settings' folder where it is written so
     * @param place file and line of the setting
     * @param setting its path of keys
     */
    public record NamedFile(Path file, String place, String setting) {}

    private static SettingsFile read(String yaml, String name, Path folder) {
        Optional<Node> root;
        try {
            LoadSettings settings = LoadSettings.builder().setLabel(name).build();
            Nesting.check(new Parse(settings).parseString(yaml), name);
            root = new Compose(settings).composeString(yaml);
        } catch (MarkedYamlEngineException e) {
            String place =
                    e.getProblemMark().map(mark -> ":" + (mark.getLine() + 1)).orElse("");
            throw new InvalidSettingsException(List.of(name + place + ": not YAML: " + e.getProblem()));
        } catch (YamlEngineException e) {
            throw new InvalidSettingsException(List.of(name + ": not YAML: " + e.getMessage()));
        }
        Map<String, Node> sections = new LinkedHashMap<>();
        List<String> problems = new ArrayList<>();
        switch (root.orElse(null)) {
            case null -> {}
            case MappingNode mapping -> {
                for (NodeTuple tuple : mapping.getValue()) {
                    String key = Place.keyOf(tuple);
                    if (sections.containsKey(key)) {
                        problems.add(
                                RecordBinder.at(name, tuple.getKeyNode()) + ": section " + key + " is given twice");
                    } else if (SECTIONS.contains(key)) {
                        sections.put(key, tuple.getValueNode());
                    } else {
                        problems.add(RecordBinder.at(name, tuple.getKeyNode()) + ": unknown section " + key
                                + RecordBinder.suggestion(key, SECTIONS));
                    }
                }
            }
            case Node other -> problems.add(RecordBinder.at(name, other) + ": not a mapping of sections");
        }
        return new SettingsFile(name, folder, sections, problems);
    }

    /** No file at all: every setting by its default. */
    public static SettingsFile defaults() {
        return of("", "defaults", Path.of("").toAbsolutePath());
    }

    /**
     * The same, but for settings that are given beside it.
     *
     * @param others by section and key; maps hold further settings
     */
    public SettingsFile with(Map<String, ? extends Map<String, ?>> others) {
        SettingsFile given = of(new Dump(BLOCKS).dumpToString(others), name, folder);
        Map<String, Node> all = new LinkedHashMap<>(sections);
        given.sections.forEach((section, node) -> all.merge(section, node, SettingsFile::merged));
        return new SettingsFile(name, folder, all, problems);
    }

    /** The same without a section, be it there or not. */
    public SettingsFile without(String section) {
        Map<String, Node> others = new LinkedHashMap<>(sections);
        others.remove(section);
        return new SettingsFile(name, folder, others, problems);
    }

    /** The same without a setting, be it there or not. */
    public SettingsFile without(String section, String key) {
        Map<String, Node> others = new LinkedHashMap<>(sections);
        if (others.get(section) instanceof MappingNode mapping) {
            List<NodeTuple> left = mapping.getValue().stream()
                    .filter(tuple -> !Place.keyOf(tuple).equals(key))
                    .toList();
            others.put(section, new MappingNode(mapping.getTag(), left, mapping.getFlowStyle()));
        }
        return new SettingsFile(name, folder, others, problems);
    }

    private static Node merged(Node below, Node above) {
        if (!(below instanceof MappingNode mapping && above instanceof MappingNode over)) {
            return above;
        }
        Map<String, NodeTuple> members = new LinkedHashMap<>();
        mapping.getValue().forEach(tuple -> members.put(Place.keyOf(tuple), tuple));
        over.getValue()
                .forEach(tuple -> members.merge(
                        Place.keyOf(tuple),
                        tuple,
                        (old, now) -> new NodeTuple(old.getKeyNode(), merged(old.getValueNode(), now.getValueNode()))));
        return new MappingNode(Tag.MAP, List.copyOf(members.values()), FlowStyle.BLOCK);
    }

    /** All of it as YAML, without comments; placeholders stand as they were written. */
    public String toYaml() {
        List<NodeTuple> members = sections.entrySet().stream()
                .map(section ->
                        new NodeTuple(new ScalarNode(Tag.STR, section.getKey(), ScalarStyle.PLAIN), section.getValue()))
                .toList();
        Node root = new MappingNode(Tag.MAP, members, FlowStyle.BLOCK);
        return new Present(BLOCKS)
                .emitToString(new Serialize(BLOCKS).serializeOne(root).iterator());
    }

    /** Where relative paths start from. */
    public Path folder() {
        return folder;
    }

    /** What stands for the file in messages. */
    public String name() {
        return name;
    }

    /** The names of those that it has, in its order. */
    public List<String> sections() {
        return List.copyOf(sections.keySet());
    }

    /**
     * A section that must be there.
     *
     * @throws InvalidSettingsException with every problem of the section, or where it is absent or empty
     */
    public <T extends Record> T givenSection(String section, Class<T> type) {
        Node given = sections.get(section);
        if (given == null) {
            throw new InvalidSettingsException(List.of(name + " has no section " + section));
        }
        if (RecordBinder.isNull(given)) {
            throw new InvalidSettingsException(List.of(RecordBinder.at(name, given) + ": section " + section
                    + " is empty; write " + section + ": {} where every default is meant"));
        }
        return section(section, type);
    }

    /**
     * A section as its record; an absent section is made of defaults.
     *
     * @throws InvalidSettingsException with every problem of the section
     */
    public <T extends Record> T section(String section, Class<T> type) {
        if (!SECTIONS.contains(section)) {
            throw new IllegalArgumentException("not a section of the settings file: " + section);
        }
        RecordBinder binder = new RecordBinder(name, folder);
        @Nullable T record = binder.bind(type, sections.get(section), section);
        List<String> all = new ArrayList<>(problems);
        all.addAll(binder.problems());
        if (record == null || !all.isEmpty()) {
            throw new InvalidSettingsException(all);
        }
        return record;
    }
}
