package dev.metsuke.shipper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.metsuke.events.access.AccessEvent;
import dev.metsuke.events.access.AccessEventJson;
import dev.metsuke.events.access.Action;
import dev.metsuke.operations.account.AccountRules;
import dev.metsuke.operations.settings.InvalidSettingsException;
import dev.metsuke.shipper.privacy.PseudonymKey;
import dev.metsuke.shipper.privacy.PseudonymSettings;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.text.Normalizer;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What may leave the host of a source whose personal identifiers are replaced. */
class PseudonymsTest {

    private static final String WEB = """
        format: combined
        pseudonyms:
          key-file: pseudonym.key
          url-parameters: [customer, 氏名]
          url-paths: ['/customers/c(\\d+)', '/people/([^/]+)']
          patterns: ['[\\w.+-]+@example\\.com', 'card=(\\d{12})']
        """;
    private static final String JSON = """
        format: {type: json-lines, time: /t, user: /u, email: /m, address: /a, action: read}
        pseudonyms:
          key-file: pseudonym.key
          json-pointers: [/customer/id, /customers/*/name]
        """;

    @TempDir
    Path folder;

    @BeforeEach
    void makeAKey() throws IOException {
        Path key = Files.writeString(folder.resolve("pseudonym.key"), "0123456789abcdef".repeat(4));
        Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-------"));
    }

    /** As frameworks send one to log in. */
    @Test
    void replacesWhatThePathInAParameterHolds() throws IOException {
        for (String next : List.of("/customers/c55555", "%2Fcustomers%2Fc55555", "/people/55555?tab=1")) {
            AccessEvent event = web("GET /login?next=" + next);

            assertThat(event.urlQuery()).contains(of("55555")).doesNotContain("55555");
            assertThat(event.original()).contains(of("55555")).doesNotContain("55555");
            assertThat(event.subjects()).isEmpty();
        }
    }

    @Test
    void replacesWhatUrlsHold() throws IOException {
        AccessEvent event =
                web("GET /people/%E5%B1%B1%E7%94%B0/orders?customer=C-10023&x=1&%E6%B0%8F%E5%90%8D=suzuki+ichiro");

        assertThat(event.subjects()).containsExactly(of("C-10023"), of("suzuki ichiro"), of("山田"));
        assertThat(event.urlPath()).isEqualTo("/people/" + of("山田") + "/orders");
        assertThat(event.urlQuery())
                .isEqualTo("customer=" + of("C-10023") + "&x=1&%E6%B0%8F%E5%90%8D=" + of("suzuki ichiro"));
        assertThat(event.urlOriginal()).isEqualTo(event.urlPath() + "?" + event.urlQuery());
        assertThat(event.original()).contains("\"GET " + event.urlOriginal() + " HTTP/1.1\"");
        assertThat(sent(event)).doesNotContain("C-10023", "suzuki", "%E5%B1%B1", "山田");
    }

    @Test
    void replacesParametersHoweverTheirNamesAreSpelled() throws IOException {
        AccessEvent event = web("GET /?Customer=C-10023&next=%2Flist%3FCUSTOMER%3DC-10024");

        assertThat(event.subjects()).containsExactly(of("C-10023"));
        assertThat(sent(event)).doesNotContain("C-10023", "C-10024");
    }

    @Test
    void replacesAShortNumberInItsUrlAndKeepsTheOthersOfTheLine() throws IOException {
        AccessEvent event = web("GET /customers/c11");

        assertThat(event.urlPath()).isEqualTo("/customers/c" + of("11"));
        assertThat(event.original())
                .isEqualTo("198.51.100.11 - mori [30/Nov/2026:11:11:11 +0000] \"GET /customers/c" + of("11")
                        + " HTTP/1.1\" 200 111 \"https://portal.example/customers/c" + of("11") + "\" \"agent/11.11\"");
    }

    @Test
    void findsAPathThatTheServerResolves() throws IOException {
        AccessEvent event = web("GET //people/./x/../yamada-taro");

        assertThat(event.subjects()).contains(of("yamada-taro"));
        assertThat(sent(event)).doesNotContain("yamada");
    }

