package dev.metsuke.events.access;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DestinationTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "sato@example.jp | example.jp",
                "Sato <sato@example.jp>, ito@gmail.com;x@example.jp | example.jp gmail.com example.jp",
                "'sato@example.jp' (ito@gmail.com) | example.jp gmail.com",
                "mailto:sato@example.jp?subject=x | example.jp",
                "sftp://sato@example.jp:22/in | example.jp",
                "sftp://sato@example.jp/in | example.jp",
                "ito@[203.0.113.9] | [203.0.113.9]",
                "ito@[IPv6:2001:db8::9]> | [IPv6:2001:db8::9]",
                "ito%gmail.com@example.jp!gmail.com | example.jp!gmail.com",
                "@example.jp:ito@gmail.com | example.jp gmail.com",
                "['sato@example.jp', 'ito@gmail.com'] | example.jp gmail.com",
                "[sato@example.jp]\t{ito@gmail.com} | example.jp gmail.com",
                "sato@example.jp（佐藤）、ito＠gmail.com，「x@example.jp」； | example.jp gmail.com example.jp",
                "sato@example.jp.gmail.com \"sato@example.jp\"@gmail.com | example.jp.gmail.com example.jp gmail.com",
                "ito@[203.0.113.9 | [203.0.113.9",
                "[\\\"sato@example.jp\\\"] `ito@gmail.com` | example.jp gmail.com",
                "sato@example.jp\u00A0ito@gmail.com\u2028x@example.jp | example.jp gmail.com example.jp",
                "mailto:sato@example.jp&cc=ito@gmail.com&bcc= | example.jp gmail.com",
                "\u201Csato@example.jp\u201D\u2018ito@gmail.com\u2019 | example.jp gmail.com",
                "【sato@example.jp】『ito@gmail.com』〈x@example.jp〉《y@gmail.com》 | example.jp gmail.com example.jp"
                        + " gmail.com",
                "sato@example.jp・ito@gmail.com。 | example.jp gmail.com",
                "ito@example.jp。evil.com | example.jp。evil.com",
                "ito@example.jp(x).evil.com ito@example.jp(a (b) c) | example.jp(x).evil.com example.jp",
                "ito@ evil.com, ito@(x) evil.net; ito＠\u3000evil.org | evil.com evil.net evil.org",
                "佐藤 @ Sales <sato@example.jp>, @ 2F sato@ example.jp | example.jp example.jp",
                "ito@example.jp((x))(y).evil.com, sato@example.jp(佐藤) | example.jp((x))(y).evil.com example.jp",
            })
    void findsDomains(String destination, String domains) {
        assertThat(Destination.domains(destination).map(domain -> domain.group(1)))
                .containsExactly(domains.split(" "));
    }

    @ParameterizedTest
    @CsvSource({"file", "external-media", "@", "sato", "sato @ Sales", "@()"})
    void findsNoneWhereThereIsNone(String destination) {
        assertThat(Destination.domains(destination)).isEmpty();
    }

    /** RFC 5322 lets a local part end with what usually stands around addresses. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "ito#@evil.com, sato@example.jp | evil.com example.jp",
                "ito/@evil.com | evil.com",
                "ito&@evil.com ito}@evil.net | evil.com evil.net",
                "\"ito \"@evil.com | evil.com",
                "\"a)\"@evil.com | evil.com",
                "sato(x)@evil.com 伊藤（営業）@evil.net | evil.com evil.net",
                "o'brien@evil.com | evil.com",
                "ito @evil.com | evil.com",
                "x@example.jp @sato.hanako x@example.jp@evil.com | example.jp example.jp evil.com",
                "ito@[192.0.2.1] x@[IPv6:2001:db8::9] | [192.0.2.1] [IPv6:2001:db8::9]",
            })
    void findsDomainsBehindAnyLocalPart(String destination, String domains) {
        assertThat(Destination.domainsOfAddresses(destination))
                .extracting(domain -> domain.group(1))
                .containsExactly(domains.split(" "));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "@sato.hanako",
                "<@sato.hanako>",
                "(@sato.hanako)",
                "\"@sato.hanako\"",
                "「@sato.hanako」",
                "x, @sato.hanako",
                "x,@sato.hanako",
                "https://chat.example.jp/@sato.hanako",
                "batch@[12345678]",
                "sato@host"
            })
    void findsNoneBehindNoLocalPart(String destination) {
        assertThat(Destination.domainsOfAddresses(destination)).isEmpty();
    }
}
