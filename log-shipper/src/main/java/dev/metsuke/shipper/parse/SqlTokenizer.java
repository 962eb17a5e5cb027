package dev.metsuke.shipper.parse;

import dev.metsuke.shipper.parse.SqlToken.Kind;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Takes SQL apart, without its comments; no more of SQL is understood. */
final class SqlTokenizer {

    private static final int UNICODE_DIGITS = 4;
    private static final int LONG_UNICODE_DIGITS = 6;

    /** How many digits tell a version, at the least. */
    private static final int VERSION_DIGITS = 5;

    /** How far MySQL follows comments within one that it skips. */
    private static final int DEEPEST_SKIPPED = 2;

    private static final int MOST_READINGS = 16;

    private final String sql;
    private final boolean mysql;
    private final Reading reading;
    private final List<SqlToken> tokens = new ArrayList<>();
    /** Of comments that are code from a version of the server on, as in {@code /*!80017 … *}{@code /}. */
    private final Set<String> versions = new LinkedHashSet<>();
    /** Whether a backslash stands before a quote within a text. */
    private boolean quoteBehindBackslash;

    private int position;
    /** In MySQL's {@code /*! … *}{@code /}, which is code. */
    private boolean inExecutableComment;

    private SqlTokenizer(String sql, SqlDialect dialect, Reading reading) {
        this.sql = sql;
        this.mysql = dialect == SqlDialect.MYSQL;
        this.reading = reading;
    }

    /**
     * What depends on the server's version and on the session, and so cannot be told from a statement.
     *
     * @param later versions that the server has not reached: their comments are no code
     * @param otherBackslashes whether backslashes in texts mean something where they usually don't, or the other way round
     */
    private record Reading(Set<String> later, boolean otherBackslashes) {

        static final Reading USUAL = new Reading(Set.of(), false);
    }

    /**
     * The usual reading of a statement, and the others that it has by {@code /*!99999 … *}{@code /}, by MySQL's
     * {@code NO_BACKSLASH_ESCAPES}, or without PostgreSQL's {@code standard_conforming_strings}; none where these are too many.
     */
    static List<List<SqlToken>> readings(String sql, SqlDialect dialect) {
        List<List<SqlToken>> readings = new ArrayList<>();
        Set<Reading> seen = new LinkedHashSet<>(Set.of(Reading.USUAL));
        Deque<Reading> left = new ArrayDeque<>(seen);
        while (!left.isEmpty()) {
            if (readings.size() == MOST_READINGS) {
                return List.of();
            }
            SqlTokenizer tokenizer = new SqlTokenizer(sql, dialect, left.poll());
            readings.add(tokenizer.tokens());
            tokenizer.others().stream().filter(seen::add).forEach(left::add);
        }
        return readings;
    }

    private List<SqlToken> tokens() {
        while (skipToToken()) {
            token();
        }
        return tokens;
    }

    private List<Reading> others() {
        List<Reading> others = new ArrayList<>();
        for (String version : versions) {
            Set<String> later = new HashSet<>(reading.later);
            later.add(version);
            others.add(new Reading(Set.copyOf(later), reading.otherBackslashes));
        }
        // Texts that are only written are full of such, and their words would be taken for SQL.
        if (quoteBehindBackslash && tokens.stream().anyMatch(token -> token.isWord("select"))) {
            others.add(new Reading(reading.later, true));
        }
        return others;
    }

    /** Whether a backslash takes the meaning from a quote. */
    private boolean escapes() {
        return mysql != reading.otherBackslashes;
    }

    private void token() {
        if (isQuote('\'')) {
            constant(behindText(position + 1, '\'', escapes()));
        } else if (isEscapeString()) {
            constant(behindText(position + 2, '\'', true));
        } else if (beginsPart() || (mysql && isQuote('"'))) {
            name();
        } else if (isDigit(position) || (isQuote('.') && isDigit(position + 1))) {
            constant(behindNumber());
        } else if (isQuote('$') && isDigit(position + 1)) {
            constant(behindDigits(position + 1));
        } else if (behindDollarTag() > 0) {
            String tag = sql.substring(position, behindDollarTag());
            constant(behind(tag, position + tag.length()));
        } else {
            tokens.add(new SqlToken(Kind.SYMBOL, sql.substring(position, position + 1)));
            position++;
        }
    }