    @Test
    void replacesWhatPatternsFindAnywhere() throws IOException {
        AccessEvent event = web("GET /?q=card=123456789012&to=ito%40example.com&cc=ito@example.com");

        assertThat(event.subjects()).containsExactly(of("ito@example.com"), of("123456789012"));
        assertThat(sent(event)).doesNotContain("123456789012", "ito%40", "ito@");
        assertThat(event.userId()).isEqualTo("mori");
    }

    @Test
    void replacesWhatStandsAtPointersOfALineOfJson() throws IOException {
        AccessEvent event = Previews.event(
                source(JSON),
                folder,
                "{\"t\":\"2026-11-30T00:00:00Z\",\"u\":\"mori\",\"customer\":{\"id\":[10023,\"C-7\"]},"
                        + "\"customers\":[{\"name\":\"\\u5c71\\u7530\"},{\"name\":\"鈴木\"}],\"note\":\"山田様へ\"}");

        assertThat(event.subjects()).containsExactly(of("10023"), of("C-7"), of("山田"), of("鈴木"));
        assertThat(event.original())
                .isEqualTo("{\"t\":\"2026-11-30T00:00:00Z\",\"u\":\"mori\",\"customer\":{\"id\":[" + of("10023") + ",\""
                        + of("C-7") + "\"]},\"customers\":[{\"name\":\"" + of("山田") + "\"},{\"name\":\"" + of("鈴木")
                        + "\"}],\"note\":\"" + of("山田") + "様へ\"}");
    }

    @Test
    void replacesTheAccessorsOwnFieldsWhereTheSettingsNameThem() throws IOException {
        String line =
                "{\"t\":\"2026-11-30T00:00:00Z\",\"u\":\"mori\",\"m\":\"Mori@Example.JP\",\"a\":\"198.51.100.7\"}";

        AccessEvent some = Previews.event(source(JSON + "  fields: [email, address]\n"), folder, line);
        AccessEvent all = Previews.event(source(JSON + "  fields: [user, email, address]\n"), folder, line);

        assertThat(some.userId()).isEqualTo("mori");
        assertThat(some.userEmail()).isEqualTo(of("Mori@Example.JP"));
        assertThat(some.sourceAddress()).isEqualTo(of("198.51.100.7"));
        assertThat(some.sourceIp()).isNull();
        assertThat(some.subjects()).isEmpty();
        assertThat(sent(some)).doesNotContain("Example.JP", "198.51");
        assertThat(all.userId()).isEqualTo(all.userName()).isEqualTo(of("mori"));
        assertThat(sent(all)).doesNotContain("mori");
    }

    @Test
    void replacesAnAccountInEverySpellingOfItsLine() throws IOException {
        String line = "{\"t\":\"2026-11-30T00:00:00Z\",\"u\":\"EXAMPLE\\\\Mori\",\"m\":\"mori@example.jp\","
                + "\"a\":\"MORI-PC.example.jp\",\"file\":\"C:\\\\Users\\\\mori\\\\x\"}";

        for (String rules : List.of("", "accounts: {strip-domain: true, letter-case: lower}\n")) {
            AccessEvent event = Previews.event(source(rules + JSON + "  fields: [user]\n"), folder, line);

            assertThat(event.userId()).startsWith("p:");
            assertThat(sent(event)).doesNotContainIgnoringCase("mori");
        }
    }

    @Test
    void replacesAnEMailThatIsTheAccountsNameToo() throws IOException {
        String line =
                "{\"t\":\"2026-11-30T00:00:00Z\",\"u\":\"Mori@Example.JP\",\"m\":\"mori@example.jp\",\"a\":\"h\"}";

        AccessEvent event =
                Previews.event(source("accounts: {strip-domain: true}\n" + JSON + "  fields: [email]\n"), folder, line);

        assertThat(event.userId()).isEqualTo("Mori");
        assertThat(sent(event)).doesNotContainIgnoringCase("mori@example.jp");
    }

