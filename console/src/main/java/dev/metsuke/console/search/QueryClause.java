package dev.metsuke.console.search;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What one part of a Lucene query string asks for.
 *
 * @param field where; null for any field
 * @param value what, without quotes and brackets
 */
record QueryClause(@Nullable String field, String value) {

    /** The clauses of a query, as far as it can be understood. */
    static List<QueryClause> of(String query) {
        Scanner scanner = new Scanner(query);
        scanner.scan();
        return scanner.found;
    }

    /** Finds names and values; whether they are put together as they must be is the archive's to say. */
    private static final class Scanner {

        private static final Set<String> OPERATORS = Set.of("AND", "OR", "NOT", "&&", "||");
        private static final String ENDS_A_WORD = "()[]{}\"";

        private final String query;
        private final List<QueryClause> found = new ArrayList<>();
        /** The fields of the groups that are open; empty for one without. */
        private final Deque<String> groups = new ArrayDeque<>();

        private @Nullable String field;
        private int at;

        Scanner(String query) {
            this.query = query;
        }

        void scan() {
            while (at < query.length()) {
                char character = query.charAt(at);
                switch (character) {
                    case '(' -> open();
                    case ')' -> close();
                    case '"' -> value(until("\""));
                    case '[', '{' -> value(until("]}"));
                    case '+', '-', '!', '<', '>', '=', ']', '}' -> at++;
                    default -> {
                        if (Character.isWhitespace(character)) {
                            at++;
                        } else {
                            word();
                        }
                    }
                }
            }
        }

        private void open() {
            String outer = groups.peek();
            groups.push(field == null ? (outer == null ? "" : outer) : field);
            field = null;
            at++;
        }

        private void close() {
            groups.poll();
            field = null;
            at++;
        }

        /** What stands up to one of these; within brackets a quoted part may hold them. */
        private String until(String ends) {
            StringBuilder text = new StringBuilder();
            boolean quoted = false;
            for (at++; at < query.length(); at++) {
                char character = query.charAt(at);
                if (character == '\\' && at + 1 < query.length()) {
                    text.append(query.charAt(++at));
                    continue;
                }
                if (!quoted && ends.indexOf(character) >= 0) {
                    at++;
                    break;
                }
                quoted ^= character == '"';
                text.append(character);
            }
            return text.toString();
        }

        private void word() {
            StringBuilder text = new StringBuilder();
            boolean isName = false;
            for (; at < query.length(); at++) {
                char character = query.charAt(at);
                if (character == '\\' && at + 1 < query.length()) {
                    text.append(query.charAt(++at));
                } else if (character == ':' && field == null) {
                    isName = true;
                    at++;
                    break;
                } else if (Character.isWhitespace(character) || ENDS_A_WORD.indexOf(character) >= 0) {
                    break;
                } else {
                    text.append(character);
                }
            }
            String word = text.toString();
            if (isName) {
                field = word;
            } else if (field != null || !isNoise(word)) {
                value(word);
            }
        }

        /** Operators, and what makes the clause before count more or match less exactly. */
        private static boolean isNoise(String word) {
            return OPERATORS.contains(word) || word.startsWith("^") || word.startsWith("~");
        }

        private void value(String value) {
            String group = groups.peek();
            found.add(new QueryClause(field == null && group != null && !group.isEmpty() ? group : field, value));
            field = null;
        }
    }
}
