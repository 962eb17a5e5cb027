package dev.metsuke.shipper.parse;

import dev.metsuke.events.access.AccessEvent;
import dev.metsuke.events.account.IpLiteral;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code address identity user [time] "request" status bytes "referer" "user agent"}. */
final class CombinedParser implements LineParser {

    private static final List<String> CATEGORY = List.of("web");
    private static final String VHOST_COMBINED = "'%v:%p %h %l %u %t \"%r\" %>s %O \"%{Referer}i\" \"%{User-Agent}i\"'";
    private static final int ESCAPED_BYTE = 4;
    /** As nginx writes it with {@code escape=json}. */
    private static final int ESCAPED_CONTROL = 6;

    private final SourceRules rules;

    CombinedParser(SourceRules rules) {
        this.rules = rules;
    }

    @Override
    public ParseResult parse(String line) {
        int afterAddress = line.indexOf(' ');
        int afterIdentity = afterAddress < 0 ? -1 : line.indexOf(' ', afterAddress + 1);
        int bracket = afterIdentity < 0 ? -1 : timeBracket(line, afterIdentity + 1);
        if (bracket < 0) {
            return ParseResult.rejected(
                    "not a combined log line: no [time] and \"request\" after address, identity and user");
        }
        boolean hasMore = line.indexOf(' ', afterIdentity + 1) < bracket - 1;
        if (hasMore && IpLiteral.isOne(line.substring(afterAddress + 1, afterIdentity))) {
            return ParseResult.rejected(
                    "not a combined log line: a name stands before the address, as in Apache's vhost_combined;"
                            + " read it as log-format with template: " + VHOST_COMBINED);
        }
        int timeEnd = line.indexOf(']', bracket);
        Instant time = timeEnd < 0 ? null : Times.combined(line.substring(bracket + 1, timeEnd));
        if (time == null) {
            return ParseResult.rejected("not a combined log line: the time is not like 23/Nov/2026:15:05:22 +0000");
        }
        Cursor rest = new Cursor(line, timeEnd + 1);
        String request = rest.quoted();
        String status = rest.word();
        String bytes = rest.word();
        if (request == null || status == null || bytes == null) {
            return ParseResult.rejected("not a combined log line: no \"request\", status and bytes after the time");
        }
        Long code = status.equals("-") ? null : number(status);
        Long length = bytes.equals("-") ? null : number(bytes);
        if ((code == null && !status.equals("-")) || (length == null && !bytes.equals("-"))) {
            return ParseResult.rejected("not a combined log line: status or bytes is no number");
        }
        String referer = rest.quoted();
        String agent = rest.quoted();
        if (referer == null || agent == null || !rest.atEnd()) {
            return ParseResult.rejected("not a combined log line: it does not end with \"referer\" \"user agent\"");
        }
        String user = unescape(line.substring(afterIdentity + 1, bracket - 1));
        AccessEvent.Builder event = rules.event()
                .timestamp(time)
                .eventCategories(CATEGORY)
                .userId(rules.accounts().normalise(user))
                .userName(absent(user))
                .httpBytes(length)
                .userAgent(absent(agent));
        Address.put(event, line.substring(0, afterAddress));
        RequestLine parsed = RequestLine.parse(request);
        new WebAccess(parsed.method(), parsed.target(), code).describe(event, rules, false);
        return new ParseResult.Parsed(event);
    }

    /** A user's name, which clients choose, may hold spaces and brackets, and even a time; but no quote that is not escaped. */
    private static int timeBracket(String line, int from) {
        int end = line.indexOf("] \"", from);
        int bracket = end < 0 ? -1 : line.lastIndexOf(" [", end);
        return bracket < from ? -1 : bracket + 1;
    }

    private static @Nullable Long number(String text) {
        try {
            return text.charAt(0) == '-' ? null : Long.valueOf(text);
        } catch (NumberFormatException e) {
            return null;
        }
    }

    private static @Nullable String absent(String text) {
        return text.isEmpty() || text.equals("-") ? null : text;
    }

    /** Both servers write a quote, a backslash and what is not ASCII as {@code \"}, {@code \\}, {@code \xE6}. */
    static String unescape(String text) {
        if (text.indexOf('\\') < 0) {
            return text;
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(text.length());
        int position = 0;
        while (position < text.length()) {
            int escape = text.indexOf('\\', position);
            int end = escape < 0 ? text.length() : escape;
            bytes.writeBytes(text.substring(position, end).getBytes(StandardCharsets.UTF_8));
            position = escape < 0 ? end : escape + escaped(text, escape, bytes);
        }
        byte[] unescaped = bytes.toByteArray();
        return Encoding.UTF_8.decode(unescaped, 0, unescaped.length);
    }

    /** Writes what an escape stands for; answers how many characters it takes. */
    private static int escaped(String text, int at, ByteArrayOutputStream bytes) {
        char kind = at + 1 < text.length() ? text.charAt(at + 1) : ' ';
        int plain = "\"\\ntrbvf".indexOf(kind);
        if (plain >= 0) {
            bytes.write("\"\\\n\t\r\b\u000B\f".charAt(plain));
            return 2;
        }
        if (kind == 'x' && at + ESCAPED_BYTE <= text.length()) {
            int high = Character.digit(text.charAt(at + 2), 16);
            int low = Character.digit(text.charAt(at + 3), 16);
            if (high >= 0 && low >= 0) {
                bytes.write(high * 16 + low);
                return ESCAPED_BYTE;
            }
        }
        if (text.startsWith("u00", at + 1) && at + ESCAPED_CONTROL <= text.length()) {
            int code = Character.digit(text.charAt(at + 4), 16) * 16 + Character.digit(text.charAt(at + 5), 16);
            if (code >= 0 && code < ' ') {
                bytes.write(code);
                return ESCAPED_CONTROL;
            }
        }
        bytes.write('\\');
        return 1;
    }

    /** Steps through what follows the time. */
    private static final class Cursor {
        private final String line;
        private int position;

        Cursor(String line, int position) {
            this.line = line;
            this.position = position;
        }

        @Nullable
        String quoted() {
            if (!line.startsWith(" \"", position)) {
                return null;
            }
            int start = position + 2;
            for (int i = start; i < line.length(); i++) {
                char character = line.charAt(i);
                if (character == '\\') {
                    i++;
                } else if (character == '"') {
                    position = i + 1;
                    return unescape(line.substring(start, i));
                }
            }
            return null;
        }

        @Nullable
        String word() {
            if (position >= line.length() || line.charAt(position) != ' ') {
                return null;
            }
            int start = position + 1;
            int space = line.indexOf(' ', start);
            int end = space < 0 ? line.length() : space;
            position = end;
            return end == start ? null : line.substring(start, end);
        }

        boolean atEnd() {
            return line.substring(position).isBlank();
        }
    }
}