    @Test
    void replacesWhatThePagesBeforeAndTheUrlsWithinNamed() throws IOException {
        String line = "198.51.100.11 - mori [30/Nov/2026:11:11:11 +0000] \"GET /go?to=%2Fp%3Fcustomer%3DC-20%26x%3D1"
                + " HTTP/1.1\" 200 1 \"https://portal.example/customers/c12?customer=C-31;y=1\" \"agent\"";

        AccessEvent event = Previews.event(source(WEB), folder, line);

        assertThat(event.subjects()).isEmpty();
        assertThat(event.urlQuery()).contains(of("C-20")).doesNotContain("C-20");
        assertThat(event.original())
                .contains("/customers/c" + of("12") + "?customer=" + of("C-31") + ";y=1")
                .doesNotContain("C-20", "C-31", "c12");
    }

    @Test
    void findsByPatternsWhatALineOnlyHasEscaped() throws IOException {
        AccessEvent encoded = web("GET /?to=ito%40example.com");
        AccessEvent escaped = Previews.event(
                source(JSON + "  patterns: ['[a-z]+@example\\.com']\n"),
                folder,
                "{\"t\":\"2026-11-30T00:00:00Z\",\"note\":\"\\u0069to\\u0040example.com\"}");

        assertThat(encoded.subjects()).containsExactly(of("ito@example.com"));
        assertThat(sent(encoded)).doesNotContain("ito");
        assertThat(escaped.subjects()).containsExactly(of("ito@example.com"));
        assertThat(sent(escaped)).doesNotContain("0040");
    }

    @Test
    void findsPointersBehindAHeaderAndInAColumn() throws IOException {
        String pointed = "pseudonyms: {key-file: pseudonym.key, json-pointers: [/customer/id]}\n";
        AccessEvent behind = Previews.event(
                source("format: {type: syslog, inner: {type: json-lines, action: read, user: /u}}\n" + pointed),
                folder,
                "<134>1 2026-11-30T00:00:00Z ap1 crm - - [a@1 x=\"{\"] {\"u\":\"mori\",\"customer\":{\"id\":\"C-7\"}}");
        AccessEvent inColumn = Previews.event(
                source("format: {type: csv, header: false, columns: [time, data], action: read}\n" + pointed),
                folder,
                "2026-11-30T00:00:00Z,\"{\"\"customer\"\":{\"\"id\"\":\"\"C-7\"\"}}\"");

        assertThat(behind.subjects()).isEqualTo(inColumn.subjects()).containsExactly(of("C-7"));
        assertThat(sent(behind)).doesNotContain("C-7");
        assertThat(sent(inColumn)).doesNotContain("C-7");
    }

    /** Such as a process's id. */
    @ParameterizedTest
    @ValueSource(strings = {"[4242]", "[]", "{}", "{\"x\":1}", "{x}"})
    void findsPointersBehindWhatIsJsonByItself(String start) throws IOException {
        SourceSettings source = source("""
            format: {type: regex, pattern: '\\S+ (?P<time>\\S+) .*', action: read}
            pseudonyms: {key-file: pseudonym.key, json-pointers: [/customer/id]}
            """);

        AccessEvent event =
                Previews.event(source, folder, start + " 2026-11-30T00:00:00Z {\"customer\":{\"id\":\"C-7\"}}");

        assertThat(event.subjects()).containsExactly(of("C-7"));
        assertThat(event.original()).doesNotContain("C-7");
    }

    /** As templates and programs have them. */
    @ParameterizedTest
    @ValueSource(strings = {"{", "{ ", "{{x}}", "{\"", "{\"a\"", "{\"a\":", "{}", "[{"})
    void findsPointersBehindManyBracesOfNoJson(String brace) throws IOException {
        AccessEvent event = behind(brace.repeat(40));

        assertThat(event.subjects()).containsExactly(of("C-7"));
        assertThat(event.userId()).isEqualTo("mori");
        assertThat(event.action()).isEqualTo(Action.READ);
        assertThat(event.original()).doesNotContain("C-7");
    }

