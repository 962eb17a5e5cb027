package dev.metsuke.shipper.parse;

import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The format string of a web server's access log, read backwards: which variables it writes, and between what. */
final class LogTemplate {

    // https://nginx.org/en/docs/http/ngx_http_log_module.html: $name or ${name}.
    private static final Pattern NGINX = Pattern.compile("\\$(?:\\{(\\w+)}|(\\w+))");
    // https://httpd.apache.org/docs/2.4/mod/mod_log_config.html: %, conditions, which request, a name, and a letter.
    private static final Pattern APACHE =
            Pattern.compile("%!?(?:\\d{3}(?:,\\d{3})*)?[<>]?(?:\\{([^}]*)})?[<>]?(\\^[A-Za-z]{2}|[A-Za-z]|%)");
    private static final Map<String, String> SHORT_FORMS = Map.of(
            "time_local", "[^\\]]+",
            "time_iso8601", "\\S+",
            "msec", "[\\d.]+",
            "status", "\\d+|-",
            "body_bytes_sent", "\\d+|-",
            "bytes_sent", "\\d+|-",
            "remote_addr", "\\S+",
            "request_method", "\\S+",
            "request_uri", "\\S+");
    private static final Map<String, String> APACHE_NAMES = Map.ofEntries(
            Map.entry("%a", "remote_addr"),
            Map.entry("%h", "remote_addr"),
            Map.entry("%u", "remote_user"),
            Map.entry("%t", "time_local"),
            Map.entry("%r", "request"),
            Map.entry("%s", "status"),
            Map.entry("%b", "body_bytes_sent"),
            Map.entry("%B", "body_bytes_sent"),
            Map.entry("%O", "bytes_sent"),
            Map.entry("%m", "request_method"),
            Map.entry("%U", "uri"),
            Map.entry("%q", "args"),
            Map.entry("%{user-agent}i", "http_user_agent"));
    private static final String QUERY = "args";
    private static final String QUOTED = "(?:[^\"\\\\]|\\\\.)*?";

    private final List<String> variables;
    private final TextPattern pattern;
    /** By their place among the variables. */
    private final SortedMap<Integer, ApacheTime> times;

    private LogTemplate(List<String> variables, TextPattern pattern, SortedMap<Integer, ApacheTime> times) {
        this.variables = variables;
        this.pattern = pattern;
        this.times = times;
    }

    static LogTemplate of(LogFormat.Server server, String template) {
        String text = plain(server, template);
        Matcher matcher = (isNginx(server) ? NGINX : APACHE).matcher(text);
        List<String> variables = new ArrayList<>();
        SortedMap<Integer, ApacheTime> times = new TreeMap<>();
        StringBuilder expression = new StringBuilder();
        StringBuilder before = new StringBuilder();
        int position = 0;
        while (matcher.find()) {
            String literal = literal(server, text.substring(position, matcher.start()));
            position = matcher.end();
            String variable = isNginx(server) ? nginxName(matcher) : apacheName(matcher);
            before.append(literal);
            if (variable.equals("%")) {
                before.append('%');
                continue;
            }
            ApacheTime time = isNginx(server) ? null : apacheTime(matcher);
            boolean follows = before.isEmpty() && !variables.isEmpty();
            if (follows && !variable.equals(QUERY) && !times.containsKey(variables.size() - 1)) {
                throw new IllegalArgumentException("template: nothing tells where " + variables.getLast() + " ends and "
                        + variable + " begins; put a space between them");
            }
            expression.append(quote(before));
            if (time == null) {
                expression.append(group(server, variable, follows, text, endsInQuote(before)));
            } else {
                expression.append('(').append(time.expression()).append(')');
                times.put(variables.size(), time);
            }
            variables.add(variable);
            before.setLength(0);
        }
        before.append(literal(server, text.substring(position)));
        if (variables.isEmpty()) {
            throw new IllegalArgumentException(
                    "template names no variable of " + server.name().toLowerCase(Locale.ROOT));
        }
        expression.append(quote(before)).append("\\s*");
        return new LogTemplate(List.copyOf(variables), TextPattern.parse(expression.toString()), whole(times));
    }

