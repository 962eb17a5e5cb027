package dev.metsuke.shipper.parse;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The names in an SQL statement, outside of text constants and comments; no more of SQL is understood. */
final class SqlWords {

    private SqlWords() {}

    /** The first word in lower case, or nothing. */
    static String first(String statement) {
        List<String> names = names(statement);
        return names.isEmpty() ? "" : names.getFirst().toLowerCase(Locale.ROOT);
    }

    /** Whether a COPY statement sends data out. */
    static boolean copiesOut(String statement) {
        int depth = 0;
        for (String token : tokens(statement)) {
            switch (token.toLowerCase(Locale.ROOT)) {
                case "(" -> depth++;
                case ")" -> depth--;
                case "to" -> {
                    if (depth == 0) {
                        return true;
                    }
                }
                case "from" -> {
                    if (depth == 0) {
                        return false;
                    }
                }
                default -> {}
            }
        }
        return false;
    }

    /** Key words and identifiers as written, with the schema before the dot. */
    static List<String> names(String statement) {
        return tokens(statement).stream()
                .filter(token -> !token.equals("(") && !token.equals(")"))
                .toList();
    }

    /** What stands behind FROM and JOIN, where that is a name. */
    static List<String> sources(String statement) {
        List<String> tokens = tokens(statement);
        List<String> sources = new ArrayList<>();
        for (int i = 1; i < tokens.size(); i++) {
            boolean isSource = tokens.get(i - 1).equalsIgnoreCase("from")
                    || tokens.get(i - 1).equalsIgnoreCase("join");
            if (isSource && !tokens.get(i).equals("(")) {
                sources.add(tokens.get(i));
            }
        }
        return sources;
    }

    private static List<String> tokens(String statement) {
        List<String> tokens = new ArrayList<>();
        int position = 0;
        while (position < statement.length()) {
            char character = statement.charAt(position);
            if (character == '\'') {
                position = behind(statement, "'", position + 1);
            } else if (isEscapeString(statement, position)) {
                position = behindEscapeString(statement, position + 2);
            } else if (dollarTag(statement, position) > 0) {
                int end = dollarTag(statement, position);
                position = behind(statement, statement.substring(position, end), end);
            } else if (statement.startsWith("--", position)) {
                position = behind(statement, "\n", position);
            } else if (statement.startsWith("/*", position)) {
                position = behindComment(statement, position + 2);
            } else if (character == '(' || character == ')') {
                tokens.add(String.valueOf(character));
                position++;
            } else if (isName(character)) {
                int end = endOfName(statement, position);
                tokens.add(statement.substring(position, end));
                position = end;
            } else {
                position++;
            }
        }
        return tokens;
    }

    private static int endOfName(String statement, int start) {
        int end = start;
        boolean quoted = false;
        while (end < statement.length() && (quoted || isName(statement.charAt(end)))) {
            if (statement.charAt(end) == '"') {
                quoted = !quoted;
            }
            end++;
        }
        return end;
    }

    private static boolean isName(char character) {
        return Character.isLetterOrDigit(character)
                || character == '_'
                || character == '.'
                || character == '"'
                || character == '$';
    }

    /** PostgreSQL's {@code E'it\'s'}, in which a backslash takes the meaning from a quote. */
    private static boolean isEscapeString(String statement, int at) {
        return (statement.startsWith("E'", at) || statement.startsWith("e'", at))
                && (at == 0 || !isName(statement.charAt(at - 1)));
    }

    private static int behindEscapeString(String statement, int from) {
        int position = from;
        while (position < statement.length() && statement.charAt(position) != '\'') {
            position += statement.charAt(position) == '\\' ? 2 : 1;
        }
        return Math.min(position + 1, statement.length());
    }

    /** The end of {@code $$} or {@code $tag$}, which begin and end a text; 0 where there is none. */
    private static int dollarTag(String statement, int at) {
        if (statement.charAt(at) != '$') {
            return 0;
        }
        int end = at + 1;
        while (end < statement.length()
                && (Character.isLetterOrDigit(statement.charAt(end)) || statement.charAt(end) == '_')) {
            end++;
        }
        boolean isParameter = end > at + 1 && Character.isDigit(statement.charAt(at + 1));
        return !isParameter && end < statement.length() && statement.charAt(end) == '$' ? end + 1 : 0;
    }

    /** Comments may lie within comments. */
    private static int behindComment(String statement, int from) {
        int depth = 1;
        int position = from;
        while (position < statement.length() && depth > 0) {
            if (statement.startsWith("*/", position)) {
                depth--;
                position += 2;
            } else if (statement.startsWith("/*", position)) {
                depth++;
                position += 2;
            } else {
                position++;
            }
        }
        return position;
    }

    private static int behind(String statement, String end, int from) {
        int found = statement.indexOf(end, from);
        return found < 0 ? statement.length() : found + end.length();
    }
}
