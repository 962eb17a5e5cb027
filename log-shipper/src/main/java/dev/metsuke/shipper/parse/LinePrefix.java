package dev.metsuke.shipper.parse;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** PostgreSQL's {@code log_line_prefix}, read backwards: what the server wrote before each entry. */
public final class LinePrefix {

    private static final String ESCAPES = "audbrhLptmnQielcsvxqP%";
    private static final String TIMES = "mtn";
    /** User, database and application: whoever chooses them may put into them what stands behind them. */
    private static final String NAMES = "uda";

    private static final char APPLICATION = 'a';
    /** NAMEDATALEN - 1, in bytes, and so at least as many characters. */
    private static final int LONGEST_NAME = 63;
    /** Since PostgreSQL 16 each byte that is not ASCII is written as {@code \\xe9}. */
    private static final int LONGEST_APPLICATION = 4 * LONGEST_NAME;
    /** A host's name by NI_MAXHOST is the longest of the other values. */
    private static final int LONGEST_VALUE = 1025;

    private static final Set<String> PRIMARY = Set.of(
            "DEBUG1", "DEBUG2", "DEBUG3", "DEBUG4", "DEBUG5", "LOG", "INFO", "NOTICE", "WARNING", "ERROR", "FATAL",
            "PANIC");
    private static final Set<String> SECONDARY =
            Set.of("DETAIL", "HINT", "QUERY", "CONTEXT", "LOCATION", "STATEMENT", "BACKTRACE");
    private static final Set<String> FAILED = Set.of("ERROR", "FATAL", "PANIC");
    private static final Set<String> SEVERITIES =
            Stream.concat(PRIMARY.stream(), SECONDARY.stream()).collect(Collectors.toUnmodifiableSet());
    private static final int LONGEST_SEVERITY = "STATEMENT".length();
    private static final String AFTER_SEVERITY = ":  ";
    private static final int STATE_LENGTH = 5;
    private static final String AFTER_STATE = ": ";

    private final String prefix;
    private final List<Part> parts;
    private final boolean hasApplication;