    private void constant(int end) {
        tokens.add(new SqlToken(Kind.CONSTANT, ""));
        position = end;
    }

    /** A name of one part or several, which white space and comments may stand between. */
    private void name() {
        StringBuilder name = new StringBuilder();
        Kind kind = isQuote('"') && mysql ? Kind.TEXT_OR_NAME : isPlain() ? Kind.WORD : Kind.QUOTED;
        part(name);
        int end = position;
        boolean within = inExecutableComment;
        while (skipToToken() && isQuote('.')) {
            position++;
            if (!skipToToken() || !(beginsPart() || isQuote('"') || (mysql && isPart(position)))) {
                break;
            }
            name.append('.');
            kind = kind == Kind.WORD && (isPlain() || isDigit(position)) ? Kind.WORD : Kind.QUOTED;
            part(name);
            end = position;
            within = inExecutableComment;
        }
        position = end;
        inExecutableComment = within;
        tokens.add(new SqlToken(kind, name.toString()));
    }

    private void part(StringBuilder name) {
        if (isUnicodeName()) {
            StringBuilder escaped = new StringBuilder();
            position += 2;
            quotedPart(escaped, '"');
            name.append(unicode(escaped.toString()));
        } else if (mysql && isQuote('"')) {
            int end = behindText(position + 1, '"', escapes());
            name.append(sql, position + 1, Math.max(position + 1, end - 1));
            position = end;
        } else if (isQuote('"') || isQuote('`')) {
            quotedPart(name, sql.charAt(position));
        } else {
            int start = position;
            while (isPart(position)) {
                position++;
            }
            name.append(sql, start, position);
        }
    }

    /** A quote that stands there twice is part of the name. */
    private void quotedPart(StringBuilder name, char quote) {
        position++;
        while (position < sql.length()) {
            char character = sql.charAt(position++);
            if (character == quote) {
                if (!isQuote(quote)) {
                    return;
                }
                position++;
            }
            name.append(character);
        }
    }

    /** PostgreSQL's {@code \0061} and {@code \+000061}. */
    private static String unicode(String escaped) {
        StringBuilder name = new StringBuilder();
        for (int i = 0; i < escaped.length(); i++) {
            boolean isLong = escaped.startsWith("\\+", i);
            int digits = i + (isLong ? 2 : 1);
            int end = digits + (isLong ? LONG_UNICODE_DIGITS : UNICODE_DIGITS);
            if (escaped.charAt(i) == '\\' && end <= escaped.length() && isHex(escaped.substring(digits, end))) {
                int code = Integer.parseInt(escaped.substring(digits, end), 16);
                name.append(Character.isValidCodePoint(code) ? Character.toString(code) : "");
                i = end - 1;
            } else {
                name.append(escaped.charAt(i));
            }
        }
        return name.toString();
    }

    private static boolean isHex(String text) {
        return text.chars().allMatch(character -> Character.digit(character, 16) >= 0);
    }

    private boolean isQuote(char quote) {
        return position < sql.length() && sql.charAt(position) == quote;
    }

    private boolean isUnicodeName() {
        return !mysql && sql.regionMatches(true, position, "U&\"", 0, 3);
    }

    /** PostgreSQL's {@code E'it\'s'}, in which a backslash takes the meaning from a quote. */
    private boolean isEscapeString() {
        return !mysql && sql.regionMatches(true, position, "E'", 0, 2);
    }

    private boolean beginsPart() {
        return isUnicodeName() || isPlain() || (mysql ? isQuote('`') : isQuote('"'));
    }

    /** To MySQL {@code 1st} is a name, while {@code 1}, {@code 1.} and {@code 1e0} are numbers, whatever stands behind. */
    private boolean isPlain() {
        if (!mysql || !isDigit(position)) {
            return !isUnicodeName() && isPart(position) && !isDigit(position) && (mysql || sql.charAt(position) != '$');
        }
        int end = behindDigits(position);
        return isPart(end) && behindExponent(end) == end;
    }

    private boolean isPart(int at) {
        if (at >= sql.length()) {
            return false;
        }
        char character = sql.charAt(at);
        return Character.isLetterOrDigit(character) || character == '_' || character == '$' || character >= 0x80;
    }

