package dev.metsuke.shipper.parse;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** PostgreSQL's {@code log_line_prefix}, read backwards: what the server wrote before each entry. */
public final class LinePrefix {

    private static final String ESCAPES = "audbrhLptmnQielcsvxqP%";
    private static final String TIMES = "mtn";
    private static final Set<String> PRIMARY = Set.of(
            "DEBUG1", "DEBUG2", "DEBUG3", "DEBUG4", "DEBUG5", "LOG", "INFO", "NOTICE", "WARNING", "ERROR", "FATAL",
            "PANIC");
    private static final Set<String> SECONDARY =
            Set.of("DETAIL", "HINT", "QUERY", "CONTEXT", "LOCATION", "STATEMENT", "BACKTRACE");
    private static final String AFTER_SEVERITY = ":  ";

    private final String prefix;
    private final List<Part> parts;

    private LinePrefix(String prefix, List<Part> parts) {
        this.prefix = prefix;
        this.parts = parts;
    }

    public static LinePrefix parse(String prefix) {
        List<Part> parts = new ArrayList<>();
        StringBuilder literal = new StringBuilder();
        int position = 0;
        while (position < prefix.length()) {
            char character = prefix.charAt(position++);
            if (character != '%') {
                literal.append(character);
                continue;
            }
            while (position < prefix.length() && "-0123456789".indexOf(prefix.charAt(position)) >= 0) {
                position++;
            }
            char escape = position < prefix.length() ? prefix.charAt(position++) : ' ';
            if (ESCAPES.indexOf(escape) < 0) {
                throw new IllegalArgumentException("%" + escape + " is no escape of log_line_prefix");
            }
            if (escape == '%') {
                literal.append('%');
                continue;
            }
            addLiteral(literal, parts);
            if (escape != 'q' && !parts.isEmpty() && parts.getLast().isValue()) {
                throw new IllegalArgumentException("nothing tells where %" + parts.getLast().escape + " ends and %"
                        + escape + " begins; put a space between them");
            }
            parts.add(new Part(escape, ""));
        }
        addLiteral(literal, parts);
        return new LinePrefix(prefix, List.copyOf(parts));
    }

    private static void addLiteral(StringBuilder literal, List<Part> parts) {
        if (!literal.isEmpty()) {
            parts.add(new Part(' ', literal.toString()));
            literal.setLength(0);
        }
    }

    /** What stands before and behind the severity, or null where the line was not written with this prefix. */
    @Nullable
    Line read(String line) {
        Map<Character, String> values = new HashMap<>();
        int position = 0;
        for (int i = 0; i < parts.size(); i++) {
            Part part = parts.get(i);
            if (part.escape == 'q') {
                // Processes without a session stop here.
                Line read = severity(line, position, values);
                if (read != null) {
                    return read;
                }
            } else if (part.isValue()) {
                int end = endOfValue(line, position, i);
                if (end < 0) {
                    return null;
                }
                values.put(part.escape, line.substring(position, end).strip());
                position = end;
            } else if (line.startsWith(part.literal, position)) {
                position += part.literal.length();
            } else {
                return null;
            }
        }
        return severity(line, position, values);
    }

    /** A value ends where the literal behind it begins, at the end of the prefix where the severity does. */
    private int endOfValue(String line, int from, int index) {
        for (int i = index + 1; i < parts.size(); i++) {
            if (!parts.get(i).literal.isEmpty()) {
                return line.indexOf(parts.get(i).literal, wholeEnd(line, from, parts.get(index).escape));
            }
        }
        int severity = line.indexOf(AFTER_SEVERITY, from);
        while (severity > from && Character.isLetterOrDigit(line.charAt(severity - 1))) {
            severity--;
        }
        return severity;
    }

    /** A time holds spaces, {@code 2026-11-24 00:04:40.666 JST}; an address holds colons, {@code 2001:db8::5(57618)}. */
    private static int wholeEnd(String line, int from, char escape) {
        if (escape == 'r') {
            int port = line.indexOf('(', from);
            int space = line.indexOf(' ', from);
            int end = port < 0 || (space >= 0 && space < port) || line.startsWith("[", from)
                    ? -1
                    : line.indexOf(')', port);
            return end < 0 ? from : end + 1;
        }
        if (escape != 'm' && escape != 't' && escape != 's') {
            return from;
        }
        int date = line.indexOf(' ', from);
        int time = date < 0 ? -1 : line.indexOf(' ', date + 1);
        return time < 0 ? from : time + 1;
    }

    /** Whether it holds the time; within syslog the header does. */
    public boolean tellsTime() {
        return parts.stream().anyMatch(part -> TIMES.indexOf(part.escape) >= 0);
    }

    private static @Nullable Line severity(String line, int position, Map<Character, String> values) {
        int end = line.indexOf(AFTER_SEVERITY, position);
        if (end < 0) {
            return null;
        }
        String severity = line.substring(position, end);
        return PRIMARY.contains(severity) || SECONDARY.contains(severity)
                ? new Line(severity, line.substring(end + AFTER_SEVERITY.length()), values)
                : null;
    }

    @Override
    public String toString() {
        return prefix;
    }

    private record Part(char escape, String literal) {

        boolean isValue() {
            return literal.isEmpty() && escape != 'q';
        }
    }

    /**
     * A line taken apart.
     *
     * @param severity {@code LOG}, {@code ERROR}, {@code STATEMENT}, …
     * @param text what follows it
     * @param values the prefix's values by their escape
     */
    record Line(String severity, String text, Map<Character, String> values) {

        /** Whether it belongs to the entry before it. */
        boolean isSecondary() {
            return SECONDARY.contains(severity);
        }

        @Nullable
        String value(char escape) {
            String value = values.get(escape);
            return value == null || value.isEmpty() || value.equals("[unknown]") ? null : value;
        }
    }
}
