package dev.metsuke.shipper.parse;

import dev.metsuke.events.access.AccessEvent;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Any format whose lines went through syslog: the header tells host and time, the message is the format's. */
final class SyslogParser implements LineParser {

    // https://www.postgresql.org/docs/current/runtime-config-logging.html: syslog_sequence_numbers. Each part of a
    // message
    // has its own number behind the message's; a message that is not split has none.
    private static final Pattern POSTGRES_NUMBERS = Pattern.compile("\\[\\d+(?:-(\\d+))?] ");
    private static final String SPLIT = "PostgreSQL split the message for syslog, and this is not its first part; set"
            + " syslog_split_messages = off, and let the syslog daemon take long messages";
    /** As rsyslog, syslogd and syslog-ng write it; the first has the message itself, as a rule. */
    private static final Pattern REPEATED = Pattern.compile(
            "(?:-+ )?(?i:(?:last )?message (?:'.*' )?repeated) (\\d+) times?(?:: \\[ ?(.*)\\]|[ ,].*)?",
            Pattern.DOTALL);
    // As rsyslog writes control characters.
    private static final String ESCAPED_NEWLINE = "#012";
    private static final String ESCAPED_TAB = "#011";

    private final Syslog format;
    private final SourceRules rules;
    private final LineParser inner;

    SyslogParser(Syslog format, SourceRules rules) {
        this.format = format;
        this.rules = rules;
        this.inner = format.inner().parser(rules);
    }

    @Override
    public ParseResult parse(String line) {
        return parse(line, RecordContext.NONE);
    }

    @Override
    public ParseResult parse(String line, RecordContext context) {
        SyslogMessage message = SyslogMessage.parse(line, rules.zone(), context.lastWritten());
        if (message == null) {
            return ParseResult.rejected("no syslog line: no header of RFC 5424 or RFC 3164");
        }
        Matcher repeated = REPEATED.matcher(message.message());
        if (message.application() == null && repeated.matches()) {
            return repeated(repeated, message, context);
        }
        if (!format.applications().isEmpty()
                && (message.application() == null || !format.applications().contains(message.application()))) {
            return new ParseResult.Ignored("message of another application");
        }
        if (message.message().isBlank()) {
            return new ParseResult.Ignored("empty message");
        }
        return repeated.matches()
                ? repeated(repeated, message, context)
                : interpret(message.message(), message, context);
    }

    /** So many accesses cannot be told by one, of which only the last had that time, and whose text may be cut. */
    private ParseResult repeated(Matcher repeated, SyslogMessage message, RecordContext context) {
        String text = repeated.group(2) == null ? message.message() : repeated.group(2);
        return interpret(text, message, context) instanceof ParseResult.Ignored(String reason)
                ? new ParseResult.Ignored(reason)
                : ParseResult.rejected("the syslog daemon told of " + repeated.group(1)
                        + " messages, which may be accesses, by their number alone; let it write each: in rsyslog"
                        + " $RepeatedMsgReduction off, in syslog-ng suppress(0), in syslogd the option -cc");
    }

    private ParseResult interpret(String written, SyslogMessage message, RecordContext context) {
        String text = written;
        if (format.inner() instanceof PgauditStderr stderr) {
            Matcher numbers = POSTGRES_NUMBERS.matcher(text);
            boolean isNumbered = numbers.lookingAt();
            if (isNumbered && numbers.group(1) != null && !numbers.group(1).equals("1")) {
                return ParseResult.rejected(SPLIT);
            }
            text = asInFile(isNumbered ? text.substring(numbers.end()) : text, stderr.linePrefix());
        }
        ParseResult result = parseInner(text, new Enveloped(context, message.time()));
        if (message.time() == null
                && result instanceof ParseResult.Rejected(String reason)
                && lacksOnlyTime(text, context)) {
            return ParseResult.rejected("the syslog header has no time (-), and the message has none: " + reason);
        }
        if (result instanceof ParseResult.Parsed(AccessEvent.Builder event)
                && message.host() != null
                && !format.inner().namesHost()) {
            event.hostName(message.host());
        }
        return result;
    }

    /** A tab or a line end may be what the format needs; where it does not, {@code #011} may be what was written. */
    private ParseResult parseInner(String text, RecordContext context) {
        ParseResult result = inner.parse(text, context);
        if (result instanceof ParseResult.Rejected && (text.contains(ESCAPED_TAB) || text.contains(ESCAPED_NEWLINE))) {
            ParseResult unescaped =
                    inner.parse(text.replace(ESCAPED_TAB, "\t").replace(ESCAPED_NEWLINE, "\n"), context);
            return unescaped instanceof ParseResult.Rejected ? result : unescaped;
        }
        return result;
    }

    /** The server's lines: those that go on begin with a tab, and those of DETAIL, STATEMENT and so on with the prefix. */
    private static String asInFile(String message, LinePrefix prefix) {
        StringBuilder lines = new StringBuilder();
        for (String line : message.split(ESCAPED_NEWLINE, -1)) {
            String written = line.replace(ESCAPED_TAB, "\t");
            boolean isFirst = lines.isEmpty();
            lines.append(isFirst ? "" : "\n")
                    .append(isFirst || written.startsWith("\t") || prefix.read(written) != null ? "" : "\t")
                    .append(written);
        }
        return lines.toString();
    }

    private boolean lacksOnlyTime(String text, RecordContext context) {
        return !(inner.parse(text, new Enveloped(context, context.lastWritten())) instanceof ParseResult.Rejected);
    }
}