    /** As in a comment of the SQL that a log in CSV has. */
    @Test
    @Timeout(20)
    void findsPointersBehindBeginningsOfJsonWithinEachOther() throws IOException {
        SourceSettings source = source("""
            format:
              type: csv
              header: false
              columns: [time, user, sql]
              user: /user
              action: export
            pseudonyms: {key-file: pseudonym.key, json-pointers: [/customer/id]}
            """);
        String beginnings = "{\"\"a\"\":".repeat(20_000);

        AccessEvent event = Previews.event(
                source,
                folder,
                "2026-11-30T00:00:00Z,mori,\"select 1 -- " + beginnings
                        + "{\"\"customer\"\":{\"\"id\"\":\"\"C-7\"\"}}\"");

        assertThat(event.subjects()).containsExactly(of("C-7"));
        assertThat(event.original())
                .startsWith("2026-11-30T00:00:00Z,mori,\"select 1 -- {")
                .doesNotContain("C-7");
    }

    @Test
    void keepsTheDomainsOfADestinationTooLongToBeLookedThrough() throws IOException {
        SourceSettings source = source("""
            format: {type: json-lines, user: /u, destination: /to, action: email, time: /t}
            pseudonyms: {key-file: pseudonym.key, json-pointers: [/id]}
            """);

        AccessEvent event = Previews.event(
                source,
                folder,
                "{\"t\":\"2026-11-30T00:00:00Z\",\"u\":\"mori\",\"to\":\"" + "c".repeat(300)
                        + "@gmail.com、cccc@example.jp\",\"id\":\""
                        + "C".repeat(300) + "\"}");

        assertThat(event.destination()).startsWith("withheld: ").endsWith(" @gmail.com, @example.jp");
        assertThat(sent(event)).doesNotContainIgnoringCase("cccc");
    }

    /** By them the rule on e-mail to outside domains judges. */
    @Test
    void keepsTheDomainsOfADestinationWhateverReplacesItsAddresses() throws IOException {
        String to = "Ito <ito@gmail.com>, sato@example.jp";

        assertThat(destination(to, "patterns: ['[a-z]+@[a-z.]+']"))
                .isEqualTo("Ito <" + of("ito@gmail.com") + "@gmail.com>, " + of("sato@example.jp") + "@example.jp");
        assertThat(destination(to, "patterns: ['([a-z]+)@([a-z.]+)']"))
                .isEqualTo(of("ito") + " <" + of("ito") + "@gmail.com>, " + of("sato") + "@example.jp");
        assertThat(destination(to, "json-pointers: [/to]")).isEqualTo(of(to) + "@gmail.com @example.jp");
        assertThat(destination("mailto:ito@gmail.com?subject=C-7", "patterns: ['mailto:[^\"]*', 'C-\\d+']"))
                .isEqualTo(of("mailto:ito@gmail.com?subject=C-7") + "@gmail.com");
        assertThat(destination(to, "patterns: ['gmail\\.com>, [a-z]+']"))
                .isEqualTo("Ito <ito@gmail.com " + of("gmail.com>, sato") + "@example.jp");
        assertThat(destination("sftp://mori@files.example.jp/c/C-7", "patterns: ['/c/C-\\d+']"))
                .isEqualTo("sftp://mori@files.example.jp " + of("/c/C-7"));
    }

    @ParameterizedTest
    @CsvSource({
        "ito@[IPv6:2001:db8::9], @[IPv6:2001:db8::9]",
        "ito@[203.0.113.9]\uD842\uDFB7, @[203.0.113.9]",
        "ito @gmail.com, @gmail.com",
        "Ito <ito @gmail.com>, @gmail.com",
        "'\"ito, x\"@gmail.com', @gmail.com",
        "ito@example.jp@gmail.com, @example.jp@gmail.com",
    })
    void keepsTheDomainOfAnAddressThatIsAnIdentifierHoweverItIsWritten(String to, String domain) throws IOException {
        assertThat(destination(to.replace("\"", "\\\""), "json-pointers: [/to]"))
                .isEqualTo(of(to) + domain);
    }

