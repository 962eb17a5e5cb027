package dev.metsuke.console.search;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Says where a query is not put together as it must be; the parser's own words are for who knows its grammar. */
final class QuerySyntax {

    private static final Pattern UNEXPECTED =
            Pattern.compile("^Encountered \"(.*?)\" at line \\d+, column (\\d+)\\.", Pattern.DOTALL);
    /** A token as the parser quotes it, behind its kind: {@code <AND> "AND "}. */
    private static final Pattern TOKEN = Pattern.compile(" (?:<\\w+>|\"[^\"]*\") \"(.*) \"", Pattern.DOTALL);

    private static final Pattern EXPECTS_A_RANGE = Pattern.compile("Was expecting(?: one of)?:\\s+\"(?:TO|])\"");
    private static final String EXAMPLE = ", as in user.id:sato AND event.action:export";

    private final String query;
    private final Deque<Integer> open = new ArrayDeque<>();
    private int quote = -1;
    private int stray = -1;

    private QuerySyntax(String query) {
        this.query = query;
        scan();
    }

    /**
     * What is wrong with how a query is put together.
     *
     * @param query as somebody wrote it
     * @param reason the parser's own words
     * @return empty where something else is wrong
     */
    static Optional<String> fault(String query, String reason) {
        return new QuerySyntax(query).explain(reason);
    }

    private Optional<String> explain(String reason) {
        if (reason.startsWith("Lexical error")) {
            return Optional.of(unreadable());
        }
        if (reason.startsWith("'*' or '?' not allowed as first character")) {
            return Optional.of("a word cannot begin with * or ?; write how it begins, as in user.id:batch*");
        }
        if (reason.contains("Unicode escape sequence")) {
            return Optional.of("\\u takes four digits, as in \\u3042; a backslash that is meant is written \\\\");
        }
        Matcher unexpected = UNEXPECTED.matcher(reason);
        if (!unexpected.find()) {
            return Optional.empty();
        }
        int at = written(Integer.parseInt(unexpected.group(2)));
        return Optional.of(
                unexpected.group(1).equals("<EOF>") ? endsTooSoon(reason) : unexpected(unexpected.group(1), at));
    }

    private String endsTooSoon(String reason) {
        if (EXPECTS_A_RANGE.matcher(reason).find()) {
            return "the range" + (open.isEmpty() ? "" : " at column " + column(open.peek()))
                    + " is not complete; write [1 TO 9], or [1 TO *] where it has no end";
        }
        String stripped = query.stripTrailing();
        if (stripped.endsWith(":")) {
            return "the query ends at column " + column(stripped.length() - 1)
                    + ", where a value is expected behind the colon" + EXAMPLE;
        }
        return open.isEmpty() || stripped.endsWith("(")
                ? "the query ends at column " + stripped.length() + ", where more is expected" + EXAMPLE
                : "the bracket at column " + column(open.peek()) + " is not closed, or more is expected at the end"
                        + EXAMPLE;
    }

    private static String unexpected(String quoted, int at) {
        Matcher token = TOKEN.matcher(quoted);
        String text = (token.matches() ? token.group(1) : quoted).strip();
        String found = text + " at column " + column(at) + " is not expected there; ";
        return switch (text) {
            case ":" -> found + "a value that has a colon stands in quotation marks, as in url.original:\"a:b\"";
            case ")" -> found + "no bracket is open before it, or something is missing in front of it";
            default ->
                found + "write it between two conditions" + EXAMPLE
                        + ", or in quotation marks where it is meant as text";
        };
    }

    private String unreadable() {
        if (quote >= 0) {
            return "the quotation mark at column " + column(quote) + " is not closed";
        }
        if (query.endsWith("\\")) {
            return "the query ends with a backslash; one that is meant is written \\\\";
        }
        return (stray >= 0 ? query.charAt(stray) + " at column " + column(stray) : "something")
                + " is not expected in the query; put what is meant as text in quotation marks, as in \"[x]\"";
    }

    private void scan() {
        for (int i = 0; i < query.length(); i++) {
            char character = query.charAt(i);
            if (character == '\\') {
                i++;
            } else if (character == '"') {
                quote = quote < 0 ? i : -1;
            } else if (quote < 0 && "([{".indexOf(character) >= 0) {
                open.push(i);
            } else if (quote < 0 && ")]}".indexOf(character) >= 0 && open.poll() == null && stray < 0) {
                stray = i;
            }
        }
    }

    /** Where a place of the query that the parser read stands in the one that was written. */
    private int written(int parsed) {
        int at = 0;
        while (at < query.length()
                && ArchiveSearch.withoutRegularExpressions(query.substring(0, at))
                                .length()
                        < parsed) {
            at++;
        }
        return at;
    }

    /** As people count. */
    private static int column(int at) {
        return at + 1;
    }
}
