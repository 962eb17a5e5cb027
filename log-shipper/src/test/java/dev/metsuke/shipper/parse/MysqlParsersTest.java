package dev.metsuke.shipper.parse;

import static dev.metsuke.shipper.parse.Samples.event;
import static dev.metsuke.shipper.parse.Samples.ignored;
import static dev.metsuke.shipper.parse.Samples.records;
import static dev.metsuke.shipper.parse.Samples.rejection;
import static org.assertj.core.api.Assertions.assertThat;

import dev.metsuke.events.access.AccessEvent;
import dev.metsuke.events.access.Action;
import dev.metsuke.events.access.Outcome;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MysqlParsersTest {

    private static final String MARIADB = "20261201 09:30:00,db1,mori,192.0.2.5,42,1001,";

    private final LineParser mariadb = new MariadbAudit(Told.STATEMENTS).parser(Samples.RULES);
    private final LineParser mariadbTables = new MariadbAudit(Told.TABLES).parser(Samples.RULES);
    private final LineParser unmapped = new MariadbAudit(Told.STATEMENTS).parser(Samples.WITHOUT_TABLES);
    private final LineParser json = new MysqlAuditJson(Told.STATEMENTS).parser(Samples.RULES);
    private final LineParser jsonTables = new MysqlAuditJson(Told.TABLES).parser(Samples.RULES);
    private final LineParser xml = new MysqlAuditXml(Told.STATEMENTS).parser(Samples.RULES);
    private final LineParser xmlTables = new MysqlAuditXml(Told.TABLES).parser(Samples.RULES);

    @Test
    void readsTheSameAccessFromEveryServersLog() {
        AccessEvent read = event(mariadb, MARIADB + "QUERY,public,'select * from customers where name=\\'x, y\\'',0");

        assertThat(read.timestamp()).isEqualTo(Instant.parse("2026-12-01T00:30:00Z"));
        assertThat(read.userId()).isEqualTo("mori");
        assertThat(read.sourceIp()).isEqualTo("192.0.2.5");
        assertThat(read.action()).isEqualTo(Action.READ);
        assertThat(read.outcome()).isEqualTo(Outcome.SUCCESS);
        assertThat(read.dataset()).isEqualTo("crm.customers");
        assertThat(read.records()).isNull();
        assertThat(read)
                .isEqualTo(
                        event(json, percona("Query", "0", "\"sqltext\":\"select * from customers where name='x, y'\"")))
                .isEqualTo(event(json, enterprise("general", "status", """
                    "general_data":{"command":"Query","sql_command":"select","status":0,
                    "query":"select * from customers where name='x, y'"}\
                    """)))
                .isEqualTo(event(xml, """
                    <AUDIT_RECORD
                      NAME="Query"
                      RECORD="2_2026-12-01T00:00:00"
                      TIMESTAMP="2026-12-01T00:30:00 UTC"
                      COMMAND_CLASS="select"
                      CONNECTION_ID="42"
                      STATUS="0"
                      SQLTEXT="select * from customers where name=&apos;x, y&#39;"
                      USER="mori[mori] @  [192.0.2.5]"
                      HOST=""
                      OS_USER=""
                      IP="192.0.2.5"
                    />\
                    """))
                .isEqualTo(event(xml, """
                    <AUDIT_RECORD>
                      <TIMESTAMP>2026-12-01T00:30:00 UTC</TIMESTAMP>
                      <RECORD_ID>2_2026-12-01T00:00:00</RECORD_ID>
                      <NAME>Query</NAME>
                      <CONNECTION_ID>42</CONNECTION_ID>
                      <STATUS>0</STATUS>
                      <USER>mori[mori] @  [192.0.2.5]</USER>
                      <OS_LOGIN/>
                      <HOST></HOST>
                      <IP>192.0.2.5</IP>
                      <COMMAND_CLASS>select</COMMAND_CLASS>
                      <SQLTEXT>select * from customers where name='x, y'</SQLTEXT>
                     </AUDIT_RECORD>\
                    """));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "SELECT /*!40001 SQL_NO_CACHE */ * FROM `customers` | export | crm.customers",
                "SELECT id INTO OUTFILE \\'/tmp/x.csv\\' FROM public.customers | export | crm.customers",
                "select /* from customers */ \\'it\\'\\'s from customers\\', `x` from sales.prices -- customers |"
                        + " read |",
                "with c as (select 1) select * from c join `public`.`customers` | read | crm.customers",
                "insert into customers values (1) | update | crm.customers",
                "replace into customers values (1) | update | crm.customers",
                "truncate table customers | delete | crm.customers",
                "DELETE FROM customers WHERE id=1 # orders | delete | crm.customers",
                "SET STATEMENT max_statement_time=10 FOR SELECT * FROM customers | read | crm.customers",
                "ANALYZE FORMAT=JSON SELECT * FROM customers | read | crm.customers",
                "explain analyze select * from customers | read | crm.customers",
                "CREATE TABLE mine AS SELECT * FROM customers | read | crm.customers",
                "BEGIN NOT ATOMIC SELECT * FROM customers; END | read | crm.customers",
                "select 1 | read |",
                "select * from information_schema.tables | read |",
            })
    void tellsWhatWasDone(String statement, String action, String dataset) {
        AccessEvent event = event(mariadb, MARIADB + "QUERY,public,'" + statement + "',0");

        assertThat(event.action().label()).isEqualTo(action);
        assertThat(event.dataset()).isEqualTo(dataset);
        assertThat(event.records()).isNull();
        assertThat(event.destination()).isEqualTo(action.equals("export") ? "file" : null);
    }

    /** Statements that MariaDB 10.11 and MySQL 8.4 take. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "SELECT`name`,`email`FROM`customers` | read",
                "select * from`customers` | read",
                "SELECT name, id--1 FROM customers | read",
                "SELECT id--1, email INTO OUTFILE \\'/tmp/x\\' FROM customers | export",
                "SELECT name AS $$ FROM customers ORDER BY $$ | read",
                "SELECT * FROM \"customers\" | read",
                "SELECT * FROM \"public\" . \"customers\" | read",
                "SELECT \"from prices\", 1.from customers | read",
                "SELECT 1e0from customers | read",
                "SELECT 2*/*\\'*/3 FROM customers | read",
                "SELECT 1 -- x\\n FROM customers # where y | read",
                "SELECT * /*! FROM customers */ | read",
                "SELECT * /*M!100100 FROM customers */ | read",
            })
    void readsTheDialect(String statement, String action) {
        String line = MARIADB + "QUERY,public,'" + statement + "',0";

        assertThat(event(mariadb, line))
                .returns(Action.ofLabel(action).orElseThrow(), AccessEvent::action)
                .returns("crm.customers", AccessEvent::dataset);
        assertThat(event(unmapped, line))
                .returns(Action.ofLabel(action).orElseThrow(), AccessEvent::action)
                .returns("crm", AccessEvent::dataset);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT version()",
                "SELECT now() FROM DUAL",
                "select 1 as `from`, \"from customers\"",
                "select 1customers"
            })
    void takesNoTextAndNoKeyWordForATable(String statement) {
        assertThat(event(unmapped, MARIADB + "QUERY,public,'" + statement + "',0")
                        .dataset())
                .isNull();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "SET @x=(SELECT json_arrayagg(email) FROM customers) | read",
                "IF 1 THEN SELECT * FROM customers; END IF | read",
                "BEGIN NOT ATOMIC SET @a=1; SELECT * FROM customers; END | read",
                "BEGIN NOT ATOMIC UPDATE orders SET x=1; SELECT * INTO OUTFILE \\'x\\' FROM customers; END | export",
                "DO (SELECT count(email) FROM customers) | read",
                "CALL note((SELECT email FROM customers LIMIT 1)) | read",
                "INSERT INTO mine SELECT * FROM customers | read",
                "INSERT mine SELECT * FROM customers | read",
                "REPLACE LOW_PRIORITY mine SELECT * FROM customers | read",
                "REPLACE mine SELECT c.* FROM prices p JOIN customers c | read",
                "DELETE FROM customers WHERE id=1 RETURNING name | read",
                "INSERT INTO customers SELECT * FROM staged | update",
                "UPDATE customers SET x=(SELECT max(x) FROM prices) | update",
                "UPDATE notes n JOIN customers c ON c.id=n.id SET n.text=c.name | read",
                "UPDATE notes SET done=1 WHERE id IN (SELECT id FROM customers) | update",
                "DELETE FROM customers WHERE id IN (SELECT id FROM prices) | delete",
            })
    void findsAQueryInAnyStatement(String statement, String action) {
        assertThat(event(mariadb, MARIADB + "QUERY,public,'" + statement + "',0"))
                .returns(Action.ofLabel(action).orElseThrow(), AccessEvent::action)
                .returns("crm.customers", AccessEvent::dataset);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "EXPLAIN SELECT * FROM customers",
                "DESCRIBE SELECT * FROM customers",
                "CREATE VIEW v AS SELECT * FROM customers",
                "CREATE OR REPLACE DEFINER=`r`@`%` PROCEDURE p() BEGIN DELETE FROM x; SELECT * FROM customers; END",
                "CREATE TRIGGER t BEFORE INSERT ON x FOR EACH ROW SET @a=(SELECT max(id) FROM customers)",
                "ALTER VIEW v AS SELECT * FROM customers",
                "PREPARE s FROM @x",
                "REVOKE SELECT ON customers FROM mori",
                "SET @x=(SELECT max(table_rows) FROM information_schema.tables)",
                "SET @x=(SELECT 1)",
                "SET @x=(SELECT now() FROM DUAL)",
                "CREATE TABLE t (id int)",
            })
    void ignoresWhatRunsNoQueryOfUsersTables(String statement) {
        assertThat(ignored(mariadb, MARIADB + "QUERY,public,'" + statement + "',0"))
                .isEqualTo("statement that is no access");
    }

    /** What a server of another version skips, and what another {@code sql_mode} takes for a text, hides nothing. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "/*!99999 explain */ select * from customers",
                "/*!99999 insert into customers */ select * from customers",
                "/*M!999999 prepare p from */ select * from customers",
                "/*!99999 explain */ /*!40000 select * from customers */",
                "/*!99999 explain /* /* */ */ select * from customers -- */",
                "/*!99999 \\' */ /*!88888 explain */ select * from customers -- \\'",
                "/*!40001 select */ * from customers",
                "select \\'\\\\\\', c.* from customers c where c.id > \\'0\\'",
                "insert into mine select \\'\\\\\\', c.* from customers c where c.id > \\'0\\'",
            })
    void findsAReadWhicheverWayTheServerReadsItsStatement(String statement) {
        assertThat(event(mariadb, MARIADB + "QUERY,public,'" + statement + "',0"))
                .returns(Action.READ, AccessEvent::action)
                .returns("crm.customers", AccessEvent::dataset);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "insert into letters values (\\'it\\\\\\'s from customers\\')",
                "update letters set text=\\'/*!99999 x*/ it\\\\\\'s from customers\\'",
            })
    void takesNoWordOfATextThatIsWrittenForATable(String statement) {
        assertThat(event(mariadb, MARIADB + "QUERY,public,'" + statement + "',0"))
                .returns(Action.UPDATE, AccessEvent::action)
                .returns(null, AccessEvent::dataset);
    }

    @Test
    void rejectsAStatementThatMayBeTooManyThings() {
        String comments = "/*!50001 a*/ /*!50002 b*/ /*!50003 c*/ /*!50004 d*/ /*!50005 e*/";

        assertThat(rejection(mariadb, MARIADB + "QUERY,public,'" + comments + " select 1',0"))
                .contains("so many versions");
    }

    @Test
    void takesWhatIsReadForAnotherTableForARead() {
        assertThat(event(unmapped, MARIADB + "QUERY,public,'INSERT INTO mine SELECT * FROM people',0"))
                .returns(Action.READ, AccessEvent::action)
                .returns("crm", AccessEvent::dataset);
        assertThat(event(json, enterprise("general", "status", """
            "general_data":{"query":"create table mine as select * from public.customers","status":0},
            "query_statistics":{"rows_sent":0}\
            """)))
                .returns(Action.READ, AccessEvent::action)
                .returns("crm.customers", AccessEvent::dataset)
                .returns(null, AccessEvent::records);
    }

    @Test
    void countsWhatTheServerCounted() {
        String counted = enterprise("general", "status", """
            "general_data":{"query":"select * from public.customers","status":0},
            "query_statistics":{"query_time":0.1,"rows_sent":310,"rows_examined":900}\
            """);

        assertThat(event(json, counted).records()).isEqualTo(310);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "SELECT /*!40001 SQL_NO_CACHE */* FROM customers | export",
                "SELECT /*! STRAIGHT_JOIN */* FROM customers | read",
                "SELECT * /*!50000 INTO */ OUTFILE \\'/tmp/x\\' FROM customers | export",
                "BEGIN NOT ATOMIC SELECT 1; SELECT * FROM customers; END | read",
                "BEGIN NOT ATOMIC SELECT NOW(); DELETE FROM customers; END | delete",
                "INSERT INTO customers(a) SELECT 1 FROM DUAL WHERE NOT EXISTS (SELECT 1 FROM customers) | update",
                "INSERT INTO customers(a, b) VALUES (1, (SELECT max(id) FROM Customers)) | update",
            })
    void findsWhatIsDoneToATable(String statement, String action) {
        AccessEvent event = event(mariadb, MARIADB + "QUERY,public,'" + statement + "',0");

        assertThat(event.action().label()).isEqualTo(action);
        assertThat(event.dataset()).isEqualTo("crm.customers");
    }

    @Test
    void takesACountBelowNoneForUnknown() {
        String counted = enterprise("general", "status", """
            "general_data":{"query":"select * from public.customers","status":0},
            "query_statistics":{"query_time":0.1,"rows_sent":-1,"rows_examined":900}\
            """);

        assertThat(event(json, counted).records()).isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "20261201 09:30:00,db1,mori,192.0.2.5,42,0,FAILED_CONNECT,,,1045",
                "20261201 09:30:00,db1,mori,192.0.2.5,42,0,FAILED_CONNECT,,,1045,TLSv1.3",
            })
    void takesARefusedLogInAsAFailure(String line) {
        AccessEvent refused = event(mariadb, line);

        assertThat(refused.action()).isEqualTo(Action.LOGIN);
        assertThat(refused.outcome()).isEqualTo(Outcome.FAILURE);
        assertThat(refused)
                .isEqualTo(event(json, percona("Connect", "1045", "\"db\":\"\"")))
                .isEqualTo(event(
                        json,
                        enterprise("connection", "connect", "\"connection_data\":{\"status\":1045,\"db\":\"crm\"}")));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "mori,x,192.0.2.5,42,0,CONNECT,c,r,TLSv1.3,0 | mori,x | SUCCESS",
                "mori,x,192.0.2.5,42,0,FAILED_CONNECT,,,1045 | mori,x | FAILURE",
                "a,b,1,2,192.0.2.5,42,0,FAILED_CONNECT,,,1045 | a,b,1,2 | FAILURE",
                "mori,192.0.2.5,42,0,FAILED_CONNECT,crm,,0,,1049 | mori | FAILURE",
                "',192.0.2.5,42,0,CONNECT,crm,,0,TLSv1.3 | ' | SUCCESS",
                "mori,x,192.0.2.5,42,0,CONNECT,c,r,,0 | mori,x | SUCCESS",
                "mori,x,192.0.2.5,42,0,CHANGEUSER,crm,,0 | mori,x | SUCCESS",
            })
    void findsTheFieldsBesideAUserWithCommas(String line, String user, Outcome outcome) {
        assertThat(event(mariadb, "20261201 09:30:00,db1," + line))
                .returns(Action.LOGIN, AccessEvent::action)
                .returns(user, AccessEvent::userName)
                .returns("192.0.2.5", AccessEvent::sourceIp)
                .returns(outcome, AccessEvent::outcome);
    }

    @Test
    void tellsWhatAUserWithCommasReads() {
        assertThat(event(mariadb, "20261201 09:30:00,db1,mori,x,192.0.2.5,42,7,QUERY,crm,'select * from customers',0"))
                .returns("mori,x", AccessEvent::userName)
                .returns(Action.READ, AccessEvent::action);
    }

    /** Anybody can try to log in by any name. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "root,10.0.0.1,5,0,CONNECT,crm,,0,192.0.2.5,42,0,FAILED_CONNECT,,,1045",
                "root,10.0.0.1,5,0,DISCONNECT,crm,,0,192.0.2.5,42,0,FAILED_CONNECT,,,1045",
                "root,10.0.0.1,5,0,CONNECT,192.0.2.5,42,0,FAILED_CONNECT,,,1045",
                "root,10.0.0.1,5,7,QUERY,crm,'select * from customers',0,192.0.2.5,42,0,FAILED_CONNECT,,,1045",
                "root,10.0.0.1,5,7,READ,crm,customers,,192.0.2.5,42,0,FAILED_CONNECT,,,1045",
                "mori,192.0.2.5,42,0,FAILED_CONNECT,x,10.0.0.1,5,0,CONNECT,crm,,0,,1049",
            })
    void rejectsAUserThatIsCalledLikeWhatStandsBehindIt(String line) {
        assertThat(rejection(mariadb, "20261201 09:30:00,db1," + line)).contains("can be read in two ways");
    }

    @Test
    void takesAnAdmittedLogInAndARefusedStatement() {
        assertThat(event(mariadb, MARIADB + "CONNECT,crm,,0"))
                .returns(Action.LOGIN, AccessEvent::action)
                .returns(Outcome.SUCCESS, AccessEvent::outcome);
        assertThat(event(mariadb, MARIADB + "QUERY,public,'select * from customers',1142"))
                .returns(Outcome.FAILURE, AccessEvent::outcome)
                .returns("crm.customers", AccessEvent::dataset);
    }

    /** As MariaDB 10.11 ends a SELECT that sent 39,999 rows, or left so many in its file, before it failed. */
    @ParameterizedTest
    @CsvSource({
        "1242, 'select id, if(id=40000, (select 1 union select 2), 0) from customers', read, unknown",
        "1969, select * from customers, read, unknown",
        "1160, select * from customers, read, unknown",
        "1317, select sql_no_cache * from customers, export, unknown",
        "1242, select * into outfile \\'x\\' from customers, export, unknown",
        "1086, select * into outfile \\'x\\' from customers, export, failure",
        "1290, select * into outfile \\'x\\' from customers, export, failure",
        "1054, select nosuch from customers, read, failure",
        "1062, insert into customers values (1), update, failure",
        "1205, delete from customers, delete, failure",
    })
    void tellsWhatMayHaveBeenShownFromWhatWasRefused(String code, String statement, String action, String outcome) {
        assertThat(event(mariadb, MARIADB + "QUERY,public,'" + statement + "'," + code))
                .returns(Action.ofLabel(action).orElseThrow(), AccessEvent::action)
                .returns(Outcome.ofLabel(outcome).orElseThrow(), AccessEvent::outcome)
                .returns("crm.customers", AccessEvent::dataset)
                .returns(null, AccessEvent::records);
    }

    @Test
    void countsAPreparedStatementWhenItIsExecuted() {
        String general = """
            "general_data":{"command":"%s","query":"select * from public.customers where id=?","status":0}\
            """;

        assertThat(ignored(json, enterprise("general", "status", general.formatted("Prepare"))))
                .contains("no statement ran");
        assertThat(event(json, enterprise("general", "status", general.formatted("Execute"))))
                .returns(Action.READ, AccessEvent::action);
    }

    @Test
    void countsNoRowsOfWhatBrokeOff() {
        String broken = enterprise("general", "status", """
            "general_data":{"query":"select * from public.customers","status":1317},
            "query_statistics":{"query_time":0.1,"rows_sent":0,"rows_examined":900}\
            """);

        assertThat(event(json, broken))
                .returns(Outcome.UNKNOWN, AccessEvent::outcome)
                .returns(null, AccessEvent::records);
    }

    @Test
    void readsAStatementOfSeveralLines() {
        AccessEvent event = event(
                mariadb, MARIADB + "QUERY,public,'select\\n\\tid, \\'a\\\\\\\\n\\' -- it\\r\\nfrom\\ncustomers',0");

        assertThat(event.action()).isEqualTo(Action.READ);
        assertThat(event.dataset()).isEqualTo("crm.customers");
    }

    /** As MariaDB 12 writes them, with port and TLS version. */
    @ParameterizedTest
    @CsvSource({
        "192.0.2.5:51000, 192.0.2.5",
        "ap1:51000, ap1",
        "2001:db8::5:51000, 2001:db8::5",
        "2001:db8::5, 2001:db8::5",
        "2001:db8:0:0:0:0:0:5:4100, 2001:db8:0:0:0:0:0:5",
        "localhost, localhost",
    })
    void keepsThePortOutOfTheAddress(String host, String address) {
        AccessEvent event = event(mariadb, "20261201 09:30:00,db1,mori," + host + ",42,0,CONNECT,crm,TLSv1.3,0");

        assertThat(event.sourceAddress()).isEqualTo(address);
        assertThat(event.outcome()).isEqualTo(Outcome.SUCCESS);
    }

    @Test
    void takesAChangeOfUserForALogIn() {
        AccessEvent changed = event(mariadb, "20261201 09:30:00,db1,mori,192.0.2.5,42,0,CHANGEUSER,crm,,0");

        assertThat(changed.action()).isEqualTo(Action.LOGIN);
        assertThat(changed)
                .isEqualTo(event(json, percona("Change user", "0", "\"db\":\"crm\"")))
                .isEqualTo(event(
                        json,
                        enterprise("connection", "change_user", "\"connection_data\":{\"status\":0,\"db\":\"crm\"}")));
    }

    @Test
    void countsAStatementOrItsTablesButNotBoth() {
        assertThat(ignored(mariadb, MARIADB + "READ,public,customers,")).isEqualTo("table of a statement that is told");
        assertThat(ignored(mariadbTables, MARIADB + "QUERY,public,'select 1',0"))
                .isEqualTo("statement, of which the tables are told");
        assertThat(event(mariadbTables, MARIADB + "READ,public,customers,"))
                .returns(Action.READ, AccessEvent::action)
                .returns("crm.customers", AccessEvent::dataset);
        assertThat(event(mariadbTables, MARIADB + "READ,mysql,proc,").dataset()).isNull();
        assertThat(event(jsonTables, enterprise("table_access", "read", """
            "table_access_data":{"db":"public","table":"customers","sql_command":"select",
            "query":"select * from public.customers into outfile '/tmp/x'"}\
            """)))
                .returns(Action.EXPORT, AccessEvent::action)
                .returns("crm.customers", AccessEvent::dataset);
    }

    /** A table's entry in MariaDB's log has no SQL, by which the others tell an export. */
    @Test
    void takesAnExportFromItsStatementWhereTheTablesDoNotTellIt() {
        String exported = "select * into outfile \\'/tmp/x\\' from customers";

        assertThat(event(mariadbTables, MARIADB + "QUERY,public,'" + exported + "',0"))
                .returns(Action.EXPORT, AccessEvent::action)
                .returns("file", AccessEvent::destination)
                .returns("crm.customers", AccessEvent::dataset);
        assertThat(event(
                        mariadbTables, MARIADB + "QUERY,public,'SELECT /*!40001 SQL_NO_CACHE */ * FROM `customers`',0"))
                .returns(Action.EXPORT, AccessEvent::action);
        assertThat(ignored(mariadbTables, MARIADB + "QUERY,public,'select * from customers',0"))
                .isEqualTo("statement, of which the tables are told");
        assertThat(ignored(jsonTables, percona("Query", "0", "\"sqltext\":\"select 1 into outfile 'x'\"")))
                .isEqualTo("statement, of which the tables are told");
    }

    @Test
    void namesWhyAnEntryIsNoAccess() {
        assertThat(ignored(mariadb, MARIADB + "DISCONNECT,crm,,0")).isEqualTo("disconnection");
        assertThat(ignored(mariadb, MARIADB + "QUERY,crm,'SET NAMES utf8mb4',0"))
                .isEqualTo("statement that is no access");
        assertThat(ignored(mariadbTables, MARIADB + "CREATE,crm,x,")).isEqualTo("definition of a table");
        assertThat(ignored(json, percona("Quit", "0", "\"db\":\"\""))).isEqualTo("disconnection");
        assertThat(ignored(json, enterprise("audit", "startup", "\"server_id\":1")))
                .contains("no access");
        assertThat(ignored(xml, "<AUDIT_RECORD NAME=\"Audit\" TIMESTAMP=\"2026-12-01T00:30:00 UTC\"/>"))
                .contains("no statement");
    }

    /** Amazon's writes what kind of connection it is, newer ones TLS's version; a daemon may leave a blank. */
    @ParameterizedTest
    @ValueSource(
            strings = {"crm,,0", "crm,,0 ", "crm,,0\r", "crm,,0,", "crm,,0,SOCKET", "crm,TLSv1.3,0", "crm,,0,TLSv1.3"})
    void readsALoginWhateverTheServerWritesBehindIt(String end) {
        assertThat(event(mariadb, MARIADB + "CONNECT," + end).outcome()).isEqualTo(Outcome.SUCCESS);
    }

    /** Amazon's fork for MySQL writes two empty fields behind it. */
    @ParameterizedTest
    @ValueSource(strings = {",0", ",0 ", ",0,", ",0,,", ",0,SOCKET"})
    void readsAStatementWhateverTheServerWritesBehindIt(String end) {
        assertThat(event(mariadb, MARIADB + "QUERY,crm,'select * from customers'" + end)
                        .outcome())
                .isEqualTo(Outcome.SUCCESS);
        assertThat(event(mariadb, MARIADB + "QUERY,crm,'select * from customers'" + end.replace("0", "1064"))
                        .outcome())
                .isEqualTo(Outcome.FAILURE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "CONNECT,crm,,0x",
                "CONNECT,crm,,0,1",
                "CONNECT,crm,,0,SOCKET,x",
                "CONNECT,crm",
                "FAILED_CONNECT,crm,,",
                "QUERY,crm,'select * from customers',,1045",
                "QUERY,crm,'select * from customers'",
                "QUERY,crm,'select * from customers',0,1"
            })
    void rejectsAnEndWithoutACodeRatherThanGuessHowItEnded(String entry) {
        assertThat(rejection(mariadb, MARIADB + entry)).contains("ends in no code");
    }

    /** Who logs in by a name that looks like another's statement, and a database that closes it. */
    @Test
    void takesNoFailedLoginForTheStatementThatItsUserIsCalledLike() {
        for (String database : List.of("'", "',0", "',0,x")) {
            assertThat(rejection(
                            mariadb,
                            "20261201 09:30:00,db1,root,10.0.0.1,5,7,QUERY,crm,'select * from customers,192.0.2.5,42,0,"
                                    + "FAILED_CONNECT," + database + ",,1045"))
                    .contains("ends in no code");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "hello",
                "20261201 09:30:00,db1,mori",
                "20261301 09:30:00,db1,mori,h,1,2,QUERY,crm,'select 1',0",
                "20260230 09:30:00,db1,mori,h,1,2,QUERY,crm,'select 1',0",
                "20261201 09:30:00,db1,mori,h,1,2,QUERY,crm,'select 1,0",
                "20261201 09:30:00,db1,mori,h,1,2,PEEK,crm,x,0",
            })
    void rejectsWhatHasNotTheShape(String line) {
        assertThat(rejection(mariadb, line)).startsWith("not a server_audit line");
        assertThat(rejection(json, line)).startsWith("not an audit log record");
        assertThat(rejection(xml, line)).startsWith("not a whole AUDIT_RECORD");
    }

    @Test
    void findsTheObjectsOfAnArrayOverSeveralLinesAndOfOneALine() {
        Format format = new MysqlAuditJson(Told.STATEMENTS);

        assertThat(records(format.framing(Encoding.UTF_8), "\uFEFF[\n  {\"a\": {\n \"b\":1}},\n{\"c\":2},\n", false))
                .containsExactly("{\"a\": {\n \"b\":1}}", "{\"c\":2}");
        assertThat(records(format.framing(Encoding.UTF_8), "{\"a\":1}\n{\"b\":\"torn\n{\"c\":\"}]\"}\n]", true))
                .containsExactly("{\"a\":1}", "{\"b\":\"torn", "{\"c\":\"}]\"}");
    }

    /** As both servers write them in the new style, where attributes of the connection have names as well. */
    @Test
    void takesAnElementsOwnNameRatherThanItsConnectionAttributes() {
        AccessEvent event = event(xml, """
            <AUDIT_RECORD>
              <TIMESTAMP>2026-12-01T00:30:00 UTC</TIMESTAMP>
              <RECORD_ID>2_2026-12-01T00:00:00</RECORD_ID>
              <NAME>Connect</NAME>
              <CONNECTION_ID>5</CONNECTION_ID>
              <STATUS>0</STATUS>
              <STATUS_CODE>0</STATUS_CODE>
              <USER>mori</USER>
              <OS_LOGIN/>
              <HOST>localhost</HOST>
              <IP>127.0.0.1</IP>
              <COMMAND_CLASS>connect</COMMAND_CLASS>
              <CONNECTION_TYPE>SSL/TLS</CONNECTION_TYPE>
              <CONNECTION_ATTRIBUTES>
                <ATTRIBUTE>
                  <NAME>_pid</NAME>
                  <VALUE>42794</VALUE>
                </ATTRIBUTE>
                <ATTRIBUTE>
                  <NAME>program_name</NAME>
                  <VALUE>mysqladmin</VALUE>
                </ATTRIBUTE>
              </CONNECTION_ATTRIBUTES>
              <PRIV_USER>root</PRIV_USER>
              <PROXY_USER/>
              <DB>test</DB>
            </AUDIT_RECORD>\
            """);

        assertThat(event)
                .returns(Action.LOGIN, AccessEvent::action)
                .returns(Outcome.SUCCESS, AccessEvent::outcome)
                .returns("mori", AccessEvent::userId)
                .returns("127.0.0.1", AccessEvent::sourceIp)
                .returns(Instant.parse("2026-12-01T00:30:00Z"), AccessEvent::timestamp);
    }

    /** As Percona's filter writes it in the old style: in the server's local time, and a log-in by its attributes. */
    @Test
    void readsRecordsOfTheOldStyleWithoutAZone() {
        assertThat(event(xml, """
            <AUDIT_RECORD
              TIMESTAMP="2026-12-01T09:30:00"
              NAME="Connect"
              CONNECTION_ID="1"
              STATUS="1045"
              USER="mori"
              PRIV_USER=""
              OS_LOGIN=""
              PROXY_USER=""
              HOST="localhost"
              IP="127.0.0.1"
              DB=""/>\
            """))
                .returns(Action.LOGIN, AccessEvent::action)
                .returns(Outcome.FAILURE, AccessEvent::outcome)
                .returns(Instant.parse("2026-12-01T00:30:00Z"), AccessEvent::timestamp);
        assertThat(event(xmlTables, """
            <AUDIT_RECORD NAME="TableRead" RECORD_ID="7_2026-12-01T00:00:00" TIMESTAMP="2026-12-01T09:30:00"
              COMMAND_CLASS="select" CONNECTION_ID="42" USER="mori[mori] @ localhost []" HOST="localhost" IP=""
              SQLTEXT="SELECT * FROM customers" DB="public" TABLE="customers"/>\
            """))
                .returns(Action.READ, AccessEvent::action)
                .returns("mori", AccessEvent::userId)
                .returns("crm.customers", AccessEvent::dataset);
        assertThat(ignored(xml, """
            <AUDIT_RECORD NAME="Query Start" RECORD_ID="3_2026-12-01T00:00:00" TIMESTAMP="2026-12-01T09:30:00"
              STATUS="0" CONNECTION_ID="42" COMMAND_CLASS="select" SQLTEXT="SELECT * FROM customers"/>\
            """)).isEqualTo("command that is no statement");
    }

    /** MySQL Enterprise counts seconds, Percona's filter microseconds. */
    @ParameterizedTest
    @ValueSource(strings = {"1796085000", "1796085000250000"})
    void readsTheClocksOwnNumberWhereItIsLogged(String number) {
        String line =
                enterprise("connection", "connect", "\"time\": " + number + ", \"connection_data\":{\"status\":0}");

        assertThat(event(json, line.replace("2026-12-01 09", "2026-12-01 05")).timestamp())
                .isBetween(Instant.parse("2026-12-01T00:30:00Z"), Instant.parse("2026-12-01T00:30:00.250Z"));
    }

    /** Before the brackets stands the account that the server took for whoever logged in. */
    @ParameterizedTest
    @CsvSource({
        "mori[mori] @ ap1 [192.0.2.5], mori",
        "developer[mori] @ ap1 [], mori",
        "[mori] @ ap1 [], mori",
        "event_scheduler[] @ localhost [], event_scheduler",
        "kato[x] @ y[kato[x] @ y] @ ap1 [], 'x] @ y[kato[x] @ y'",
        "kato[x, kato[x",
    })
    void namesWhoLoggedInRatherThanWhomTheServerTookForIt(String written, String user) {
        String line = percona("Query", "0", "\"sqltext\":\"select 1 from customers\"");

        assertThat(event(json, line.replace("mori[mori] @  [192.0.2.5]", written))
                        .userId())
                .isEqualTo(user);
    }

    /** As Amazon's Aurora writes it: microseconds, and fields that are empty. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "1796085000250431,db1,mori,192.0.2.5,42,0,CONNECT,,,0 | login | success",
                "1796085000250431,db1,mori,192.0.2.5,42,0,FAILED_CONNECT,,,1045 | login | failure",
                "1796085000250431,db1,mori,192.0.2.5,42,9,QUERY,public,'select * from customers',0 | read | success",
            })
    void readsAurorasTimes(String line, String action, String outcome) {
        AccessEvent event = event(mariadb, line);

        assertThat(event.timestamp()).isEqualTo(Instant.parse("2026-12-01T00:30:00.250Z"));
        assertThat(event.userId()).isEqualTo("mori");
        assertThat(event.sourceIp()).isEqualTo("192.0.2.5");
        assertThat(event.action().label()).isEqualTo(action);
        assertThat(event.outcome()).isEqualTo(Outcome.ofLabel(outcome).orElseThrow());
    }

    @Test
    void findsTheElementsOfADocument() {
        String old = "<AUDIT_RECORD\n  NAME=\"Query\"\n  SQLTEXT=\"a /> b\"\n/>";
        String modern = "<AUDIT_RECORD>\n  <NAME>Quit</NAME>\n </AUDIT_RECORD>";
        String torn = "<AUDIT_RECORD>\n  <NAME>Qu\n";

        assertThat(records(
                        new MysqlXmlFraming(),
                        "<?xml version=\"1.0\"?>\n<AUDIT>\n" + old + "\n " + modern + "\n" + torn + modern
                                + "\njunk\n</AUDIT>\n",
                        false))
                .containsExactly(old, modern, torn, modern, "junk");
        assertThat(records(
                        new MysqlXmlFraming(),
                        "<?xml version=\"1.0\"?><AUDIT>" + modern + old + "</AUDIT><AUDIT>odd\n<?xml torn\n",
                        false))
                .containsExactly(modern, old, "odd", "<?xml torn");
    }

    private static String percona(String name, String status, String member) {
        return "{\"audit_record\":{\"name\":\"" + name + "\",\"record\":\"47_2026-12-01T00:00:00\","
                + "\"timestamp\":\"2026-12-01T00:30:00 UTC\",\"command_class\":\"select\",\"connection_id\":\"42\","
                + "\"status\":" + status + "," + member
                + ",\"user\":\"mori[mori] @  [192.0.2.5]\",\"host\":\"\",\"os_user\":\"\",\"ip\":\"192.0.2.5\"}}";
    }

    private static String enterprise(String kind, String event, String member) {
        return "{ \"timestamp\": \"2026-12-01 09:30:00\", \"id\": 0, \"class\": \"" + kind + "\", \"event\": \"" + event
                + "\", \"connection_id\": 42, \"account\": { \"user\": \"mori\", \"host\": \"ap1\" },"
                + " \"login\": { \"user\": \"mori\", \"os\": \"\", \"ip\": \"192.0.2.5\", \"proxy\": \"\" }, " + member
                + " }";
    }

    /** It reads a table's rows one after the other, and names it behind no FROM. */
    @Test
    void takesTheSourcesDatasetForWhatAHandlerReads() {
        String line =
                "20261201 09:30:00,db1,mori,198.51.100.7,8,9,QUERY,crm,'HANDLER people READ FIRST LIMIT 100000',0";

        assertThat(event(unmapped, line).dataset())
                .isEqualTo(Samples.WITHOUT_TABLES.dataset())
                .isNotNull();
        assertThat(event(unmapped, line).action()).isEqualTo(Action.READ);
    }

    @Test
    void takesNoHandlerForAReadOfPeopleThatOpensOrReadsTheSystems() {
        String line = "20261201 09:30:00,db1,mori,198.51.100.7,8,9,QUERY,crm,'HANDLER %s',0";

        assertThat(unmapped.parse(line.formatted("people OPEN"))).isInstanceOf(ParseResult.Ignored.class);
        assertThat(unmapped.parse(line.formatted("people CLOSE"))).isInstanceOf(ParseResult.Ignored.class);
        assertThat(event(unmapped, line.formatted("mysql.user READ FIRST")).dataset())
                .isNull();
    }
}
