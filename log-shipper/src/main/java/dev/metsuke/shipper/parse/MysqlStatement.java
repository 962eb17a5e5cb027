package dev.metsuke.shipper.parse;

/** A statement in MySQL's dialect, made plain enough for {@link SqlWords}. */
final class MysqlStatement {

    private MysqlStatement() {}

    /** Without text and comments; names in double quotes; what stands in an executable comment is part of it. */
    static String plain(String statement) {
        StringBuilder plain = new StringBuilder(statement.length());
        int position = 0;
        while (position < statement.length()) {
            char character = statement.charAt(position);
            if (character == '\'' || character == '"') {
                position = behindText(statement, character, position + 1);
                plain.append("''");
            } else if (character == '`') {
                int end = end(statement, "`", position + 1);
                plain.append('"').append(statement, position + 1, end).append('"');
                position = end + 1;
            } else if (character == '#' || statement.startsWith("-- ", position)) {
                position = end(statement, "\n", position);
            } else if (statement.startsWith("/*!", position) || statement.startsWith("/*M!", position)) {
                position = behindVersion(statement, statement.indexOf('!', position) + 1);
                plain.append(' ');
            } else if (statement.startsWith("/*", position)) {
                position = end(statement, "*/", position + 2) + 2;
                plain.append(' ');
            } else if (statement.startsWith("*/", position)) {
                position += 2;
                plain.append(' ');
            } else {
                plain.append(character);
                position++;
            }
        }
        return plain.toString();
    }

    private static int behindText(String statement, char quote, int from) {
        for (int i = from; i < statement.length(); i++) {
            if (statement.charAt(i) == '\\') {
                i++;
            } else if (statement.charAt(i) == quote) {
                return i + 1;
            }
        }
        return statement.length();
    }

    private static int behindVersion(String statement, int from) {
        int position = from;
        while (position < statement.length() && Character.isDigit(statement.charAt(position))) {
            position++;
        }
        return position;
    }

    private static int end(String statement, String mark, int from) {
        int found = statement.indexOf(mark, from);
        return found < 0 ? statement.length() : found;
    }
}