    /** As a chat calls somebody. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "@sato.hanako",
                "<@sato.hanako>",
                "(@sato.hanako)",
                "https://chat.example.jp/@sato.hanako",
                "sato.hanako, @sato.hanako",
                "'@sato.hanako'"
            })
    void keepsNothingOfANameWithoutALocalPart(String to) throws IOException {
        assertThat(destination(to, "json-pointers: [/to]")).isEqualTo(of(to));
        assertThat(destination("mori@example.jp," + to, "json-pointers: [/to]"))
                .isEqualTo(of("mori@example.jp," + to) + "@example.jp");
        assertThat(destination("mori@example.jp " + to, "json-pointers: [/to]"))
                .isEqualTo(of("mori@example.jp " + to) + "@example.jp");
    }

    @Test
    void replacesInADestinationWhatIsNoDomainOfAnAddress() throws IOException {
        assertThat(destination("@yamada.taro", "json-pointers: [/to]")).isEqualTo(of("@yamada.taro"));
        assertThat(destination("yamada@crm", "json-pointers: [/to]")).isEqualTo(of("yamada@crm"));
        assertThat(destination("sftp://mori@files.example.jp/customers/C-7", "patterns: ['C-\\d+']"))
                .isEqualTo("sftp://mori@files.example.jp/customers/" + of("C-7"));
    }

    private String destination(String to, String pseudonyms) throws IOException {
        SourceSettings source = source("format: {type: json-lines, destination: /to, action: email, time: /t}\n"
                + "pseudonyms: {key-file: pseudonym.key, " + pseudonyms + "}\n");
        AccessEvent event = Previews.event(source, folder, "{\"t\":\"2026-11-30T00:00:00Z\",\"to\":\"" + to + "\"}");
        return String.valueOf(event.destination());
    }

    @Test
    void keepsTheKindOfADestinationThatAnIdentifierIsCalledLike() throws IOException {
        AccessEvent event = Previews.event(
                source(JSON.replace("action: read", "action: export, destination: /to")),
                folder,
                "{\"t\":\"2026-11-30T00:00:00Z\",\"to\":\"external-media\",\"customer\":{\"id\":\"external-media\"}}");

        assertThat(event.destination()).isEqualTo("external-media");
    }

    private AccessEvent behind(String text) throws IOException {
        SourceSettings source = source("""
            format: {type: regex, pattern: '(?P<time>\\S+) (?P<user>\\w+) .*', user: /user, action: read}
            pseudonyms: {key-file: pseudonym.key, json-pointers: [/customer/id]}
            """);
        return Previews.event(source, folder, "2026-11-30T00:00:00Z mori " + text + " {\"customer\":{\"id\":\"C-7\"}}");
    }

    @Test
    void keepsADatasetOfTheSettingsThatAnIdentifierIsCalledLike() throws IOException {
        AccessEvent event = Previews.event(
                source(JSON + "dataset: crm.customers\nservice: crm\n"),
                folder,
                "{\"t\":\"2026-11-30T00:00:00Z\",\"customer\":{\"id\":\"crm.customers\"}}");

        assertThat(event.dataset()).isEqualTo("crm.customers");
        assertThat(event.original()).doesNotContain("crm.customers");
    }

    /** As a container's log holds it, and as an application's does that has another's in a field. */
    @Test
    void replacesWhatJsonInStringsOfJsonHolds() throws IOException {
        SourceSettings source = source("""
            format: {type: container, inner: {type: json-lines, user: /user, action: read}}
            pseudonyms: {key-file: pseudonym.key, json-pointers: [/mail, /name]}
            """);
        String message = "{\"user\":\"mori\",\"mail\":\"taro@example.jp\",\"name\":\"O\\\"Hara \\u592A\\u90CE\"}";
        String within = "{\"user\":\"mori\",\"said\":\"" + escaped(message) + "\"}";

        for (String written : List.of(message, within)) {
            AccessEvent event = Previews.event(
                    source,
                    folder,
                    "{\"log\":\"" + escaped(written)
                            + "\\n\",\"stream\":\"stdout\",\"time\":\"2026-11-30T00:00:00Z\"}");

            assertThat(event.userId()).isEqualTo("mori");
            assertThat(event.original())
                    .contains(of("taro@example.jp"), of("O\"Hara 太郎"))
                    .doesNotContain("taro", "Hara", "592A");
        }
    }

