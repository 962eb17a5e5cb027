package dev.metsuke.events.account;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IpLiteralTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "192.0.2.1",
                "0.0.0.0",
                "255.255.255.255",
                "::",
                "::1",
                "2001:DB8::0001",
                "1:2:3:4:5:6:7::",
                "1:2:3:4:5:6:7:8",
                "::ffff:192.0.2.1",
                "1:2:3:4:5:6:192.0.2.1"
            })
    void addressesAsEverybodyReadsThem(String text) {
        assertThat(IpLiteral.isOne(text)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "a:b",
                "localhost",
                "256.1.1.1",
                "1.2.3",
                "10.1",
                "1.2.3.4.5",
                "1..2.3",
                "1.2.3.",
                ".1.2.3",
                "010.1.1.1",
                "10.00.1.1",
                "::ffff:010.1.1.1",
                "::ffff:10.1",
                "1.2.3.4::",
                "192.0.2.1:80",
                "１.2.3.4",
                "[::1]",
                "fe80::1%eth0",
                "1::2::3",
                "12345::1",
                "1:2:3:4:5:6:7:8:9"
            })
    void whatSomeWouldReadOtherwiseOrNot(String text) {
        assertThat(IpLiteral.isOne(text)).isFalse();
    }

    @Test
    void accountsKnownByAnAddressAloneAreLookedForInItsField() {
        assertThat(AccountId.ofAddress("192.0.2.1").isIpAddress()).isTrue();
        assertThat(AccountId.ofAddress("10.1").isIpAddress()).isFalse();
        assertThat(AccountId.ofAddress("db.example.jp").isIpAddress()).isFalse();
        assertThat(new AccountId("192.0.2.1").isIpAddress()).isFalse();
    }
}