    private boolean isDigit(int at) {
        return at < sql.length() && sql.charAt(at) >= '0' && sql.charAt(at) <= '9';
    }

    private int behindNumber() {
        int end = behindDigits(position);
        return behindExponent(end < sql.length() && sql.charAt(end) == '.' ? behindDigits(end + 1) : end);
    }

    private int behindDigits(int from) {
        int end = from;
        while (isDigit(end)) {
            end++;
        }
        return end;
    }

    private int behindExponent(int from) {
        if (from >= sql.length() || Character.toLowerCase(sql.charAt(from)) != 'e') {
            return from;
        }
        boolean signed = from + 1 < sql.length() && "+-".indexOf(sql.charAt(from + 1)) >= 0;
        int digits = from + (signed ? 2 : 1);
        int end = behindDigits(digits);
        return end == digits ? from : end;
    }

    /** The end of {@code $$} or {@code $tag$}, which begin and end a text in PostgreSQL; 0 where there is none. */
    private int behindDollarTag() {
        if (mysql || !isQuote('$')) {
            return 0;
        }
        int end = position + 1;
        while (isPart(end) && sql.charAt(end) != '$') {
            end++;
        }
        return end < sql.length() && sql.charAt(end) == '$' ? end + 1 : 0;
    }

    private int behindText(int from, char quote, boolean escapes) {
        for (int i = from; i < sql.length(); i++) {
            if (sql.charAt(i) == '\\' && i + 1 < sql.length() && sql.charAt(i + 1) == quote) {
                quoteBehindBackslash = true;
            }
            if (escapes && sql.charAt(i) == '\\') {
                i++;
            } else if (sql.charAt(i) == quote) {
                if (i + 1 == sql.length() || sql.charAt(i + 1) != quote) {
                    return i + 1;
                }
                i++;
            }
        }
        return sql.length();
    }

    /** Past white space and comments; whether anything stands behind them. */
    private boolean skipToToken() {
        while (position < sql.length()) {
            if (Character.isWhitespace(sql.charAt(position))) {
                position++;
            } else if (isLineComment()) {
                position = endOfLine();
            } else if (mysql && (sql.startsWith("/*!", position) || sql.startsWith("/*M!", position))) {
                skipIntoOrBehindExecutableComment();
            } else if (inExecutableComment && sql.startsWith("*/", position)) {
                position += 2;
                inExecutableComment = false;
            } else if (sql.startsWith("/*", position)) {
                position = mysql ? behind("*/", position + 2) : behindNestedComment(Integer.MAX_VALUE);
            } else {
                return true;
            }
        }
        return false;
    }

    private void skipIntoOrBehindExecutableComment() {
        int start = sql.indexOf('!', position) + 1;
        int end = behindDigits(start);
        String version = end - start < VERSION_DIGITS ? "" : sql.substring(start, end);
        if (reading.later.contains(version)) {
            position = behindNestedComment(DEEPEST_SKIPPED);
            return;
        }
        if (!version.isEmpty()) {
            versions.add(version);
        }
        position = end;
        inExecutableComment = true;
    }

    private boolean isLineComment() {
        if (!sql.startsWith("--", position)) {
            return mysql && isQuote('#');
        }
        int next = position + 2;
        return !mysql || next == sql.length() || sql.charAt(next) <= ' ' || sql.charAt(next) == 0x7f;
    }

    private int endOfLine() {
        int end = position;
        while (end < sql.length() && sql.charAt(end) != '\n' && (mysql || sql.charAt(end) != '\r')) {
            end++;
        }
        return end;
    }

    private int behindNestedComment(int deepest) {
        int depth = 1;
        int end = position + 2;
        while (end < sql.length() && depth > 0) {
            if (sql.startsWith("*/", end)) {
                depth--;
                end += 2;
            } else if (depth < deepest && sql.startsWith("/*", end)) {
                depth++;
                end += 2;
            } else {
                end++;
            }
        }
        return end;
    }

    private int behind(String mark, int from) {
        int found = sql.indexOf(mark, from);
        return found < 0 ? sql.length() : found + mark.length();
    }
}