    private static String escaped(String text) {
        return text.replace("\\", "\\\\").replace("\"", "\\\"");
    }

    @Test
    void keepsADatasetOfTheMappingThatAnIdentifierIsCalledLike() throws IOException {
        String pseudonyms = "pseudonyms: {key-file: pseudonym.key, patterns: ['id=(\\S+)']}\n";
        String mapping =
                "action: read, dataset: {pointer: /d, values: {c: crm.customers}, otherwise: crm.orders}, host: db1,"
                        + " service: crm";
        SourceSettings lines = source("format: {type: json-lines, time: /t, " + mapping + "}\n" + pseudonyms);
        SourceSettings inSyslog =
                source("format: {type: syslog, inner: {type: json-lines, " + mapping + "}}\n" + pseudonyms);

        AccessEvent looked = Previews.event(
                lines,
                folder,
                "{\"t\":\"2026-11-30T00:00:00Z\",\"d\":\"c\",\"x\":\"id=crm.customers id=crm id=db1 \"}");
        AccessEvent otherwise = Previews.event(
                inSyslog, folder, "<134>1 2026-11-30T00:00:00Z ap1 crm - - - {\"d\":\"o\",\"x\":\"id=crm.orders \"}");
        AccessEvent ofLog = Previews.event(
                source("format: {type: json-lines, time: /t, action: read, dataset: /d}\n" + pseudonyms),
                folder,
                "{\"t\":\"2026-11-30T00:00:00Z\",\"d\":\"C-7\",\"x\":\"id=C-7 \"}");

        assertThat(looked.dataset()).isEqualTo("crm.customers");
        assertThat(looked.serviceName()).isEqualTo("crm");
        assertThat(looked.hostName()).isEqualTo("db1");
        assertThat(otherwise.dataset()).isEqualTo("crm.orders");
        assertThat(ofLog.dataset()).isEqualTo(of("C-7"));
    }

    @Test
    void replacesWhatMappedNamesHold() throws IOException {
        AccessEvent event = Previews.event(
                source(JSON.replace("action: read", "action: read, host: /h, service: /s, dataset: /d, category: /c")),
                folder,
                "{\"t\":\"2026-11-30T00:00:00Z\",\"customer\":{\"id\":\"C-77\"},\"h\":\"pc-C-77\",\"s\":\"app/C-77\","
                        + "\"d\":\"crm/c-77\",\"c\":\"case C-77\"}");

        assertThat(event.dataset()).isEqualTo("crm/" + of("C-77"));
        assertThat(sent(event)).doesNotContainIgnoringCase("C-77");
    }

    @Test
    void saysAtStartWhatItsSettingsCannotHave() {
        SourceSettings source = source(JSON + "  fields: [email]\n  patterns: ['C-[0-9]+']\n");
        PseudonymSettings settings = Objects.requireNonNull(source.pseudonyms());
        AccountRules stripping = new AccountRules(AccountRules.LetterCase.KEEP, true, Map.of());

        assertThat(settings.uncovered(List.of(Path.of("/logs/C-10023.log")), source.accounts()))
                .satisfiesExactly(
                        path -> assertThat(path).contains("/logs/C-10023.log", "let no path hold one"),
                        email -> assertThat(email).contains("strip-domain"));
        assertThat(settings.uncovered(source.paths(), stripping)).isEmpty();
    }

    @Test
    void givesThePersonTheSamePseudonymInEverySource() throws IOException {
        AccessEvent web = web("GET /?customer=C-10023");
        AccessEvent json = Previews.event(
                source(JSON), folder, "{\"t\":\"2026-11-30T00:00:00Z\",\"customer\":{\"id\":\"C-10023\"}}");

        assertThat(web.subjects()).isEqualTo(json.subjects());
    }

