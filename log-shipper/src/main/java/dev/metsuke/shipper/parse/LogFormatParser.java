package dev.metsuke.shipper.parse;

import com.google.re2j.Matcher;
import java.time.ZoneId;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** An access log of nginx or Apache, read by the format string that wrote it. */
final class LogFormatParser implements LineParser {

    private static final String REQUEST = "request";
    private static final String METHOD = "request_method";
    private static final String URL = "request_uri";
    private static final String APACHE_TIME = "%{format}t";

    private final LogTemplate template;
    private final EventMapper mapper;
    private final List<String> mapped;
    private final ZoneId zone;

    LogFormatParser(LogFormat format, SourceRules rules) {
        zone = rules.zone();
        template = LogTemplate.of(format.server(), format.template());
        mapper = new EventMapper(completed(format.mapping(), template), rules);
        mapped = mapper.pointers().stream().map(JsonPointer::name).toList();
    }

    /** What the settings do not map is mapped by the variables' meaning. */
    static EventMapping completed(EventMapping given, LogTemplate template) {
        boolean splits = template.firstOf(REQUEST) != null;
        EventMapping completed = new EventMapping(
                time(given.time(), template),
                given.action(),
                given.outcome(),
                or(given.user(), template.firstOf("remote_user")),
                given.email(),
                or(given.address(), template.firstOf("remote_addr")),
                or(given.host(), template.firstOf("hostname")),
                given.service(),
                or(given.userAgent(), template.firstOf("http_user_agent")),
                or(given.url(), splits || template.firstOf(URL, "uri") != null ? URL : null),
                or(given.method(), splits ? METHOD : template.firstOf(METHOD)),
                or(given.status(), template.firstOf("status")),
                or(given.bytes(), template.firstOf("body_bytes_sent", "bytes_sent")),
                given.dataset(),
                given.records(),
                given.subjects(),
                given.destination(),
                given.category());
        for (JsonPointer pointer : completed.pointers()) {
            String name = pointer.name();
            boolean derived = (splits && (name.equals(METHOD) || name.equals(URL)))
                    || (name.equals(URL) && template.firstOf("uri") != null)
                    || name.equals(APACHE_TIME);
            if (!derived && template.firstOf(name) == null) {
                throw new IllegalArgumentException("template writes no " + name + ", which is mapped; it writes "
                        + String.join(", ", template.variables()));
            }
        }
        return completed;
    }

    private static TimeMapping time(TimeMapping given, LogTemplate template) {
        if (given.pointer().stream().anyMatch(part -> template.variables().contains(part.name()))) {
            return given;
        }
        String name = template.firstOf("time_iso8601", "msec", "time_local");
        if (name == null && template.hasApacheTime()) {
            name = APACHE_TIME;
        }
        if (name == null) {
            throw new IllegalArgumentException("template needs the time: $time_local, $time_iso8601, $msec or %t");
        }
        TimeMapping.Unit unit = switch (name) {
            case "time_local" -> TimeMapping.Unit.CLF;
            case "msec" -> TimeMapping.Unit.EPOCH_S;
            default -> TimeMapping.Unit.ISO;
        };
        return TimeMapping.of(new JsonPointer(List.of(name)), unit);
    }

    private static @Nullable FieldMapping or(@Nullable FieldMapping given, @Nullable String variable) {
        return given != null || variable == null ? given : FieldMapping.of(new JsonPointer(List.of(variable)));
    }

    @Override
    public ParseResult parse(String line) {
        return parse(line, RecordContext.NONE);
    }

    @Override
    public ParseResult parse(String line, RecordContext context) {
        Matcher matcher = template.pattern().matcher(line);
        if (!matcher.matches()) {
            return ParseResult.rejected("the line was not written with the source's template");
        }
        RequestLine request = null;
        @Nullable String[] values = new @Nullable String[mapped.size()];
        for (int i = 0; i < values.length; i++) {
            String name = mapped.get(i);
            int place = template.variables().indexOf(name);
            if (name.equals(APACHE_TIME)) {
                values[i] = template.apacheTime(matcher, zone);
            } else if (place >= 0) {
                values[i] = value(matcher, place);
            } else if (template.variables().contains(REQUEST)) {
                if (request == null) {
                    String written = value(matcher, template.variables().indexOf(REQUEST));
                    request = RequestLine.parse(written == null ? "" : written);
                }
                values[i] = name.equals(METHOD) ? request.method() : request.target();
            } else {
                values[i] = url(matcher);
            }
        }
        return mapper.map(values, context);
    }

    private @Nullable String url(Matcher matcher) {
        String path = value(matcher, template.variables().indexOf("uri"));
        int place = template.variables().indexOf("args");
        String query = place < 0 ? null : value(matcher, place);
        if (path == null || query == null) {
            return path;
        }
        return query.startsWith("?") ? path + query : path + "?" + query;
    }

    /** Both servers write a hyphen for what is not there. */
    private static @Nullable String value(Matcher matcher, int place) {
        String written = Objects.requireNonNullElse(matcher.group(place + 1), "");
        return written.isEmpty() || written.equals("-") ? null : CombinedParser.unescape(written);
    }
}
