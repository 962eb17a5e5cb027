package dev.metsuke.operations.settings;

import dev.metsuke.events.json.Labelled;
import java.io.IOException;
import java.lang.reflect.AnnotatedParameterizedType;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.Array;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.NodeType;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/** Binds YAML nodes to records and keeps a list of what was wrong, with line and path; one binder a section. */
final class RecordBinder {

    private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{(env|file):([^}]+)}");
    private static final Pattern DURATION = Pattern.compile("(\\d+)\\s*(ms|s|m|h|d)");
    private static final Pattern WHOLE_NUMBER = Pattern.compile("[+-]?\\d+");
    private static final Pattern FIRST_WORD = Pattern.compile("[a-z0-9-]+");
    private static final String DISCRIMINATOR = "type";

    private final String file;
    private final Path folder;
    private final List<String> problems = new ArrayList<>();

    RecordBinder(String file, Path folder) {
        this.file = file;
        this.folder = folder;
    }

    List<String> problems() {
        return List.copyOf(problems);
    }

    /** The record, or null where something in it was wrong; then {@link #problems} says what. */
    <T extends Record> @Nullable T bind(Class<T> type, @Nullable Node node, String path) {
        return type.cast(record(type, node, path, List.of()));
    }

    private @Nullable Object record(Class<?> type, @Nullable Node node, String path, List<String> alsoKnown) {
        Map<String, NodeTuple> members = members(node, path);
        if (members == null) {
            return null;
        }
        List<String> known = new ArrayList<>(alsoKnown);
        addKeys(type, known);
        members.forEach((key, tuple) -> {
            if (!known.contains(key)) {
                report(tuple.getKeyNode(), path + "." + key, "unknown setting" + suggestion(key, known));
            }
        });
        return components(type, members, node, path);
    }

    private static void addKeys(Class<?> type, List<String> keys) {
        for (RecordComponent component : type.getRecordComponents()) {
            addKeys(component, keys);
        }
    }

    private static void addKeys(RecordComponent component, List<String> keys) {
        if (component.isAnnotationPresent(Inline.class)) {
            addKeys(component.getType(), keys);
        } else {
            keys.add(kebab(component.getName()));
        }
    }

    private @Nullable Object components(
            Class<?> type, Map<String, NodeTuple> members, @Nullable Node node, String path) {
        RecordComponent[] components = type.getRecordComponents();
        List<String> wrong = new ArrayList<>();
        boolean isWhole = true;
        @Nullable Object[] values = new @Nullable Object[components.length];
        for (int i = 0; i < components.length; i++) {
            int before = problems.size();
            values[i] = member(components[i], members, node, path);
            if (problems.size() > before) {
                addKeys(components[i], wrong);
                values[i] = values[i] == null ? standIn(components[i]) : values[i];
                isWhole &= values[i] != null || isNullable(components[i]);
            }
        }
        return construct(type, values, new Wrong(wrong, isWhole), members, node, path);
    }

    private @Nullable Object member(
            RecordComponent component, Map<String, NodeTuple> members, @Nullable Node node, String path) {
        if (component.isAnnotationPresent(Inline.class)) {
            return components(component.getType(), members, node, path);
        }
        String key = kebab(component.getName());
        NodeTuple tuple = members.get(key);
        Node value = tuple == null || isNull(tuple.getValueNode()) ? null : tuple.getValueNode();
        return component(component, value, node, path + "." + key);
    }

    /** What a setting that cannot be read is taken for, so that the others are checked all the same. */
    private @Nullable Object standIn(RecordComponent component) {
        Class<?> type = component.getType();
        @Nullable Object byDefault = new RecordBinder(file, folder).component(component, null, null, "");
        if (byDefault != null || isNullable(component)) {
            return byDefault;
        }
        return type.isPrimitive() ? Array.get(Array.newInstance(type, 1), 0) : type == String.class ? "" : null;
    }

    /**
     * Settings of a record that are wrong before its constructor is asked.
     *
     * @param keys their names
     * @param isWhole whether something stands in for each of them
     */
    private record Wrong(List<String> keys, boolean isWhole) {

        /** Of a problem that speaks of a setting that is wrong already, nobody knows whether it is one. */
        List<String> certain(IllegalArgumentException unfit) {
            if (unfit instanceof FailedCheckException failed) {
                return failed.problems().stream().filter(this::isCertain).toList();
            }
            String problem = String.valueOf(unfit.getMessage());
            return isWhole && isCertain(problem) ? List.of(problem) : List.of();
        }

        private boolean isCertain(String problem) {
            return keys.stream()
                    .noneMatch(key -> Pattern.compile("(?<![\\w-])" + Pattern.quote(key) + "(?![\\w-])")
                            .matcher(problem)
                            .find());
        }
    }

    private @Nullable Object component(
            RecordComponent component, @Nullable Node node, @Nullable Node parent, String path) {
        if (node != null) {
            return value(component.getAnnotatedType(), node, path);
        }
        Default byDefault = component.getAnnotation(Default.class);
        if (byDefault != null) {
            return scalar(component.getType(), byDefault.value(), parent, path);
        }
        if (isNullable(component)) {
            return null;
        }
        Class<?> type = component.getType();
        if (type == List.class) {
            return List.of();
        }
        if (type == Map.class) {
            return Map.of();
        }
        if (type.isRecord()) {
            return record(type, null, path, List.of());
        }
        report(parent, path, "missing");
        return null;
    }

    private @Nullable Object value(AnnotatedType annotated, Node node, String path) {
        Type type = annotated.getType();
        Class<?> raw = type instanceof ParameterizedType generic ? (Class<?>) generic.getRawType() : (Class<?>) type;
        if (raw == List.class) {
            return isNull(node)
                    ? List.of()
                    : list(((AnnotatedParameterizedType) annotated).getAnnotatedActualTypeArguments()[0], node, path);
        }
        if (raw == Map.class) {
            return map(((AnnotatedParameterizedType) annotated).getAnnotatedActualTypeArguments(), node, path);
        }
        if (raw.isRecord() && (node.getNodeType() != NodeType.SCALAR || isNull(node))) {
            return record(raw, node, path, List.of());
        }
        if (raw.isSealed() && raw.isInterface()) {
            return choice(raw, node, path);
        }
        if (node instanceof ScalarNode scalar) {
            return scalar(raw, scalar.getValue(), node, path);
        }
        report(node, path, raw.isRecord() ? "not a mapping" : "not a single value");
        return null;
    }

    private @Nullable Object choice(Class<?> type, Node node, String path) {
        Map<String, Class<?>> choices = new LinkedHashMap<>();
        for (Class<?> permitted : type.getPermittedSubclasses()) {
            choices.put(kebab(permitted.getSimpleName()), permitted);
        }
        String names = String.join(", ", choices.keySet());
        // A choice that needs no further settings may be given by its name alone.
        if (node instanceof ScalarNode scalar && choices.containsKey(scalar.getValue())) {
            return record(Objects.requireNonNull(choices.get(scalar.getValue())), null, path, List.of());
        }
        if (node instanceof ScalarNode scalar) {
            report(node, path, "is " + scalar.getValue() + "; it can be " + names);
            return null;
        }
        Map<String, NodeTuple> members = members(node, path);
        if (members == null) {
            return null;
        }
        NodeTuple discriminator = members.get(DISCRIMINATOR);
        if (discriminator == null || !(discriminator.getValueNode() instanceof ScalarNode scalar)) {
            report(node, path + "." + DISCRIMINATOR, "missing; it can be " + names);
            return null;
        }
        Class<?> chosen = choices.get(scalar.getValue());
        if (chosen == null) {
            report(scalar, path + "." + DISCRIMINATOR, "is " + scalar.getValue() + "; it can be " + names);
            return null;
        }
        return record(chosen, node, path, List.of(DISCRIMINATOR));
    }

    private @Nullable Object list(AnnotatedType elementType, Node node, String path) {
        List<Node> nodes = node instanceof SequenceNode sequence ? sequence.getValue() : List.of(node);
        List<Object> elements = new ArrayList<>();
        for (int i = 0; i < nodes.size(); i++) {
            Object element = value(elementType, nodes.get(i), path + "[" + i + "]");
            if (element != null) {
                elements.add(element);
            }
        }
        return List.copyOf(elements);
    }

    private @Nullable Object map(AnnotatedType[] types, Node node, String path) {
        Map<String, NodeTuple> members = members(node, path);
        if (members == null) {
            return null;
        }
        Map<Object, Object> map = new LinkedHashMap<>();
        members.forEach((key, tuple) -> {
            Object boundKey = scalar((Class<?>) types[0].getType(), key, tuple.getKeyNode(), path + "." + key);
            Object bound = value(types[1], tuple.getValueNode(), path + "." + key);
            if (bound == null && types[1].getType() instanceof Class<?> raw && raw.isRecord()) {
                // Whoever names the key, names something that is there.
                bound = new RecordBinder(file, folder).record(raw, null, "", List.of());
            }
            if (boundKey != null && bound != null) {
                map.put(boundKey, bound);
            }
        });
        return Collections.unmodifiableMap(map);
    }

    private @Nullable Object scalar(Class<?> type, String written, @Nullable Node node, String path) {
        String text = resolve(written, node, path);
        if (text == null) {
            return null;
        }
        // What a placeholder stands for may be a secret.
        String is = "is " + written + "; ";
        try {
            return convert(type, text);
        } catch (InvocationTargetException e) {
            report(node, path, is + Objects.requireNonNull(e.getCause()).getMessage());
        } catch (NumberFormatException e) {
            report(node, path, is + numberWanted(type, text));
        } catch (ArithmeticException e) {
            report(node, path, is + "it is too long");
        } catch (IllegalArgumentException | DateTimeException e) {
            report(node, path, is + e.getMessage());
        } catch (NoSuchMethodException e) {
            report(node, path, is + "it must be a mapping of settings");
        } catch (ReflectiveOperationException e) {
            throw new LinkageError("a setting cannot be of type " + type, e);
        }
        return null;
    }

    private static String numberWanted(Class<?> type, String text) {
        if (!WHOLE_NUMBER.matcher(text).matches()) {
            return "it must be a whole number";
        }
        int bits = type == short.class || type == Short.class
                ? Short.SIZE
                : type == int.class || type == Integer.class ? Integer.SIZE : Long.SIZE;
        long most = -1L >>> (Long.SIZE - bits + 1);
        return text.startsWith("-") ? "it must be at least " + (-most - 1) : "it must be at most " + most;
    }

    private Object convert(Class<?> type, String text) throws ReflectiveOperationException {
        if (type == String.class) {
            return text;
        }
        if (type == int.class || type == Integer.class) {
            return Integer.valueOf(text);
        }
        if (type == short.class || type == Short.class) {
            return Short.valueOf(text);
        }
        if (type == long.class || type == Long.class) {
            return Long.valueOf(text);
        }
        if (type == boolean.class || type == Boolean.class) {
            return truth(text);
        }
        if (type == Duration.class) {
            return duration(text);
        }
        if (type == Instant.class) {
            return instant(text);
        }
        if (type == ZoneId.class) {
            return TimeZones.parse(text);
        }
        if (type == Path.class) {
            return folder.resolve(text);
        }
        if (type.isEnum()) {
            return constant(type, text);
        }
        for (Method method : type.getMethods()) {
            if (List.of("parse", "of").contains(method.getName())
                    && method.getParameterCount() == 1
                    && method.getParameterTypes()[0].isAssignableFrom(String.class)
                    && type.isAssignableFrom(method.getReturnType())) {
                return method.invoke(null, text);
            }
        }
        Constructor<?> constructor = type.getConstructor(String.class);
        return constructor.newInstance(text);
    }

    private static Boolean truth(String text) {
        return switch (text) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new IllegalArgumentException("it must be true or false");
        };
    }

    private static Instant instant(String text) {
        try {
            return OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeParseException e) {
            throw new IllegalArgumentException(
                    "it must be a time with its offset, such as 2026-12-01T00:00:00+09:00", e);
        }
    }

    private static Duration duration(String text) {
        Matcher matcher = DURATION.matcher(text);
        if (!matcher.matches()) {
            if (text.startsWith("P")) {
                return Duration.parse(text);
            }
            throw new IllegalArgumentException("it must be a time such as 500ms, 30s, 10m, 1h or 35d");
        }
        long amount = Long.parseLong(matcher.group(1));
        return switch (matcher.group(2)) {
            case "ms" -> Duration.ofMillis(amount);
            case "s" -> Duration.ofSeconds(amount);
            case "m" -> Duration.ofMinutes(amount);
            case "h" -> Duration.ofHours(amount);
            default -> Duration.ofDays(amount);
        };
    }

    private static Object constant(Class<?> type, String text) {
        List<String> labels = new ArrayList<>();
        for (Object constant : type.getEnumConstants()) {
            String label = constant instanceof Labelled labelled
                    ? labelled.label()
                    : ((Enum<?>) constant).name().toLowerCase(Locale.ROOT).replace('_', '-');
            if (label.equals(text)) {
                return constant;
            }
            labels.add(label);
        }
        throw new IllegalArgumentException("it can be " + String.join(", ", labels));
    }

    /** What is written, with what its placeholders stand for; null where one stands for nothing, or for what no setting can be. */
    @Nullable
    String resolve(String written, @Nullable Node node, String path) {
        // No name of a file may have one, nor what Kafka or a search node is told.
        if (hasNul(written)) {
            report(node, path, "it has a NUL character (\\0 in double quotes)");
            return null;
        }
        Matcher matcher = PLACEHOLDER.matcher(written);
        StringBuilder resolved = new StringBuilder();
        while (matcher.find()) {
            try {
                matcher.appendReplacement(
                        resolved, Matcher.quoteReplacement(content(matcher.group(1), matcher.group(2))));
            } catch (IOException e) {
                report(node, path, matcher.group() + " has no value; " + e.getMessage());
                return null;
            }
        }
        matcher.appendTail(resolved);
        return resolved.toString();
    }

    private static boolean hasNul(String text) {
        return text.indexOf('\0') >= 0;
    }

    /** What a variable or a file holds; the message of the exception says what to do where it holds nothing. */
    private String content(String kind, String name) throws IOException {
        if (kind.equals("env")) {
            String content = System.getenv(name);
            if (content == null) {
                throw new IOException("set the variable");
            }
            return content;
        }
        Path file = folder.resolve(name);
        String content;
        try {
            content = Files.readString(file).strip();
        } catch (NoSuchFileException e) {
            throw new IOException("create the file " + file, e);
        } catch (AccessDeniedException e) {
            throw new IOException("let " + System.getProperty("user.name") + " read the file " + file, e);
        } catch (CharacterCodingException e) {
            throw new IOException("the file " + file + " is not written in UTF-8; save it so", e);
        } catch (IOException e) {
            throw new IOException("the file " + file + " cannot be read (" + e + ")", e);
        }
        if (hasNul(content)) {
            throw new IOException("the file " + file + " has NUL characters, as in UTF-16; save it in UTF-8");
        }
        return content;
    }

    private @Nullable Map<String, NodeTuple> members(@Nullable Node node, String path) {
        if (node == null || isNull(node)) {
            return Map.of();
        }
        if (!(node instanceof MappingNode mapping)) {
            report(node, path, "not a mapping of settings");
            return null;
        }
        Map<String, NodeTuple> members = new LinkedHashMap<>();
        for (NodeTuple tuple : mapping.getValue()) {
            if (!(tuple.getKeyNode() instanceof ScalarNode key)) {
                report(tuple.getKeyNode(), path, "a key must be a single value");
            } else if (members.put(key.getValue(), tuple) != null) {
                report(key, path + "." + key.getValue(), "given twice");
            }
        }
        return members;
    }

    private @Nullable Object construct(
            Class<?> type,
            @Nullable Object[] values,
            Wrong wrong,
            Map<String, NodeTuple> members,
            @Nullable Node node,
            String path) {
        try {
            Constructor<?> constructor = type.getDeclaredConstructor(Arrays.stream(type.getRecordComponents())
                    .map(RecordComponent::getType)
                    .toArray(Class<?>[]::new));
            constructor.setAccessible(true);
            Object made = constructor.newInstance(values);
            return wrong.keys().isEmpty() ? made : null;
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof IllegalArgumentException unfit) {
                wrong.certain(unfit).forEach(problem -> report(placeOf(problem, members, node), path, problem));
            } else if (wrong.keys().isEmpty()) {
                throw new AssertionError("the constructor of " + type + " failed", e);
            }
            return null;
        } catch (ReflectiveOperationException e) {
            throw new LinkageError("a settings record needs its canonical constructor: " + type, e);
        }
    }

    /** The setting that the problem names first, where the file has it; else all of them. */
    private static @Nullable Node placeOf(String problem, Map<String, NodeTuple> members, @Nullable Node node) {
        Matcher name = FIRST_WORD.matcher(problem);
        NodeTuple named = name.lookingAt() ? members.get(name.group()) : null;
        return named == null ? node : named.getKeyNode();
    }

    private void report(@Nullable Node node, String path, String problem) {
        problems.add((node == null ? file : at(file, node)) + ": " + path + ": " + problem);
    }

    static String at(String file, Node node) {
        return file
                + node.getStartMark().map(mark -> ":" + (mark.getLine() + 1)).orElse("");
    }

    /** The known name that is nearest, if one is near; else all of them. */
    static String suggestion(String written, List<String> known) {
        return NearNames.likelyMeant(written, known)
                .map(nearest -> "; did you mean " + nearest + "?")
                .orElseGet(() -> "; it can be " + String.join(", ", known));
    }

    private static boolean isNullable(RecordComponent component) {
        return component.getAnnotatedType().isAnnotationPresent(Nullable.class);
    }

    static boolean isNull(Node node) {
        return node.getTag().equals(Tag.NULL);
    }

    private static String kebab(String name) {
        return name.replaceAll("([a-z0-9])([A-Z])", "$1-$2").toLowerCase(Locale.ROOT);
    }
}