    @Test
    void replacesWhatStandsInJsonBehindABadByte() throws IOException {
        AccessEvent event = Previews.event(
                source(JSON),
                folder,
                "{\"t\":\"2026-11-30T00:00:00Z\",\"ua\":\"\\xFF\",\"customer\":{\"id\":\"C-10023\"},\"customers\":[{\"name\":\"\\xE5\\xB1\\xB1\"}]}");

        assertThat(event.subjects()).containsExactly(of("C-10023"), of("山"));
        assertThat(event.original()).doesNotContain("C-10023", "\\xE5");
    }

    /** As Java and some databases write what is not in the first plane: each half of a pair by itself, which is no UTF-8. */
    @Test
    void replacesANameOfWhichApacheWroteBytesThatAreNoText() throws IOException {
        AccessEvent event = Previews.event(
                source(JSON),
                folder,
                "{\"t\":\"2026-11-30T00:00:00Z\",\"customer\":{\"id\":\"\\xE5\\xB1\\xB1\\xED\\xA1\\x82\\xED\\xBE\\xB7\"}}");

        assertThat(event.subjects()).containsExactly(of("山\\xED\\xA1\\x82\\xED\\xBE\\xB7"));
        assertThat(event.original()).doesNotContain("\\xE5", "\\xED");
    }

    /** As rsyslog writes what it received. */
    @Test
    void replacesWhatStandsBehindTabsAndLineEndsThatTheDaemonEscaped() throws IOException {
        String header = "<134>1 2026-11-30T00:00:00Z ap1 crm - - - ";
        AccessEvent tabs = Previews.event(source("""
            format: {type: syslog, inner: {type: regex, pattern: '(?P<user>[^\\t]+)\\t(?P<who>\\d+)\\t\\d+', user: /user, subjects: /who, action: read}}
            pseudonyms: {key-file: pseudonym.key, patterns: ['\\b\\d{12}\\b']}
            """), folder, header + "mori#01110023#011123456789012");
        AccessEvent lines = Previews.event(
                source("""
                    format: {type: syslog, inner: {type: json-lines, user: /u, action: read}}
                    pseudonyms: {key-file: pseudonym.key, json-pointers: [/customer/id]}
                    """),
                folder,
                header + "{#012#011\"u\": \"mori\",#012#011\"customer\": {#012#011#011\"id\":#01210023}}");

        assertThat(tabs.subjects()).containsExactly(of("10023"), of("123456789012"));
        assertThat(tabs.original()).endsWith("mori#011" + of("10023") + "#011" + of("123456789012"));
        assertThat(lines.subjects()).containsExactly(of("10023"));
        assertThat(lines.original()).endsWith("#012" + of("10023") + "}}");
    }

    @Test
    void makesTheIdOfWhatIsKept() throws IOException {
        AccessEvent one = web("GET /?customer=C-10023");
        AccessEvent same = web("GET /?customer=C-10023");
        AccessEvent plain =
                Previews.event(Previews.source(folder, "format: combined"), folder, line("GET /?customer=C-10023"));

        assertThat(one.id()).isEqualTo(same.id()).isNotEqualTo(plain.id());
    }

    /** A plain digest of the file's first line, of which ids are made too, would let one try out whom that names. */
    @Test
    void makesNoIdThatCouldBeTriedOutWithoutTheKey() throws IOException {
        AccessEvent one = web("GET /?customer=C-10023");
        Files.writeString(folder.resolve("pseudonym.key"), "fedcba9876543210".repeat(4));
        AccessEvent withAnotherKey = web("GET /?customer=C-10023");

        assertThat(withAnotherKey.id().substring(0, 16)).isNotEqualTo(one.id().substring(0, 16));
    }

