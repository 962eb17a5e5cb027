package dev.metsuke.shipper.parse;

import dev.metsuke.shipper.parse.SqlToken.Kind;
import java.util.List;

/**
 * What PostgreSQL itself asks of a table whenever somebody writes into one that refers to it, or the other way round:
 * {@code SELECT 1 FROM ONLY "public"."customers" x WHERE "id" OPERATOR(pg_catalog.=) $1 FOR KEY SHARE OF x}. It shows no more than
 * that a row is there (https://github.com/postgres/postgres/blob/master/src/backend/utils/adt/ri_triggers.c).
 */
final class ForeignKeyCheck {

    private static final String ALIAS = "x";
    private static final List<String> END = List.of("for", "key", "share", "of", ALIAS);

    private ForeignKeyCheck() {}

    static boolean is(SqlStatement statement) {
        List<SqlToken> tokens = statement.tokens();
        int table = tokens.size() > 3 && tokens.get(3).isWord("only") ? 4 : 3;
        int condition = table + 3;
        int end = tokens.size() - END.size();
        return condition < end
                && tokens.get(0).isWord("select")
                && tokens.get(1).kind() == Kind.CONSTANT
                && tokens.get(2).isWord("from")
                && tokens.get(table).kind() == Kind.QUOTED
                && tokens.get(table + 1).isWord(ALIAS)
                && tokens.get(table + 2).isWord("where")
                && onlyCompares(tokens.subList(condition, end))
                && tokens.subList(end, tokens.size()).stream()
                        .map(SqlToken::keyWord)
                        .toList()
                        .equals(END);
    }

    /** Calls no function and asks for nothing else, for which a parenthesis would have to open. */
    private static boolean onlyCompares(List<SqlToken> condition) {
        for (int i = 0; i < condition.size(); i++) {
            if (condition.get(i).isSymbol(';')
                    || (condition.get(i).isSymbol('(')
                            && (i == 0 || !condition.get(i - 1).isWord("operator")))) {
                return false;
            }
        }
        return true;
    }
}
