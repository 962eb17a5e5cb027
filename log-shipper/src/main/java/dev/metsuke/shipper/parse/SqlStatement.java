package dev.metsuke.shipper.parse;

import java.util.ArrayList;
import java.util.List;

/** What of a statement, or of several, Metsuke needs: words and the names of tables, not what they mean. */
record SqlStatement(List<SqlToken> tokens) {

    /** As it is usually read, and as a session or a server of another version may read it; none where these are too many. */
    static List<SqlStatement> readings(String sql, SqlDialect dialect) {
        return SqlTokenizer.readings(sql, dialect).stream()
                .map(tokens -> new SqlStatement(List.copyOf(tokens)))
                .toList();
    }

    /** Those between the semicolons. */
    List<SqlStatement> parts() {
        List<SqlStatement> parts = new ArrayList<>();
        int start = 0;
        for (int i = 0; i <= tokens.size(); i++) {
            if (i == tokens.size() || tokens.get(i).isSymbol(';')) {
                if (i > start) {
                    parts.add(new SqlStatement(tokens.subList(start, i)));
                }
                start = i + 1;
            }
        }
        return parts;
    }

    /** The key word that it begins with, parentheses aside, in lower case; or nothing. */
    String first() {
        return word(0);
    }

    /** One of its words, in lower case; nothing where it is a quoted name or there is none. */
    String word(int index) {
        return tokens.stream()
                .filter(SqlToken::isName)
                .skip(index)
                .findFirst()
                .map(SqlToken::keyWord)
                .orElse("");
    }

    /** Whether these two are its first words. */
    boolean begins(String word, String next) {
        return word(0).equals(word) && word(1).equals(next);
    }

    boolean has(String word) {
        return indexOf(word) >= 0;
    }

    /** Whether the two stand there one behind the other. */
    boolean has(String word, String next) {
        for (int i = 0; i + 1 < tokens.size(); i++) {
            if (tokens.get(i).isWord(word) && tokens.get(i + 1).isWord(next)) {
                return true;
            }
        }
        return false;
    }

    /** From the first such word on; nothing where there is none. */
    SqlStatement from(String word) {
        int index = indexOf(word);
        return new SqlStatement(index < 0 ? List.of() : tokens.subList(index, tokens.size()));
    }

    /** What stands behind the first such word; nothing where there is none. */
    SqlStatement behind(String word) {
        int index = indexOf(word);
        return new SqlStatement(index < 0 ? List.of() : tokens.subList(index + 1, tokens.size()));
    }

    /** What says what is written and from what, without the condition of an UPDATE, from which nothing is taken over. */
    SqlStatement withoutCondition() {
        int depth = 0;
        for (int i = 0; i < tokens.size(); i++) {
            SqlToken token = tokens.get(i);
            if (token.isSymbol('(')) {
                depth++;
            } else if (token.isSymbol(')')) {
                depth--;
            } else if (depth == 0 && token.isWord("where")) {
                return new SqlStatement(tokens.subList(0, i));
            }
        }
        return this;
    }

    private int indexOf(String word) {
        for (int i = 0; i < tokens.size(); i++) {
            if (tokens.get(i).isWord(word)) {
                return i;
            }
        }
        return -1;
    }

    /** Key words and names, as written but for their quotes. */
    List<String> names() {
        return tokens.stream().filter(SqlToken::isName).map(SqlToken::text).toList();
    }

    SqlTables tables() {
        return SqlTables.of(tokens);
    }

    /** Whether a parenthesis opens right behind its first such word. */
    boolean opensBehind(String word) {
        int index = indexOf(word);
        return index >= 0 && index + 1 < tokens.size() && tokens.get(index + 1).isSymbol('(');
    }

    /** Whether a COPY statement sends data out. */
    boolean copiesOut() {
        int depth = 0;
        for (SqlToken token : tokens) {
            if (token.isSymbol('(')) {
                depth++;
            } else if (token.isSymbol(')')) {
                depth--;
            } else if (depth == 0 && (token.isWord("to") || token.isWord("from"))) {
                return token.isWord("to");
            }
        }
        return false;
    }
}