    private LinePrefix(String prefix, List<Part> parts) {
        this.prefix = prefix;
        this.parts = parts;
        this.hasApplication = parts.stream().anyMatch(part -> part.escape == APPLICATION);
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
            int padding = position;
            while (position < prefix.length() && "-0123456789".indexOf(prefix.charAt(position)) >= 0) {
                position++;
            }
            int width = width(prefix.substring(padding, position));
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
            parts.add(new Part(escape, "", Math.max(width, longest(escape))));
        }
        addLiteral(literal, parts);
        return new LinePrefix(prefix, List.copyOf(parts));
    }

    private static void addLiteral(StringBuilder literal, List<Part> parts) {
        if (!literal.isEmpty()) {
            parts.add(new Part(' ', literal.toString(), literal.length()));
            literal.setLength(0);
        }
    }

    private static int longest(char escape) {
        if (escape == APPLICATION) {
            return LONGEST_APPLICATION;
        }
        return NAMES.indexOf(escape) < 0 ? LONGEST_VALUE : LONGEST_NAME;
    }

    private static int width(String padding) {
        String digits = padding.replace("-", "");
        return digits.isEmpty() || digits.length() > 6 ? 0 : Integer.parseInt(digits);
    }

    /** What stands before and behind the severity, or null where the line was not written with this prefix. */
    @Nullable
    Line read(String line) {
        Search search = new Search(line);
        search.from(0, 0);
        return search.best();
    }

    /** Where the severity's text begins; 0 where none stands at the position. */
    private static int behindSeverity(String line, int position) {
        int end = position;
        while (end < line.length()
                && Character.isLetterOrDigit(line.charAt(end))
                && end - position < LONGEST_SEVERITY) {
            end++;
        }
        return line.startsWith(AFTER_SEVERITY, end) && SEVERITIES.contains(line.substring(position, end))
                ? end + AFTER_SEVERITY.length()
                : 0;
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

    @Override
    public String toString() {
        return prefix;
    }

    private record Part(char escape, String literal, int longest) {

        boolean isValue() {
            return literal.isEmpty() && escape != 'q';
        }

        boolean isName() {
            return NAMES.indexOf(escape) >= 0;
        }
    }

    /**
     * All ways to read a line that differ in where the severity stands, the likeliest first: names as long as they can be (beside
     * an application's, which anybody chooses, that one alone), other values as short, and the whole prefix rather than what
     * processes without a session write of it.
     */
    private final class Search {

        private final String line;
        private final Map<Character, String> values = new HashMap<>();
        private final Set<Long> tried = new HashSet<>();
        private final Map<Integer, Line> found = new LinkedHashMap<>();

        Search(String line) {
            this.line = line;
        }

        /**
         * The likeliest, which is no certain one where another one may tell of an access as well. Where nobody but who
         * administers the server chooses the names, none of them looks like a severity: then statements alone do.
         */
        @Nullable
        Line best() {
            Optional<Line> likeliest = found.values().stream().findFirst();
            if (!hasApplication) {
                return found.entrySet().stream()
                        .filter(reading -> reading.getValue().tellsMore())
                        .min(Map.Entry.comparingByKey())
                        .map(Map.Entry::getValue)
                        .or(() -> likeliest)
                        .orElse(null);
            }
            boolean isCertain = found.values().stream().skip(1).noneMatch(Line::tellsMore);
            return likeliest.map(line -> isCertain ? line : line.ambiguous()).orElse(null);
        }

        void from(int index, int position) {
            if (index == parts.size()) {
                severity(position);
                return;
            }
            Part part = parts.get(index);
            if (part.escape == 'q') {
                from(index + 1, position);
                severity(position);
            } else if (!part.isValue()) {
                if (line.startsWith(part.literal, position)) {
                    from(index + 1, position + part.literal.length());
                }
            } else if (tried.add(((long) index << Integer.SIZE) | position)) {
                for (int end : ends(part, behind(index), position)) {
                    values.put(part.escape, line.substring(position, end).strip());
                    from(index + 1, end);
                    values.remove(part.escape);
                }
            }
        }

        private void severity(int position) {
            int text = behindSeverity(line, position);
            if (text > 0 && !found.containsKey(position)) {
                String severity = line.substring(position, text - AFTER_SEVERITY.length());
                found.put(position, Line.of(severity, line.substring(text), values));
            }
        }

        /** The literal behind a value, or null where the severity is. */
        private @Nullable String behind(int index) {
            for (Part part : parts.subList(index + 1, parts.size())) {
                if (!part.literal.isEmpty()) {
                    return part.literal;
                }
            }
            return null;
        }

        /** Where a value may end: where what is behind it begins. */
        private Deque<Integer> ends(Part part, @Nullable String literal, int position) {
            Deque<Integer> ends = new ArrayDeque<>();
            int last = Math.min(line.length(), position + part.longest);
            for (int end = wholeEnd(line, position, part.escape); end <= last; end++) {
                if (literal == null ? behindSeverity(line, end) > 0 : line.startsWith(literal, end)) {
                    if (part.escape == APPLICATION || (part.isName() && !hasApplication)) {
                        ends.addFirst(end);
                    } else {
                        ends.addLast(end);
                    }
                    if (!part.isName()) {
                        break;
                    }
                }
            }
            return ends;
        }
    }

    /**
     * A line taken apart.
     *
     * @param severity {@code LOG}, {@code ERROR}, {@code STATEMENT}, …
     * @param text what follows it, without the SQLSTATE that {@code log_error_verbosity = verbose} puts before it
     * @param values the prefix's values by their escape
     * @param isAmbiguous whether an earlier severity may be the right one, and a later one a part of the text
     */
    record Line(String severity, String text, Map<Character, String> values, boolean isAmbiguous) {

        static Line of(String severity, String text, Map<Character, String> prefixed) {
            Map<Character, String> values = new HashMap<>(prefixed);
            if (!PRIMARY.contains(severity) || !beginsWithState(text)) {
                return new Line(severity, text, values, false);
            }
            values.merge('e', text.substring(0, STATE_LENGTH), (own, state) -> own.isEmpty() ? state : own);
            return new Line(severity, text.substring(STATE_LENGTH + AFTER_STATE.length()), values, false);
        }

        /** Whether it belongs to the entry before it. */
        boolean isSecondary() {
            return !isAmbiguous && SECONDARY.contains(severity);
        }

        @Nullable
        String value(char escape) {
            String value = values.get(escape);
            return value == null || value.isEmpty() || value.equals("[unknown]") ? null : value;
        }

        private Line ambiguous() {
            return new Line(severity, text, values, true);
        }

        /** Whether it may be more than a message that is no access. */
        private boolean tellsMore() {
            return SECONDARY.contains(severity) || FAILED.contains(severity) || PostgresAccess.mayTell(text);
        }

        /** It has a digit, which {@code AUDIT} has not. */
        private static boolean beginsWithState(String text) {
            boolean hasDigit = false;
            for (int i = 0; i < STATE_LENGTH; i++) {
                char character = i < text.length() ? text.charAt(i) : ' ';
                boolean isDigit = character >= '0' && character <= '9';
                if (!isDigit && (character < 'A' || character > 'Z')) {
                    return false;
                }
                hasDigit |= isDigit;
            }
            return hasDigit && text.startsWith(AFTER_STATE, STATE_LENGTH);
        }
    }
}