    /** Of those that make up one time: when the request came, rather than when it had been answered. */
    private static SortedMap<Integer, ApacheTime> whole(SortedMap<Integer, ApacheTime> times) {
        SortedMap<Integer, ApacheTime> chosen = new TreeMap<>(times);
        chosen.values().removeIf(ApacheTime::isOfEnd);
        return ApacheTime.missing(List.copyOf(chosen.values())) == null ? chosen : times;
    }

    private static @Nullable ApacheTime apacheTime(Matcher matcher) {
        boolean isTime = matcher.group(2).equals("t") && !ApacheTime.isUsual(matcher.group(1));
        return isTime ? ApacheTime.parse(matcher.group(1)) : null;
    }

    /** As it stands in Apache's configuration, quotes are escaped; nginx writes a query's question mark by itself. */
    private static String plain(LogFormat.Server server, String template) {
        return isNginx(server)
                ? template.replace("${is_args}", "$is_args").replace("$is_args", "")
                : template.replace("\\\"", "\"").replace("\\t", "\t");
    }

    private static String literal(LogFormat.Server server, String literal) {
        if (!isNginx(server) && literal.indexOf('%') >= 0) {
            throw new IllegalArgumentException(
                    "template: not understood from " + literal.substring(literal.indexOf('%')));
        }
        return literal;
    }

    private static String quote(StringBuilder literal) {
        return com.google.re2j.Pattern.quote(literal.toString());
    }

    private static boolean endsInQuote(StringBuilder literal) {
        return !literal.isEmpty() && literal.charAt(literal.length() - 1) == '"';
    }

    private static boolean isNginx(LogFormat.Server server) {
        return server == LogFormat.Server.NGINX;
    }

    private static String nginxName(Matcher matcher) {
        String braced = matcher.group(1);
        return braced == null ? matcher.group(2) : braced;
    }

    private static String apacheName(Matcher matcher) {
        String letter = matcher.group(2);
        String argument = matcher.group(1);
        if (letter.equals("%")) {
            return "%";
        }
        boolean usualTime = letter.equals("t") && ApacheTime.isUsual(argument);
        boolean plain = argument == null || letter.equals("a") || usualTime;
        String written = plain ? "%" + letter : "%{" + argument + "}" + letter;
        String known = APACHE_NAMES.get(plain ? written : written.toLowerCase(Locale.ROOT));
        return known == null ? written : known;
    }

    private static String group(
            LogFormat.Server server, String variable, boolean follows, String template, boolean inQuotes) {
        if (variable.equals("time_local") && !isNginx(server)) {
            return "\\[([^\\]]+)\\]";
        }
        if (variable.equals(QUERY) && follows) {
            return "((?:\\?[^\\s\"]*)?)";
        }
        if (variable.equals("uri") && (template.contains("args") || template.contains("%q"))) {
            return "([^?\"]*?)";
        }
        String form = SHORT_FORMS.get(variable);
        return "(" + (form != null ? form : inQuotes ? QUOTED : ".*?") + ")";
    }

    TextPattern pattern() {
        return pattern;
    }

    /** In the order of the pattern's groups, by nginx's names; what nginx has no name for is as Apache writes it. */
    List<String> variables() {
        return variables;
    }

    /**
     * Whether the time is to be put together of {@code %{format}t}.
     *
     * @throws IllegalArgumentException where these tell no whole time
     */
    boolean hasApacheTime() {
        if (times.isEmpty()) {
            return false;
        }
        String missing = ApacheTime.missing(List.copyOf(times.values()));
        if (missing != null) {
            throw new IllegalArgumentException("template writes no " + missing + " in "
                    + times.keySet().stream().map(variables::get).collect(Collectors.joining(" ")) + "; %t has all");
        }
        return true;
    }

    /** The time of a line in ISO 8601; as it was written, where it cannot be read. */
    String apacheTime(com.google.re2j.Matcher line, ZoneId zone) {
        List<String> written = times.keySet().stream()
                .map(place -> Objects.requireNonNullElse(line.group(place + 1), ""))
                .toList();
        Instant time = ApacheTime.read(List.copyOf(times.values()), written, zone);
        return time == null ? String.join(" ", written) : time.toString();
    }

    /** The first of the names that it writes. */
    @Nullable
    String firstOf(String... names) {
        for (String name : names) {
            if (variables.contains(name)) {
                return name;
            }
        }
        return null;
    }
}