    @Test
    void withholdsRejectedLinesAndTheirReasons() {
        SourceSettings source = source(JSON);
        RecordInterpreter interpreter = new RecordInterpreter(source, "edge/test", Duration.ofMinutes(5), () -> {});
        byte[] line = "C-10023 is no JSON".getBytes(StandardCharsets.UTF_8);

        byte[] withheld = interpreter.withheld(line, 0, line.length);

        assertThat(new String(withheld, StandardCharsets.UTF_8)).matches("withheld: 18 bytes, p:[0-9a-f]{32}");
        assertThat(interpreter.withheldReason()).contains("source test").contains("metsuke parse");
    }

    @Test
    void refusesToStartWithoutTheKey() throws IOException {
        SourceSettings source = source(WEB);
        Files.delete(folder.resolve("pseudonym.key"));

        assertThatThrownBy(() -> Source.all(
                        ShipperSettings.of("edge", List.of(source)), new SimpleMeterRegistry(), Clock.systemUTC()))
                .isInstanceOf(InvalidSettingsException.class)
                .hasMessageContaining("pseudonym.key");
    }

    @Test
    void namesAPatternThatIsNone() {
        assertThatThrownBy(() -> source(WEB.replace("'card=(\\d{12})'", "'a(', 'x*'")))
                .hasMessageContaining("pseudonyms.patterns[1]: is a(; not a regular expression")
                .hasMessageContaining("pseudonyms.patterns[2]: is x*; a regular expression that matches nothing");
    }

    /** Such as a text in Japanese that some program wrote in an encoding without it. */
    @ParameterizedTest
    @ValueSource(strings = {"?", "%3F", "?customer=", "?next=/", "http://a?", "&", "&;&", "a&"})
    @Timeout(30)
    void takesNoLongerForMarksOfUrlsThatRepeat(String marks) throws IOException {
        String repeated = marks.repeat(200_000 / marks.length());

        AccessEvent event = web("GET /customers/c55555?customer=C-10023&x=" + repeated);

        assertThat(event.original()).doesNotContain("C-10023", "55555");
    }

    /** Each of them is a value of the one before it. */
    @Test
    @Timeout(20)
    void takesNoLongerForParametersWithinParameters() throws IOException {
        SourceSettings source = source("""
            format: combined
            pseudonyms: {key-file: pseudonym.key, url-parameters: [c]}
            """);

        AccessEvent event = Previews.event(source, folder, line("GET /?c=C-10023&" + "?c=".repeat(150_000)));

        assertThat(event.original()).startsWith("withheld: ");
        assertThat(event.subjects()).contains(of("C-10023"));
    }

    @Test
    void replacesAParameterThatIsShortEnoughInOneOfItsForms() throws IOException {
        String composed = "\u1F82".repeat(80);

        AccessEvent event =
                web("GET /?x=1&customer=" + Normalizer.normalize(composed, Normalizer.Form.NFD) + "&y=" + composed);

        assertThat(sent(event)).doesNotContain("\u1F82", "\u03B1");
    }

    @Test
    void withholdsALineWithAParameterTooLongToBeLookedFor() throws IOException {
        AccessEvent event = web("GET /?x=1&customer=" + "C".repeat(5_000) + "-10023");

        assertThat(event.original()).startsWith("withheld: ");
        assertThat(sent(event)).doesNotContain("CCCC");
    }

    private AccessEvent web(String request) throws IOException {
        return Previews.event(source(WEB), folder, line(request));
    }

    private static String line(String request) {
        String url = request.substring(request.indexOf(' ') + 1);
        return "198.51.100.11 - mori [30/Nov/2026:11:11:11 +0000] \"" + request
                + " HTTP/1.1\" 200 111 \"https://portal.example" + url + "\" \"agent/11.11\"";
    }

    private SourceSettings source(String yaml) {
        return Previews.source(folder, yaml);
    }

    private String of(String identifier) {
        return PseudonymKey.read(folder.resolve("pseudonym.key")).pseudonym(identifier);
    }

    private static String sent(AccessEvent event) {
        return new String(AccessEventJson.encode(event), StandardCharsets.UTF_8);
    }
}
