package dev.metsuke.shipper.parse;

import java.time.Instant;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;

/** PostgreSQL's {@code stderr} log. */
final class PostgresStderrParser implements LineParser {

    private final LinePrefix prefix;
    private final SourceRules rules;
    private final PostgresAccess access;

    PostgresStderrParser(LinePrefix prefix, SourceRules rules) {
        this.prefix = prefix;
        this.rules = rules;
        this.access = new PostgresAccess(rules);
    }

    @Override
    public ParseResult parse(String record) {
        return parse(record, RecordContext.NONE);
    }

    @Override
    public ParseResult parse(String record, RecordContext context) {
        StringBuilder message = new StringBuilder();
        StringBuilder statement = new StringBuilder();
        LinePrefix.Line primary = null;
        StringBuilder current = message;
        for (String line : record.split("\n", -1)) {
            if (primary != null && line.startsWith("\t")) {
                current.append('\n').append(line, 1, line.length());
                continue;
            }
            LinePrefix.Line read = prefix.read(line);
            if (read == null) {
                return ParseResult.rejected(
                        "no stderr log line with the prefix '" + prefix + "' and a severity behind it");
            }
            if (read.isAmbiguous()) {
                return ParseResult.rejected(
                        "the prefix '" + prefix + "' can be read in more than one way: a name in it, or the text"
                                + " behind it, holds what stands before a severity; csvlog and jsonlog"
                                + " leave no doubt");
            }
            if (primary == null) {
                primary = read;
                current = message.append(read.text());
            } else if (read.severity().equals("STATEMENT")) {
                current = statement.append(read.text());
            } else {
                current = new StringBuilder();
            }
        }
        if (primary == null || primary.isSecondary()) {
            return ParseResult.rejected("a DETAIL, HINT or STATEMENT without the entry that it belongs to");
        }
        Instant time = prefix.tellsTime() ? time(primary, rules.zone()) : context.envelopeTime();
        if (time == null) {
            String written = record.lines().findFirst().orElse("");
            return PostgresEntry.unreadableTime(written, rules.zone());
        }
        return access.interpret(
                new PostgresEntry(
                        time,
                        primary.value('u'),
                        primary.value('d'),
                        address(primary),
                        session(primary),
                        primary.severity(),
                        message.toString(),
                        statement.isEmpty() ? null : statement.toString(),
                        primary.value('a'),
                        primary.value('i'),
                        primary.value('e')),
                context);
    }

    private static @Nullable String session(LinePrefix.Line line) {
        String session = line.value('c');
        return session == null ? line.value('p') : session;
    }

    private static @Nullable Instant time(LinePrefix.Line line, ZoneId zone) {
        for (char escape : new char[] {'m', 't'}) {
            String written = line.value(escape);
            if (written != null) {
                return Times.postgres(written, zone);
            }
        }
        String epoch = line.value('n');
        return epoch == null ? null : Times.epochSeconds(epoch);
    }

    /** {@code %h} is {@code 127.0.0.1}, {@code %r} is {@code 127.0.0.1(57618)}. */
    private static @Nullable String address(LinePrefix.Line line) {
        String host = line.value('h');
        if (host == null) {
            host = line.value('r');
        }
        int bracket = host == null ? -1 : host.indexOf('(');
        return host == null || bracket < 0 ? host : host.substring(0, bracket);
    }
}
