package dev.metsuke.shipper.parse;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LinePrefixTest {

    private static final LinePrefix WITH_APPLICATION = LinePrefix.parse("%m [%p] %q%u@%d app=%a,client=%h ");
    private static final String BEGINNING = "2026-11-30 04:33:35.564 JST [7] ";

    /** As PostgreSQL 15 writes the first. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "x,client=1.2.3.4 LOG:  y",
                "x,client=1.2.3.4 LOG:  y,client=5.6.7.8 LOG:  z",
                "psql",
                "",
                " LOG:  ,client=a",
            })
    void readsAnApplicationsNameWhole(String application) {
        LinePrefix.Line line =
                read(WITH_APPLICATION, BEGINNING + "mori@crm app=" + application + ",client=[local] LOG:  AUDIT: x");

        assertThat(line.isAmbiguous()).isFalse();
        assertThat(line.text()).isEqualTo("AUDIT: x");
        assertThat(line.value('a')).isEqualTo(application.isEmpty() ? null : application.strip());
        assertThat(line.value('h')).isEqualTo("[local]");
        assertThat(line.value('u')).isEqualTo("mori");
    }

    /** Whoever names his application so must not become somebody else. */
    @ParameterizedTest
    @CsvSource({
        "'%m [%p] user=%u,db=%d,app=%a,client=%h ', 'user=mori,db=crm,app=x,db=y,app=z,client=10.0.0.1 ',"
                + " 'x,db=y,app=z'",
        "'%m [%p] %q%u@%d %a ', 'mori@crm x@y z ', x@y z",
        "'%m [%p] %u %d %a ', 'mori crm PostgreSQL JDBC Driver ', PostgreSQL JDBC Driver",
        "'%m [%p] %u %d %a %h ', 'mori crm DBeaver 24.1 - Main 10.0.0.1 ', DBeaver 24.1 - Main",
    })
    void readsTheUserWhateverTheApplicationIsCalled(String prefix, String session, String application) {
        LinePrefix.Line line = read(LinePrefix.parse(prefix), BEGINNING + session + "LOG:  AUDIT: x");

        assertThat(line.isAmbiguous()).isFalse();
        assertThat(line.value('u')).isEqualTo("mori");
        assertThat(line.value('d')).isEqualTo("crm");
        assertThat(line.value('a')).isEqualTo(application);
    }

    @Test
    void readsAnApplicationInJapaneseAsPostgresql16WritesIt() {
        String application = "\\xe9\\xa1\\xa7\\xe5\\xae\\xa2".repeat(10);

        LinePrefix.Line line =
                read(WITH_APPLICATION, BEGINNING + "mori@crm app=" + application + ",client=[local] LOG:  AUDIT: x");

        assertThat(line.value('a')).isEqualTo(application);
    }

    @ParameterizedTest
    @CsvSource({
        "'%m [%p] %q%u@%d ', mori@EXAMPLE.JP@crm, mori@EXAMPLE.JP, crm",
        "'%m [%p] %q%u@%d ', mori sato@crm live, mori sato, crm live",
        "'%m [%p] %q%u@%d ', 'LOG:  mori@crm', 'LOG:  mori', crm",
        "'%m [%p] %q%-80u@%d ', "
                + "'mori@EXAMPLE.JP                                                                 @crm',"
                + " mori@EXAMPLE.JP, crm",
        "'%m [%p] %q%u@%d', mori@crm, mori, crm",
    })
    void readsNamesThatHoldWhatStandsBehindThem(String prefix, String session, String user, String database) {
        String end = prefix.endsWith(" ") ? " " : "";

        LinePrefix.Line line =
                read(LinePrefix.parse(prefix), BEGINNING + session + end + "LOG:  AUDIT: mail to a@b, please");

        assertThat(line.isAmbiguous()).isFalse();
        assertThat(line.value('u')).isEqualTo(user);
        assertThat(line.value('d')).isEqualTo(database);
        assertThat(line.text()).isEqualTo("AUDIT: mail to a@b, please");
    }

    @Test
    void readsWhatAProcessWithoutASessionWrites() {
        LinePrefix.Line line = read(WITH_APPLICATION, BEGINNING + "LOG:  database system is ready, says a@b");

        assertThat(line.text()).isEqualTo("database system is ready, says a@b");
        assertThat(line.value('u')).isNull();
    }

    /** Either a name holds the severity, or the text does: nothing tells which. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "mori@crm app=x,client=[local] LOG:  AUDIT: SESSION,1,1,READ,SELECT,,,/*,client=9 LOG:  y*/select",
                "mori@crm app=x,client=[local] STATEMENT:  /*,client=9 LOG:  y*/copy customers to stdout",
                "mori@crm app=x,client=[local] ERROR:  invalid input: \",client=9 LOG:  y\"",
            })
    void saysWhereATextMayHoldThePrefix(String line) {
        assertThat(read(WITH_APPLICATION, BEGINNING + line))
                .returns(true, LinePrefix.Line::isAmbiguous)
                .returns(false, LinePrefix.Line::isSecondary);
    }

    @ParameterizedTest
    @CsvSource({
        "LOG, 00000: AUDIT: x, AUDIT: x, 00000",
        "LOG, AUDIT: x, AUDIT: x,",
        "ERROR, 22P02: no number, no number, 22P02",
        "STATEMENT, 12345: x, 12345: x,",
    })
    void takesTheStateOfAVerboseEntryFromItsText(String severity, String written, String text, String state) {
        LinePrefix.Line line = read(LinePrefix.parse("%m [%p] "), BEGINNING + severity + ":  " + written);

        assertThat(line.text()).isEqualTo(text);
        assertThat(line.value('e')).isEqualTo(state);
    }

    /** Were what is read gone back over at each separator, a single line would take longer. */
    @Test
    @Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void readsLongLinesInLittleTime() {
        String separators = "@ app=,client= LOG:  ".repeat(50_000);
        LinePrefix hard = LinePrefix.parse("%m [%p] %q%u %d %a %h %i ");

        for (int i = 0; i < 20; i++) {
            WITH_APPLICATION.read(BEGINNING + separators);
            hard.read(BEGINNING + " a".repeat(500_000));
            hard.read(BEGINNING + " ".repeat(1_000_000));
        }
    }

    private static LinePrefix.Line read(LinePrefix prefix, String line) {
        return requireNonNull(prefix.read(line), line);
    }
}
