package dev.metsuke.shipper.parse;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One of Apache's {@code %{format}t}: a name such as {@code msec}, or a format of strftime. A log may put one time together
 * of several of them (https://httpd.apache.org/docs/2.4/mod/mod_log_config.html).
 */
final class ApacheTime {

    private static final List<String> MONTHS =
            List.of("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec");
    private static final Map<Character, String> WHOLES =
            Map.of('T', "%H:%M:%S", 'F', "%Y-%m-%d", 'R', "%H:%M", 'D', "%m/%d/%y", 'n', "\n", 't', "\t", 'h', "%b");
    private static final String GROUP = "(?:";
    private static final String TWO_DIGITS = "\\d\\d";
    private static final String PADDED = "[ \\d]\\d";
    private static final Map<Character, String> DIRECTIVES = Map.ofEntries(
            Map.entry('Y', "\\d{4}"),
            Map.entry('y', TWO_DIGITS),
            Map.entry('m', TWO_DIGITS),
            Map.entry('d', TWO_DIGITS),
            Map.entry('e', PADDED),
            Map.entry('j', "\\d{3}"),
            Map.entry('b', "[A-Z][a-z]{2}"),
            Map.entry('B', "[A-Z][a-z]{2,8}"),
            Map.entry('a', "[A-Z][a-z]{2}"),
            Map.entry('A', "[A-Z][a-z]{5,8}"),
            Map.entry('H', TWO_DIGITS),
            Map.entry('k', PADDED),
            Map.entry('I', TWO_DIGITS),
            Map.entry('l', PADDED),
            Map.entry('p', "[AaPp][Mm]"),
            Map.entry('M', TWO_DIGITS),
            Map.entry('S', TWO_DIGITS),
            Map.entry('z', "[+-]\\d{4}"),
            Map.entry('s', "\\d{1,12}"));
    // Not letters of strftime, so that they stand beside those.
    private static final char MILLIS = '1';
    private static final char MICROS = '2';
    private static final char MILLIS_OF_SECOND = '3';
    private static final char MICROS_OF_SECOND = '4';
    /** POSIX: 69 to 99 are of the last century. */
    private static final int FIRST_OF_LAST_CENTURY = 69;

    private final boolean isOfEnd;
    private final List<Character> fields;
    private final String expression;
    private final Pattern pattern;

    private ApacheTime(boolean isOfEnd, List<Character> fields, String expression) {
        this.isOfEnd = isOfEnd;
        this.fields = fields;
        this.expression = expression;
        this.pattern = Pattern.compile(expression.replace(GROUP, "("));
    }

    /**
     * Reads what stands in the braces.
     *
     * @throws IllegalArgumentException where it cannot be read back, naming the directive
     */
    static ApacheTime parse(String argument) {
        boolean isOfEnd = argument.startsWith("end:");
        String format =
                argument.startsWith("begin:") || isOfEnd ? argument.substring(argument.indexOf(':') + 1) : argument;
        return switch (format) {
            case "sec" -> number(isOfEnd, 's', "\\d{1,12}");
            case "msec" -> number(isOfEnd, MILLIS, "\\d{1,15}");
            case "usec" -> number(isOfEnd, MICROS, "\\d{1,18}");
            case "msec_frac" -> number(isOfEnd, MILLIS_OF_SECOND, "\\d{3}");
            case "usec_frac" -> number(isOfEnd, MICROS_OF_SECOND, "\\d{6}");
            default -> strftime(isOfEnd, argument, format);
        };
    }

    /** Whether Apache writes it as {@code %t}. */
    static boolean isUsual(@Nullable String argument) {
        return argument == null || argument.isEmpty() || argument.equals("begin:") || argument.equals("end:");
    }

    private static ApacheTime number(boolean isOfEnd, char field, String digits) {
        return new ApacheTime(isOfEnd, List.of(field), GROUP + digits + ")");
    }

    private static ApacheTime strftime(boolean isOfEnd, String argument, String format) {
        StringBuilder expression = new StringBuilder();
        List<Character> fields = new ArrayList<>();
        String rest = format;
        while (!rest.isEmpty()) {
            char character = rest.charAt(0);
            if (character != '%') {
                expression.append(Pattern.quote(String.valueOf(character)));
                rest = rest.substring(1);
                continue;
            }
            char directive = rest.length() > 1 ? rest.charAt(1) : ' ';
            String form = DIRECTIVES.get(directive);
            rest = WHOLES.getOrDefault(directive, "") + rest.substring(Math.min(2, rest.length()));
            if (directive == '%') {
                expression.append('%');
            } else if (form != null) {
                fields.add(directive);
                expression.append(GROUP).append(form).append(')');
            } else if (!WHOLES.containsKey(directive)) {
                throw new IllegalArgumentException("template: in %{" + argument + "}t, %" + directive
                        + " is not understood; there are sec, msec, usec, msec_frac, usec_frac, and of strftime "
                        + "%Y %y %m %d %e %j %b %B %a %A %H %k %I %l %p %M %S %z %s %F %T %D %R");
            }
        }
        return new ApacheTime(isOfEnd, List.copyOf(fields), expression.toString());
    }

    /** When the request had been answered, rather than when it came. */
    boolean isOfEnd() {
        return isOfEnd;
    }

    /** A regular expression without groups. */
    String expression() {
        return expression;
    }

    /** Of the parts of a time, what is missing; null where nothing is. */
    static @Nullable String missing(List<ApacheTime> parts) {
        List<Character> all =
                parts.stream().flatMap(part -> part.fields.stream()).toList();
        if (hasAny(all, 's', MILLIS, MICROS)) {
            return null;
        }
        boolean hasDay = hasAny(all, 'j') || (hasAny(all, 'm', 'b', 'B') && hasAny(all, 'd', 'e'));
        boolean hasHour = hasAny(all, 'H', 'k') || (hasAny(all, 'I', 'l') && hasAny(all, 'p'));
        if (!hasAny(all, 'Y', 'y') || !hasDay) {
            return "date";
        }
        return hasHour && hasAny(all, 'M') ? null : "time of day";
    }

    private static boolean hasAny(List<Character> fields, char... wanted) {
        for (char field : wanted) {
            if (fields.contains(field)) {
                return true;
            }
        }
        return false;
    }

    /** The time of which these are the parts as they were written; without an offset it is of the zone. */
    static @Nullable Instant read(List<ApacheTime> parts, List<String> written, ZoneId zone) {
        Map<Character, String> values = new HashMap<>();
        for (int i = 0; i < parts.size(); i++) {
            ApacheTime part = parts.get(i);
            Matcher matcher = part.pattern.matcher(written.get(i));
            if (!matcher.matches()) {
                return null;
            }
            for (int group = 0; group < part.fields.size(); group++) {
                values.putIfAbsent(part.fields.get(group), matcher.group(group + 1));
            }
        }
        try {
            return time(values, zone);
        } catch (DateTimeException | NumberFormatException e) {
            return null;
        }
    }

    private static Instant time(Map<Character, String> values, ZoneId zone) {
        if (values.containsKey(MICROS)) {
            return Instant.EPOCH.plus(Long.parseLong(values.getOrDefault(MICROS, "")), ChronoUnit.MICROS);
        }
        if (values.containsKey(MILLIS)) {
            return Instant.ofEpochMilli(Long.parseLong(values.getOrDefault(MILLIS, "")));
        }
        long nanos = values.containsKey(MICROS_OF_SECOND)
                ? number(values, MICROS_OF_SECOND) * 1_000L
                : number(values, MILLIS_OF_SECOND) * 1_000_000L;
        if (values.containsKey('s')) {
            return Instant.ofEpochSecond(Long.parseLong(values.getOrDefault('s', "")), nanos);
        }
        // A leap second is told as the one before it.
        LocalTime time =
                LocalTime.of(hour(values), number(values, 'M'), Math.min(number(values, 'S'), 59), (int) nanos);
        String offset = values.get('z');
        return date(values)
                .atTime(time)
                .atZone(offset == null ? zone : ZoneOffset.of(offset))
                .toInstant();
    }

    private static LocalDate date(Map<Character, String> values) {
        int year = number(values, 'Y');
        if (!values.containsKey('Y')) {
            int ofCentury = number(values, 'y');
            year = ofCentury < FIRST_OF_LAST_CENTURY ? 2000 + ofCentury : 1900 + ofCentury;
        }
        if (values.containsKey('j')) {
            return LocalDate.ofYearDay(year, number(values, 'j'));
        }
        int day = values.containsKey('d') ? number(values, 'd') : number(values, 'e');
        return LocalDate.of(year, month(values), day);
    }

    private static int month(Map<Character, String> values) {
        if (values.containsKey('m')) {
            return number(values, 'm');
        }
        String name = values.getOrDefault('b', values.getOrDefault('B', ""));
        return MONTHS.indexOf(name.substring(0, 3).toLowerCase(Locale.ROOT)) + 1;
    }

    private static int hour(Map<Character, String> values) {
        if (values.containsKey('H') || values.containsKey('k')) {
            return number(values, values.containsKey('H') ? 'H' : 'k');
        }
        int ofTwelve = number(values, values.containsKey('I') ? 'I' : 'l') % 12;
        return values.getOrDefault('p', "").equalsIgnoreCase("pm") ? ofTwelve + 12 : ofTwelve;
    }

    private static int number(Map<Character, String> values, char field) {
        return Integer.parseInt(values.getOrDefault(field, "0").strip());
    }
}
