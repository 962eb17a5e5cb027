package dev.metsuke.shipper.parse;

import static dev.metsuke.shipper.parse.Samples.event;
import static dev.metsuke.shipper.parse.Samples.ignored;
import static dev.metsuke.shipper.parse.Samples.rejection;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.metsuke.events.access.AccessEvent;
import dev.metsuke.events.access.Action;
import dev.metsuke.events.access.Outcome;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PostgresParsersTest {

    private final LineParser csv = new PgauditCsv().parser(Samples.RULES);
    private final LineParser unmapped = new PgauditCsv().parser(Samples.WITHOUT_TABLES);
    private final LineParser json = new PgauditJson().parser(Samples.RULES);
    private final LineParser stderr = new PgauditStderr(LinePrefix.parse("%m [%p] %q%u@%d %h ")).parser(Samples.RULES);

    @Test
    void readsTheSameAccessInAllThreeFormats() {
        AccessEvent read = event(
                csv,
                csv(
                        "LOG",
                        "AUDIT: SESSION,4,1,READ,SELECT,TABLE,public.customers,\"select 'a,\"\"b\"\"', '目付'\n"
                                + " from customers\",<not logged>,42",
                        ""));

        assertThat(read.timestamp()).isEqualTo(Instant.parse("2026-11-30T15:01:02.003Z"));
        assertThat(read.userId()).isEqualTo("mori");
        assertThat(read.sourceIp()).isEqualTo("192.0.2.5");
        assertThat(read.action()).isEqualTo(Action.READ);
        assertThat(read.outcome()).isEqualTo(Outcome.SUCCESS);
        assertThat(read.dataset()).isEqualTo("crm.customers");
        assertThat(read.records()).isEqualTo(42);
        assertThat(read)
                .isEqualTo(event(
                        json,
                        json(
                                "LOG",
                                "AUDIT: SESSION,4,1,READ,SELECT,TABLE,public.customers,\\\"select"
                                        + " 'a,\\\"\\\"b\\\"\\\"', '目付'\\n"
                                        + " from customers\\\",<not logged>,42")))
                .isEqualTo(event(
                        stderr,
                        stderr(
                                "LOG",
                                "AUDIT: SESSION,4,1,READ,SELECT,TABLE,public.customers,\"select 'a,\"\"b\"\"',"
                                        + " '目付'\n"
                                        + "\t from customers\",<not logged>,42")));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "READ,COPY,,,COPY customers TO STDOUT csv,<none>,0 | export | crm.customers |",
                "READ,COPY,,,\"copy (select 'orders', o.x from public.orders o) to stdout\",<none>,0 | export |"
                        + " crm.orders |",
                "READ,COPY,,,\"COPY public.\"\"customers\"\" TO '/tmp/x'\",<none>,7 | export | crm.customers | 7",
                "READ,SELECT,TABLE,pg_catalog.pg_class,select 1,<none>,9 | read | |",
                "READ,SELECT,,,SELECT version(),<none>,1 | read | |",
                "READ,SELECT,,,select * from pg_stat_activity,<none>,8 | read | |",
                "READ,COPY,,,\"COPY (SELECT E'\\'', c.* FROM customers c) TO STDOUT\",<none>,0 | export |"
                        + " crm.customers |",
                "READ,SELECT,,,\"SELECT $$it's$$, $a$'$a$, * FROM customers\",<none>,3 | read | crm.customers | 3",
                "READ,SELECT,,,SELECT /* /* ' */ ' */ * FROM customers,<none>,3 | read | crm.customers | 3",
                "READ,SELECT,,,select x from sales.prices join public.customers on true,<none>,9 | read |"
                        + " crm.customers | 9",
                "WRITE,UPDATE,TABLE,public.customers,update customers set x=1,<none>,3 | update | crm.customers | 3",
                "WRITE,DELETE,TABLE,public.orders,delete from orders,<none>,2 | delete | crm.orders | 2",
                "WRITE,COPY,TABLE,public.customers,copy customers from stdin,<none>,0 | update | crm.customers |",
            })
    void tellsWhatWasDone(String audit, String action, String dataset, Long records) {
        AccessEvent event = event(stderr, stderr("LOG", "AUDIT: SESSION,1,1," + audit));

        assertThat(event.action().label()).isEqualTo(action);
        assertThat(event.dataset()).isEqualTo(dataset);
        assertThat(event.records()).isEqualTo(records);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "READ,SELECT,TABLE,public.customers,select * from customers,<none>,3 | read | 3",
                "READ,SELECT,TABLE,public.customers,\"COPY public.customers (id, name) TO stdout;\",<none>,0 | export"
                        + " |",
                "READ,SELECT,TABLE,public.customers,\" copy customers to program 'gzip > /tmp/x'\",<none> | export |",
                "WRITE,INSERT,TABLE,public.customers,copy customers from stdin,<none>,0 | update |",
            })
    void readsTheAuditOfAnObjectAsThatOfASession(String audit, String action, Long records) {
        AccessEvent event = event(stderr, stderr("LOG", "AUDIT: OBJECT,1,1," + audit));

        assertThat(event.action().label()).isEqualTo(action);
        assertThat(event.dataset()).isEqualTo("crm.customers");
        assertThat(event.records()).isEqualTo(records);
    }

    /** With pgaudit.log_relation off, as it is by default, and no table mapped. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "select * from people",
                "select*from\"people\"",
                "table people",
                "select c.* from (values(1)) v(x), people c",
                "select 1from people",
                "select $1, E'it''s\\'' from people",
                "select * from (only (people) p join prices on true)",
                "select * from \"crm\" . \"People\"",
                "select x $y$ from z $y$ from people -- select",
                "select extract(epoch from (select max(born) from people))",
                "with gone as (delete from people returning *) table gone",
                "select extract(year from born) from people",
            })
    void takesTheSourcesDatasetWhereOnlyTheStatementTellsTheTable(String statement) {
        assertThat(event(unmapped, csv("LOG", selected(statement), "")))
                .returns("crm", AccessEvent::dataset)
                .returns(120L, AccessEvent::records);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "select now()",
                "SELECT version()",
                "select * from pg_stat_activity",
                "select extract(epoch from now() - pg_last_xact_replay_timestamp())",
                "select substring('a' from 1 for 2), trim(both from current_user)",
                "select * from pg_catalog . pg_class",
                "select \"from\" people",
                "select 1 for update",
                "select 'x' -- from people",
                "select /* /* */ from people */ 1",
                "select $$ from people $$",
            })
    void takesNoDatasetWhereAStatementReadsNoUsersTable(String statement) {
        assertThat(event(unmapped, csv("LOG", selected(statement), "")))
                .returns(null, AccessEvent::dataset)
                .returns(null, AccessEvent::records);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "select*from\"customers\"",
                "table customers",
                "select c.* from (values(1)) v(x), customers c",
                "select orders from customers",
                "select * from U&\"cust\\006Fmers\"",
            })
    void findsTheMappedTableOfAStatement(String statement) {
        assertThat(event(csv, csv("LOG", selected(statement), "")))
                .returns("crm.customers", AccessEvent::dataset)
                .returns(120L, AccessEvent::records);
    }

    private static String selected(String statement) {
        return "AUDIT: SESSION,1,1,READ,SELECT,,," + quoted(statement) + ",<none>,120";
    }

    /** As PostgreSQL 15 writes them; the server's own word on what it runs goes before the text's. */
    @ParameterizedTest
    @CsvSource({
        "OBJECT, /* app */ copy customers to stdout, '', export",
        "OBJECT, select 1; copy customers to stdout, '', export",
        "OBJECT, 'copy\"customers\"to stdout', '', export",
        "OBJECT, copy (select * from customers) to stdout, '', export",
        "OBJECT, \"copy\" from customers, '', read",
        "SESSION, begin; copy customers to stdout; commit, '', export",
        "SESSION, /* app */ copy customers to stdout, '', export",
        "SESSION, /* app */ copy (select * from customers) to stdout, '', read",
        "SESSION, select * from customers; copy orders to stdout, COPY, export",
        "SESSION, select * from customers; copy orders to stdout, SELECT, read",
        "SESSION, copy customers to stdout, SELECT, export",
    })
    void findsACopyAmongOtherStatements(String type, String statement, String tag, String action) {
        String audit =
                "AUDIT: " + type + ",1,1,READ,SELECT,TABLE,public.customers," + quoted(statement) + ",<not logged>";

        assertThat(event(csv, csv("LOG", tag, "00000", audit)))
                .returns(Action.ofLabel(action).orElseThrow(), AccessEvent::action)
                .returns("crm.customers", AccessEvent::dataset)
                .returns(null, AccessEvent::records);
    }

    /** Whoever writes into a table that refers to another, or upserts, reads nothing by it: as PostgreSQL 15 and pgaudit 1.7 have it. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "TABLE,public.customers | SELECT 1 FROM ONLY \"public\".\"customers\" x WHERE \"id\""
                        + " OPERATOR(pg_catalog.=) $1 FOR KEY SHARE OF x | foreign key",
                ", | SELECT 1 FROM ONLY \"public\".\"customers\" x WHERE \"a\" OPERATOR(pg_catalog.=) $1 AND"
                        + " \"b\"::pg_catalog.text OPERATOR(pg_catalog.=) $2 FOR KEY SHARE OF x | foreign key",
                ", | SELECT 1 FROM \"public\".\"customers\" x WHERE $1 OPERATOR(pg_catalog.=) \"cid\""
                        + " FOR KEY SHARE OF x | foreign key",
                "COMPOSITE TYPE,public.customers | insert into customers values (1) on conflict (id) do update set"
                        + " name=excluded.name | INSERT proposes",
            })
    void takesNoReadFromWhatTheServerAsksItself(String object, String statement, String reason) {
        String audit = "AUDIT: SESSION,1,1,READ,SELECT," + object + "," + quoted(statement) + ",<not logged>,1000";

        assertThat(ignored(csv, csv("LOG", audit, ""))).contains(reason);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT name FROM ONLY \"public\".\"customers\" x WHERE \"id\" OPERATOR(pg_catalog.=) $1 FOR KEY SHARE"
                        + " OF x",
                "SELECT 1 FROM ONLY \"public\".\"customers\" x WHERE \"id\" OPERATOR(pg_catalog.=) f((select 1)) FOR"
                        + " KEY SHARE OF x",
                "SELECT 1 FROM ONLY \"public\".\"customers\" x WHERE true; select * from customers c FOR KEY SHARE OF"
                        + " x",
                "SELECT 1 FROM ONLY \"public\".\"customers\" x WHERE \"id\" OPERATOR(pg_catalog.=) $1",
                "SELECT 1 FROM ONLY",
            })
    void hidesNoReadBehindWhatLooksLikeACheck(String statement) {
        assertThat(event(
                        csv,
                        csv(
                                "LOG",
                                "AUDIT: SESSION,1,1,READ,SELECT,TABLE,public.customers," + quoted(statement)
                                        + ",<not logged>,1000",
                                "")))
                .returns("crm.customers", AccessEvent::dataset)
                .returns(1000L, AccessEvent::records);
    }

    /** With pgaudit.log_statement and pgaudit.log_relation off nothing tells what is read. */
    @ParameterizedTest
    @ValueSource(strings = {"<not logged>", "<previously logged>"})
    void takesTheSourcesDatasetWhereNothingTellsTheTable(String text) {
        assertThat(event(unmapped, csv("LOG", "AUDIT: SESSION,9,1,READ,SELECT,,," + text + "," + text + ",120", "")))
                .returns("crm", AccessEvent::dataset)
                .returns(120L, AccessEvent::records);
    }

    /** As pgaudit's own regression test has them, with pgaudit.log_relation on. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "8,1,READ,SELECT,TABLE,public.customers,COPY customers TO stdout;,<none> | export",
                "2,1,READ,SELECT,TABLE,public.customers,\"copy (select id, name from customers) to stdout\",<none> |"
                        + " read",
                "2,2,READ,COPY,,,\"copy (select id, name from customers) to stdout\",<none> | export",
                "12,1,READ,SELECT,TABLE,public.customers,\"PREPARE p (oid) AS SELECT id, name FROM customers\",1 |"
                        + " read",
                "9,1,READ,SELECT,TABLE,public.customers,<previously logged>,<previously logged> | read",
                "9,1,READ,SELECT,TABLE,public.customers,<not logged>,<not logged> | read",
            })
    void readsTheAuditByRelation(String audit, String action) {
        AccessEvent event = event(csv, csv("LOG", "AUDIT: SESSION," + audit, ""));

        assertThat(event.action().label()).isEqualTo(action);
        assertThat(event.dataset()).isEqualTo("crm.customers");
    }

    /** With pgaudit.log_relation each table of a join has an entry, with all the rows of the statement. */
    @Test
    void countsTheRowsOfAStatementOnceForADataset() {
        for (LineParser parser : List.of(
                new PgauditCsv().parser(Samples.WITHOUT_TABLES),
                new PgauditJson().parser(Samples.WITHOUT_TABLES),
                new PgauditStderr(LinePrefix.parse("%m [%p] %q%u@%d %h ")).parser(Samples.WITHOUT_TABLES))) {
            assertThat(List.of(
                            people(parser, 0, "4,1", "public.customers"),
                            people(parser, 100, "4,1", "public.addresses"),
                            people(parser, 200, "4,1", "public.customers")))
                    .as("a join with itself as well")
                    .containsExactly(20L, 0L, 0L);
            assertThat(List.of(
                            people(parser, 0, "4,1", "public.customers"),
                            people(parser, 300, "4,2", "public.customers"),
                            people(parser, 400, "5,1", "public.customers")))
                    .as("read once more, within a function, the next statement")
                    .containsOnly(20L);
        }
    }

    @Test
    void countsTheRowsOfAStatementForEachOfItsDatasets() {
        assertThat(List.of(
                        people(csv, 0, "4,1", "public.customers"),
                        people(csv, 100, "4,1", "public.prices"),
                        people(csv, 200, "4,1", "public.orders")))
                .containsExactly(20L, 0L, 20L);
    }

    @Test
    void countsEachEntryWhereNothingTellsTheSession() {
        LineParser nameless = new PgauditStderr(LinePrefix.parse("%m %q%u@%d %h ")).parser(Samples.WITHOUT_TABLES);

        assertThat(List.of(
                        people(nameless, 0, "1,1", "public.customers"), people(nameless, 9, "1,1", "public.customers")))
                .containsOnly(20L);
    }

    private static @Nullable Long people(LineParser parser, long offset, String number, String table) {
        String audit = "AUDIT: SESSION," + number + ",READ,SELECT,TABLE," + table + ",select * from a_join,<none>,20";
        List<String> lines = List.of(
                csv("LOG", audit, ""),
                json("LOG", audit).replace("{", "{\"session_id\":\"s.1\","),
                stderr("LOG", audit),
                stderr("LOG", audit).replace("[7] ", ""));
        return lines.stream()
                .map(line -> parser.parse(line, Samples.at(offset)))
                .flatMap(result -> result instanceof ParseResult.Parsed(AccessEvent.Builder event)
                        ? Stream.of(event)
                        : Stream.of())
                .findFirst()
                .orElseThrow()
                .id("id")
                .build()
                .records();
    }

    /** Its tables have entries of their own; with pgaudit.role they need not. */
    @Test
    void countsAViewByItsTables() {
        String view = "1,1,READ,SELECT,VIEW,public.people,select * from people,<none>,20";

        assertThat(ignored(csv, csv("LOG", "AUDIT: SESSION," + view, ""))).contains("view");
        assertThat(event(unmapped, csv("LOG", "AUDIT: OBJECT," + view, "")).records())
                .isEqualTo(20);
        assertThat(event(csv, csv("LOG", "AUDIT: SESSION," + view.replace("people", "customers"), "")))
                .as("a view that is mapped itself")
                .returns("crm.customers", AccessEvent::dataset)
                .returns(20L, AccessEvent::records);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "11,1,READ,PREPARE,,,\"PREPARE p (oid) AS\n\tSELECT * FROM customers WHERE id = $1;\",<none>",
                "21,1,WRITE,PREPARE,,,PREPARE p AS INSERT INTO customers VALUES (1),<none>",
                "15,2,READ,DECLARE CURSOR,,,DECLARE c CURSOR FOR SELECT * FROM customers,<none>",
            })
    void countsWhatAStatementRunsOnce(String audit) {
        assertThat(ignored(csv, csv("LOG", "AUDIT: SESSION," + audit, ""))).contains("what it runs is told");
    }

    /** As PostgreSQL 15 with pgaudit 1.7 and pgaudit.log_rows writes it: what the cursor selects has no entry then. */
    @ParameterizedTest
    @CsvSource({
        "psql, declare c cursor for select * from customers;, read, crm.customers",
        "psql, DECLARE _psql_cursor NO SCROLL CURSOR FOR select 1, read,",
        "pg_dump, 'DECLARE _pg_dump_cursor CURSOR FOR SELECT id, name FROM ONLY public.customers', export,"
                + " crm.customers",
    })
    void takesACursorForAReadWhereRowsAreLogged(String application, String statement, String action, String dataset) {
        String audit = "AUDIT: SESSION,1,1,READ,DECLARE CURSOR,,,\"" + statement + "\",<not logged>,0";

        AccessEvent event = event(csv, csv("LOG", audit, "").replace("\"psql\"", "\"" + application + "\""));

        assertThat(event.action().label()).isEqualTo(action);
        assertThat(event.dataset()).isEqualTo(dataset);
        assertThat(event.records()).isNull();
    }

    /** With log_error_verbosity = verbose, as PostgreSQL 15 writes it. */
    @Test
    void readsVerboseEntries() {
        String audit = "AUDIT: SESSION,1,1,READ,SELECT,TABLE,public.customers,select * from customers,<not logged>,2";

        assertThat(event(
                        stderr,
                        stderr("LOG", "00000: " + audit) + "\n" + stderr("LOCATION", "log_audit_event, pgaudit.c:783")))
                .isEqualTo(event(stderr, stderr("LOG", audit)));
        assertThat(event(stderr, stderr("FATAL", "28P01: パスワード認証に失敗しました")))
                .returns(Action.LOGIN, AccessEvent::action)
                .returns(Outcome.FAILURE, AccessEvent::outcome);
    }

    @Test
    void rejectsALineThatCanBeReadInTwoWays() {
        String hidden = "AUDIT: SESSION,1,1,READ,SELECT,,,/* LOG:  y */ select * from customers,<not logged>,20000";
        LineParser named = new PgauditStderr(LinePrefix.parse("%m [%p] %q%u@%d %a ")).parser(Samples.RULES);

        assertThat(rejection(named, "2026-12-01 00:01:02.003 JST [7] mori@crm x LOG:  " + hidden))
                .contains("can be read in more than one way");
    }

    @Test
    void tellsOfSeveralStatementsTheOneThatTouchesADataset() {
        assertThat(event(csv, csvFailed("ERROR", "22012", "division by zero", "select 1; select * from customers")))
                .returns(Action.READ, AccessEvent::action)
                .returns("crm.customers", AccessEvent::dataset);
        assertThat(event(csv, csvFailed("ERROR", "42501", "no", "select now(); update customers set a = 1")))
                .returns(Action.UPDATE, AccessEvent::action)
                .returns("crm.customers", AccessEvent::dataset);
    }

    /** Who reads can choose neither the user's nor the database's name. */
    @ParameterizedTest
    @ValueSource(strings = {"y", "AUDIT: SESSION,1,1,READ,SELECT,,,x,<none>,1"})
    void hidesNoReadBehindWhatItsStatementHolds(String text) {
        LineParser usual = new PgauditStderr(LinePrefix.parse("%m [%p] %q%u@%d ")).parser(Samples.RULES);

        assertThat(event(
                        usual,
                        "2026-12-01 00:01:02.003 JST [7] mori@crm LOG:  AUDIT: SESSION,1,1,READ,SELECT,,,\"/* LOG:  "
                                + text + " */ select * from customers\",<not logged>,20000"))
                .returns("crm.customers", AccessEvent::dataset)
                .returns(20_000L, AccessEvent::records);
    }

    /** https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_LogAccess.Concepts.PostgreSQL.html */
    @ParameterizedTest
    @ValueSource(strings = {"192.0.2.5(52900)", "2001:db8::5(52900)", "ap1.example.jp(52900)", "[local]"})
    void readsThePrefixOfAmazonRds(String remote) {
        LineParser rds = new PgauditStderr(LinePrefix.parse("%t:%r:%u@%d:[%p]:")).parser(Samples.RULES);

        AccessEvent event = event(
                rds,
                "2026-12-01 00:30:00 UTC:" + remote + ":mori@crm:[8497]:LOG:  AUDIT: SESSION,1,1,READ,SELECT,TABLE,"
                        + "public.customers,select * from customers,<not logged>");

        assertThat(event.timestamp()).isEqualTo(Instant.parse("2026-12-01T00:30:00Z"));
        assertThat(event.userId()).isEqualTo("mori");
        assertThat(event.sourceAddress()).isEqualTo(remote.replace("(52900)", ""));
    }

    @Test
    void takesWhatPgDumpReadsForAnExport() {
        String copy = "AUDIT: SESSION,9,1,READ,COPY,,,\"COPY public.customers (id, name) TO stdout;\",<not logged>";
        String rows = "AUDIT: SESSION,9,1,READ,SELECT,TABLE,public.customers,SELECT id FROM public.customers,<none>,7";
        String catalogue = "AUDIT: SESSION,8,1,READ,SELECT,TABLE,pg_catalog.pg_class,SELECT oid FROM pg_class,<none>,7";

        assertThat(event(csv, dumped(copy)))
                .returns(Action.EXPORT, AccessEvent::action)
                .returns("file", AccessEvent::destination)
                .returns(null, AccessEvent::records);
        assertThat(event(csv, dumped(rows))).returns(Action.EXPORT, AccessEvent::action);
        assertThat(event(csv, dumped(catalogue))).returns(Action.READ, AccessEvent::action);
    }

    private static String dumped(String message) {
        return csv("LOG", message, "").replace("\"psql\"", "\"pg_dump\"");
    }

    @Test
    void tiesAnErrorToItsStatement() {
        AccessEvent fromStderr = event(
                stderr,
                stderr("ERROR", "permission denied for table customers") + "\n"
                        + stderr("HINT", "ask") + "\n"
                        + stderr("STATEMENT", "copy customers\n\tto stdout"));

        assertThat(fromStderr.action()).isEqualTo(Action.EXPORT);
        assertThat(fromStderr.outcome()).isEqualTo(Outcome.FAILURE);
        assertThat(fromStderr.dataset()).isEqualTo("crm.customers");
        assertThat(fromStderr)
                .isEqualTo(event(
                        csv,
                        csvFailed(
                                "ERROR",
                                "42501",
                                "permission denied for table customers",
                                "copy customers\nto stdout")));
    }

    /** With pgaudit.log_rows pgaudit writes its entry only at the end, and nothing of what breaks off before it. */
    @ParameterizedTest
    @CsvSource({
        "ERROR, 22012, copy (select id / (id - 20000) from customers) to stdout, export, unknown",
        "ERROR, 57014, select * from customers, read, unknown",
        "FATAL, 57P01, copy customers to stdout, export, unknown",
        "FATAL, 08006, set statement_timeout = 300; select * from customers; copy customers to stdout, export, unknown",
        "PANIC, XX000, select * from customers, read, unknown",
        "ERROR, 42501, select * from customers, read, failure",
        "ERROR, 42P01, copy customers to stdout, export, failure",
        "ERROR, 25P02, select * from customers, read, failure",
        "ERROR, 23505, update customers set id = 1, update, failure",
        "ERROR, 57014, delete from customers; update orders set x = 1, delete, failure",
    })
    void tellsWhatMayHaveBeenShownFromWhatWasRefused(
            String severity, String state, String statement, String action, String outcome) {
        assertThat(event(csv, csvFailed(severity, state, "ゼロによる除算", statement)))
                .returns(Action.ofLabel(action).orElseThrow(), AccessEvent::action)
                .returns(Outcome.ofLabel(outcome).orElseThrow(), AccessEvent::outcome)
                .returns("crm.customers", AccessEvent::dataset)
                .returns(null, AccessEvent::records);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "ERROR | division by zero | unknown",
                "FATAL | terminating connection due to administrator command | unknown",
                "FATAL | connection to client lost | unknown",
                "ERROR | invalid input syntax for type integer: \"it does not exist\" at character 8 | unknown",
                "ERROR | permission denied for table customers | failure",
                "ERROR | column \"x\" does not exist at character 8 | failure",
                "ERROR | syntax error at or near \"x\" at character 8 | failure",
            })
    void judgesByTheTextWhereNoStateIsLogged(String severity, String message, String outcome) {
        AccessEvent event =
                event(stderr, stderr(severity, message) + "\n" + stderr("STATEMENT", "copy customers to stdout"));

        assertThat(event.action()).isEqualTo(Action.EXPORT);
        assertThat(event.outcome()).isEqualTo(Outcome.ofLabel(outcome).orElseThrow());
    }

    @Test
    void namesNoDatasetForAFailedStatementThatReadsNone() {
        assertThat(event(unmapped, csvFailed("ERROR", "22012", "division by zero", "select 1/0"))
                        .dataset())
                .isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"fetch all from c", "execute p"})
    void takesTheSourcesDatasetWhereAFailedStatementNamesNoTable(String statement) {
        assertThat(event(unmapped, csvFailed("ERROR", "22012", "division by zero", statement)))
                .returns(Action.READ, AccessEvent::action)
                .returns(Outcome.UNKNOWN, AccessEvent::outcome)
                .returns("crm", AccessEvent::dataset);
    }

    /** RETURNING shows what was there before; that of INSERT gives back what was given. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "UPDATE,TABLE,public.customers,begin; update customers set id=id returning *; rollback | read",
                "DELETE,TABLE,public.customers,delete from customers returning name | read",
                "INSERT,TABLE,public.customers,merge into customers c using x on true when matched then delete"
                        + " returning c.* | read",
                "UPDATE,TABLE,public.customers,with u as (update customers set id=id returning *) select * from u |"
                        + " read",
                "INSERT,TABLE,public.customers,insert into customers values (1) returning id | update",
                "UPDATE,TABLE,public.customers,\"update customers set \"\"returning\"\" = 1\" | update",
            })
    void takesWhatAWriteReturnsForARead(String audit, String action) {
        assertThat(event(csv, csv("LOG", "AUDIT: SESSION,1,1,WRITE," + audit + ",<not logged>,20000", "")))
                .returns(Action.ofLabel(action).orElseThrow(), AccessEvent::action)
                .returns("crm.customers", AccessEvent::dataset)
                .returns(20000L, AccessEvent::records);
    }

    /** With pgaudit.log_relation off, as it is by default, the whole statement has but this entry. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "insert into scratch select * from customers",
                "with c as (select * from customers) insert into scratch select * from c",
                "insert into scratch values ((select name from public.customers limit 1))",
                "begin; insert into orders table customers; commit",
                "with u as (update scratch s set x=c.x from customers c returning c.*) insert into mine select * from"
                        + " u",
            })
    void takesWhatAnInsertReadsForARead(String statement) {
        String audit = "AUDIT: SESSION,1,1,WRITE,INSERT,,," + quoted(statement) + ",<not logged>,20000";

        assertThat(event(csv, csv("LOG", audit, "")))
                .returns(Action.READ, AccessEvent::action)
                .returns("crm.customers", AccessEvent::dataset)
                .returns(20_000L, AccessEvent::records);
        assertThat(event(unmapped, csv("LOG", audit, "")))
                .returns(Action.READ, AccessEvent::action)
                .returns("crm", AccessEvent::dataset)
                .returns(20_000L, AccessEvent::records);
    }

    /** What is copied out of a table by UPDATE or MERGE is read as by INSERT; what only its condition asks for is not. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "UPDATE | update notes n set text=c.name from customers c where c.id=n.id | read | crm.customers",
                "UPDATE | update notes set text=(select name from customers where id=1 limit 1) | read | crm.customers",
                "UPDATE | with c as (select * from customers) update notes set text=c.name from c | read |"
                        + " crm.customers",
                "UPDATE | update notes set done=true where id in (select id from customers) | update | crm.customers",
                "UPDATE | update customers c set note=s.note from staged s where s.id=c.id | update | crm.customers",
                "UPDATE | update customers set note=x from public.orders returning customers.* | read | crm.customers",
                "MERGE | merge into notes n using customers c on c.id=n.id when matched then update set text=c.name |"
                        + " read | crm.customers",
                "MERGE | merge into notes n using (select * from customers) c on true when not matched then insert"
                        + " values (c.name) | read | crm.customers",
                "MERGE | merge into customers c using staged s on c.id=s.id when matched then delete | update |"
                        + " crm.customers",
                "UPDATE | update notes set done=true; select * from customers for update | update | crm.customers",
                "DELETE | delete from notes using customers c where c.id=notes.id | delete | crm.customers",
            })
    void takesWhatIsCopiedOutOfATableForARead(String command, String statement, String action, String dataset) {
        String audit = "AUDIT: SESSION,1,1,WRITE," + command + ",,," + quoted(statement) + ",<not logged>,7";

        AccessEvent event = event(csv, csv("LOG", audit, ""));

        assertThat(event.action().label()).isEqualTo(action);
        assertThat(event.dataset()).isEqualTo(dataset);
        assertThat(event.records()).isEqualTo(7);
    }

    /** Rows that the server makes itself are nobody's; what a function of one's own reads cannot be seen, so it counts. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                "select * from generate_series(1, 100) | -",
                "select * from unnest(array[1, 2]) with ordinality | -",
                "select t.* from jsonb_to_recordset($1) as t(id int) | -",
                "select * from pg_catalog.generate_series(1, 100) | -",
                "select * from customers_of(7) | crm",
                "select * from public.generate_series(1) | crm",
                "select * from generate_series | crm",
                "select * from generate_series(1, 100) g, people | crm",
                "select * from unnest((select array_agg(name) from people)) | crm",
                "select * from people where unnest(tags) = 'x' | crm",
                "select * from people, unnest(tags) | crm",
            })
    void takesWhatAFunctionReadsForAReadUnlessItIsTheServersOwn(String statement, @Nullable String dataset) {
        String audit = "AUDIT: SESSION,1,1,READ,SELECT,,," + quoted(statement) + ",<not logged>,100";

        assertThat(event(unmapped, csv("LOG", audit, "")))
                .returns(Action.READ, AccessEvent::action)
                .returns(dataset, AccessEvent::dataset);
    }

    /** A session may take backslashes for what they were before {@code standard_conforming_strings}. */
    @Test
    void findsAReadWhicheverWayTheSessionReadsBackslashes() {
        String audit = "AUDIT: SESSION,1,1,READ,SELECT,,," + quoted("select '\\'', c.* from customers c -- '")
                + ",<not logged>,100";

        assertThat(event(csv, csv("LOG", audit, ""))).returns("crm.customers", AccessEvent::dataset);
        assertThat(event(unmapped, csv("LOG", audit, ""))).returns("crm", AccessEvent::dataset);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "insert into customers values (1)",
                "insert into customers select * from staged",
                "insert into customers select 1 where not exists (select 1 from Customers)",
            })
    void takesAnInsertForAnUpdateOfItsTable(String statement) {
        assertThat(event(csv, csv("LOG", "AUDIT: SESSION,1,1,WRITE,INSERT,,," + quoted(statement) + ",,7", "")))
                .returns(Action.UPDATE, AccessEvent::action)
                .returns("crm.customers", AccessEvent::dataset);
    }

    @Test
    void takesLogInsAsEvents() {
        assertThat(event(stderr, stderr("LOG", "connection authorized: user=mori database=crm")))
                .returns(Action.LOGIN, AccessEvent::action)
                .returns(Outcome.SUCCESS, AccessEvent::outcome)
                .returns(null, AccessEvent::dataset);
        assertThat(event(stderr, stderr("FATAL", "password authentication failed for user \"mori\"")))
                .returns(Action.LOGIN, AccessEvent::action)
                .returns(Outcome.FAILURE, AccessEvent::outcome);
    }

    /** As pg_basebackup takes all there is; with log_replication_commands, as PostgreSQL 15 writes it. */
    @Test
    void takesABackupOfTheServerForAnExport() {
        String command = "BASE_BACKUP ( LABEL 'pg_basebackup base backup',  PROGRESS,  TARGET 'client')";
        String message = "received replication command: " + command;

        for (AccessEvent event : List.of(
                event(unmapped, csv("LOG", message, command)),
                event(unmapped, csv("LOG", "レプリケーションコマンドを受信しました: " + command, "")),
                event(
                        new PgauditStderr(LinePrefix.parse("%m [%p] %q%u@%d %h ")).parser(Samples.WITHOUT_TABLES),
                        stderr("LOG", message) + "\n" + stderr("STATEMENT", command)))) {
            assertThat(event)
                    .returns("mori", AccessEvent::userId)
                    .returns(Action.EXPORT, AccessEvent::action)
                    .returns(Outcome.UNKNOWN, AccessEvent::outcome)
                    .returns("file", AccessEvent::destination)
                    .returns("crm", AccessEvent::dataset)
                    .returns(null, AccessEvent::records);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "received replication command: IDENTIFY_SYSTEM",
                "statement: select 'x: BASE_BACKUP ( )'",
                "received replication command: BASE_BACKUPS",
            })
    void takesNoOtherMessageForABackup(String message) {
        assertThat(ignored(csv, csv("LOG", message, ""))).isEqualTo("server message");
    }

    @Test
    void takesAConnectionForReplicationForALogIn() {
        String message = "replication connection authorized: user=mori application_name=pg_basebackup";

        assertThat(event(stderr, stderr("LOG", message))).returns(Action.LOGIN, AccessEvent::action);
        assertThat(event(csv, csv("LOG", message, ""))).returns(Action.LOGIN, AccessEvent::action);
    }

    @ParameterizedTest
    @CsvSource({
        "LOG, authentication, 00000, 接続認可: ユーザー=mori データベース=crm, success",
        "FATAL, authentication, 28P01, ユーザー\"mori\"のパスワード認証に失敗しました, failure",
        "FATAL, '', 28000, ロール\"mori\"は存在しません, failure",
        "FATAL, startup, 3D000, データベース\"crm\"は存在しません, failure",
        "FATAL, startup, 53300, 接続数が多すぎます, failure",
    })
    void knowsLogInsInAnyLanguage(String severity, String tag, String state, String message, String outcome) {
        for (AccessEvent event : new AccessEvent[] {
            event(csv, csv(severity, tag, state, message)), event(json, json(severity, tag, state, message))
        }) {
            assertThat(event.action()).isEqualTo(Action.LOGIN);
            assertThat(event.outcome()).isEqualTo(Outcome.ofLabel(outcome).orElseThrow());
        }
    }

    @ParameterizedTest
    @CsvSource({
        "LOG, authentication, 00000, 接続認証完了: 識別=\"mori\" 方式=trust (/etc/pg_hba.conf:117)",
        "LOG, authentication, 00000, connection authenticated: user=\"mori\" method=trust (/etc/pg_hba.conf:117)",
        "LOG, SELECT, 00000, duration: 3 ms user=mori database=crm",
        "FATAL, idle, 57P01, terminating connection because the role does not exist",
    })
    void takesNoOtherEntryAsALogIn(String severity, String tag, String state, String message) {
        assertThat(ignored(csv, csv(severity, tag, state, message))).isNotBlank();
        assertThat(ignored(json, json(severity, tag, state, message))).isNotBlank();
    }

    @Test
    void namesWhyAnEntryIsNoAccess() {
        assertThat(ignored(stderr, "2026-12-01 00:01:02.003 JST [7] LOG:  database system is ready"))
                .isEqualTo("server message");
        assertThat(ignored(csv, csv("LOG", "disconnection: session time: 0:00:01", "")))
                .isEqualTo("disconnection");
        assertThat(ignored(csv, csv("LOG", "AUDIT: SESSION,1,1,ROLE,GRANT,,,grant x to y,<none>,0", "")))
                .isEqualTo("pgaudit ROLE statement");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "\tcontinued",
                "2026-12-01 00:01:02.003 JST [7] mori@crm 192.0.2.5 LOUD:  hello",
                "2026-12-01 00:01:02.003 XST [7] mori@crm 192.0.2.5 LOG:  hello",
                "2026-12-01 00:01:02.003 JST [7] mori@crm 192.0.2.5 STATEMENT:  select 1",
                "2026-12-01 00:01:02.003 JST [7] mori@crm 192.0.2.5 LOG:  AUDIT: SESSION,1,1",
                "2026-12-01 00:01:02.003 JST [7] mori@crm 192.0.2.5 LOG:  AUDIT: SESSION,1,1,READ,\"open",
            })
    void rejectsMalformedLines(String line) {
        assertThat(rejection(stderr, line)).isNotBlank();
    }

    @Test
    void namesTheSettingWhereATimeIsOfAnotherZone() {
        assertThat(rejection(stderr, "2026-12-01 00:01:02.003 CET [7] mori@crm 192.0.2.5 LOG:  hello"))
                .startsWith("the time cannot be read in zone Asia/Tokyo: 2026-12-01 00:01:02.003 CET")
                .endsWith("set the source's zone to the server's log_timezone");
    }

    @Test
    void rejectsMalformedCsvAndJson() {
        assertThat(rejection(csv, "a,b")).contains("2 columns");
        assertThat(rejection(csv, "a,\"b")).contains("quote");
        assertThat(rejection(json, "{}")).contains("no timestamp");
        assertThat(rejection(json, "{")).contains("not a jsonlog line");
    }

    @Test
    void refusesAPrefixThatCannotBeReadBack() {
        assertThatThrownBy(() -> LinePrefix.parse("%m%u ")).hasMessageContaining("nothing tells where %m ends");
        assertThatThrownBy(() -> LinePrefix.parse("%m %y ")).hasMessageContaining("%y is no escape");
    }

    private static String csv(String severity, String tag, String state, String message) {
        return "2026-12-01 00:01:02.003 JST,\"mori\",\"crm\",7,\"192.0.2.5:5000\",s.1,3," + quoted(tag)
                + ",2026-12-01 00:00:00 JST,3/4,0," + severity + "," + state + "," + quoted(message)
                + ",,,,,,,,,\"psql\",\"client backend\",,0";
    }

    private static String csvFailed(String severity, String state, String message, String statement) {
        return csv(severity, message, statement)
                .replace("," + severity + ",00000,", "," + severity + "," + state + ",");
    }

    private static String json(String severity, String tag, String state, String message) {
        return "{\"timestamp\":\"2026-12-01 00:01:02.003 JST\",\"user\":\"mori\",\"dbname\":\"crm\",\"ps\":\"" + tag
                + "\",\"error_severity\":\"" + severity + "\",\"state_code\":\"" + state + "\",\"message\":\""
                + message.replace("\"", "\\\"") + "\"}";
    }

    private static String csv(String severity, String message, String statement) {
        return "2026-12-01 00:01:02.003 JST,\"mori\",\"crm\",7,\"192.0.2.5:5000\",s.1,3,\"x\",2026-12-01 00:00:00"
                + " JST,3/4,0,"
                + severity + ",00000," + quoted(message) + ",,,,,," + quoted(statement)
                + ",,,\"psql\",\"client backend\",,0";
    }

    private static String quoted(String text) {
        return "\"" + text.replace("\"", "\"\"") + "\"";
    }

    private static String json(String severity, String message) {
        return "{\"timestamp\":\"2026-12-01 00:01:02.003"
                + " JST\",\"user\":\"mori\",\"dbname\":\"crm\",\"remote_host\":\"192.0.2.5\","
                + "\"error_severity\":\"" + severity + "\",\"message\":\"" + message + "\"}";
    }

    private static String stderr(String severity, String text) {
        return "2026-12-01 00:01:02.003 JST [7] mori@crm 192.0.2.5 " + severity + ":  " + text;
    }
}
