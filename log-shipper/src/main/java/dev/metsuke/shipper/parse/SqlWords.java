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

    private static List<String> tokens(String statement) {
        List<String> tokens = new ArrayList<>();
        int position = 0;
        while (position < statement.length()) {
            char character = statement.charAt(position);
            if (character == '\'') {
                position = behind(statement, "'", position + 1);
            } else if (statement.startsWith("--", position)) {
                position = behind(statement, "\n", position);
            } else if (statement.startsWith("/*", position)) {
                position = behind(statement, "*/", position + 2);
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

    private static int behind(String statement, String end, int from) {
        int found = statement.indexOf(end, from);
        return found < 0 ? statement.length() : found + end.length();
    }
}
