package dev.metsuke.shipper.parse;

import java.time.Instant;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;

/**
 * A line that a syslog daemon wrote, taken apart: RFC 5424, RFC 3164, and what rsyslog and others write to files, which is
 * either of them without the priority, or with an ISO time.
 *
 * @param time when the header says it was written; null where RFC 5424 has a hyphen for it, since the sender knew no time
 * @param host who wrote it
 * @param application RFC 5424's APP-NAME, or RFC 3164's tag without the process id; null where there is none
 * @param message what the application wrote
 */
record SyslogMessage(
        @Nullable Instant time,
        @Nullable String host,
        @Nullable String application,
        String message) {

    private static final char BYTE_ORDER_MARK = '\uFEFF';
    private static final int TIME_3164 = 15;
    /** Which the JSON of some daemons begins with. */
    private static final String COOKIE = "@cee:";

    /** Null where the line has no syslog header. */
    static @Nullable SyslogMessage parse(String line, ZoneId zone, Instant lastWritten) {
        int start = behindPriority(line);
        if (start < 0) {
            return null;
        }
        if (start > 0 && line.startsWith("1 ", start)) {
            return rfc5424(line, start + 2, zone);
        }
        Instant time = line.length() < start + TIME_3164
                ? null
                : Times.syslog(line.substring(start, start + TIME_3164), zone, lastWritten);
        int end = start + TIME_3164;
        if (time == null) {
            end = end(line, start);
            time = Times.iso(line.substring(start, end), zone);
        }
        return time == null || end >= line.length() || line.charAt(end) != ' ' ? null : rfc3164(line, end + 1, time);
    }

    private static int behindPriority(String line) {
        if (!line.startsWith("<")) {
            return 0;
        }
        int end = line.indexOf('>');
        return end < 2 || end > 4 || !line.chars().limit(end).skip(1).allMatch(Character::isDigit) ? -1 : end + 1;
    }

    /** {@code TIMESTAMP HOSTNAME APP-NAME PROCID MSGID STRUCTURED-DATA MSG}, a hyphen for what is not there. */
    private static @Nullable SyslogMessage rfc5424(String line, int from, ZoneId zone) {
        String[] header = new String[5];
        int position = from;
        for (int i = 0; i < header.length; i++) {
            int end = end(line, position);
            if (end >= line.length()) {
                return null;
            }
            header[i] = line.substring(position, end);
            position = end + 1;
        }
        int behind = behindStructuredData(line, position);
        String written = absent(header[0]);
        Instant time = written == null ? null : Times.iso(written, zone);
        if (behind < 0 || (time == null && written != null)) {
            return null;
        }
        String message = behind < line.length() ? line.substring(behind + 1) : "";
        return new SyslogMessage(time, absent(header[1]), absent(header[2]), stripped(message));
    }

    /** Elements in brackets, in whose values a bracket and a quote are escaped; -1 where they do not end. */
    private static int behindStructuredData(String line, int from) {
        if (line.startsWith("-", from)) {
            return endsWord(line, from + 1) ? from + 1 : -1;
        }
        int position = from;
        boolean quoted = false;
        boolean open = false;
        while (position < line.length()) {
            char character = line.charAt(position);
            if (quoted && character == '\\') {
                position++;
            } else if (character == '"') {
                quoted = open && !quoted;
            } else if (!quoted && character == '[' && !open) {
                open = true;
            } else if (!quoted && character == ']' && open) {
                open = false;
            } else if (!open) {
                break;
            }
            position++;
        }
        return open || position == from || !endsWord(line, position) ? -1 : position;
    }

    /** {@code HOSTNAME TAG[PID]: MSG}; the tag may be missing. */
    private static SyslogMessage rfc3164(String line, int from, Instant time) {
        int end = end(line, from);
        boolean hasHost = end == from || line.charAt(end - 1) != ':';
        String host = hasHost ? line.substring(from, end) : "";
        // A word that ends in a colon is a tag.
        int start = hasHost ? Math.min(end + 1, line.length()) : from;
        int tag = endOfTag(line, start, false);
        int behind = behindProcessId(line, tag);
        if (!isTag(line, start, tag, behind)) {
            tag = endOfTag(line, start, true);
            behind = behindProcessId(line, tag);
            // Only a process id tells a name of several words from the beginning of a message.
            behind = behind == tag ? line.length() : behind;
        }
        boolean tagged = isTag(line, start, tag, behind);
        String message = tagged ? line.substring(behind + 1) : line.substring(start);
        return new SyslogMessage(time, absent(host), tagged ? line.substring(start, tag) : null, stripped(message));
    }

    /** Some call themselves by several words, such as {@code Oracle Unified Audit}. */
    private static int endOfTag(String line, int from, boolean ofWords) {
        int end = from;
        while (end < line.length()
                && (mayStandInTag(line.charAt(end)) || (ofWords && end > from && line.charAt(end) == ' '))) {
            end++;
        }
        return end;
    }

    private static int behindProcessId(String line, int from) {
        if (!line.startsWith("[", from)) {
            return from;
        }
        int closing = line.indexOf(']', from);
        return closing < 0 ? line.length() : closing + 1;
    }

    private static boolean isTag(String line, int start, int end, int behind) {
        return end > start && line.startsWith(":", behind);
    }

    /** So that a message without a tag, such as JSON, is not cut at its first colon. */
    private static boolean mayStandInTag(char character) {
        return Character.isLetterOrDigit(character) || "_-./@#()".indexOf(character) >= 0;
    }

    private static String stripped(String message) {
        String text = message.startsWith(" ") ? message.substring(1) : message;
        if (!text.isEmpty() && text.charAt(0) == BYTE_ORDER_MARK) {
            text = text.substring(1);
        }
        return text.startsWith(COOKIE) ? text.substring(COOKIE.length()).stripLeading() : text;
    }

    private static int end(String line, int from) {
        int space = line.indexOf(' ', from);
        return space < 0 ? line.length() : space;
    }

    private static boolean endsWord(String line, int at) {
        return at >= line.length() || line.charAt(at) == ' ';
    }

    private static @Nullable String absent(String text) {
        return text.equals("-") || text.isEmpty() ? null : text;
    }
}
