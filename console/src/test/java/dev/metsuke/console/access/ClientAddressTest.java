package dev.metsuke.console.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ClientAddressTest {

    private static final ClientAddress CLIENT = new ClientAddress(Stream.of("10.0.0.0/8", "192.168.7.1", "fd00::/8")
            .map(Network::parse)
            .toList());

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        # Nobody who is no trusted proxy is believed.
        203.0.113.9   | 198.51.100.7                         | 203.0.113.9
        192.168.7.2   | 198.51.100.7                         | 192.168.7.2
        # A proxy is, and what stands before its word is not.
        10.1.1.1      | 198.51.100.7                         | 198.51.100.7
        192.168.7.1   | 1.1.1.1, 198.51.100.7                | 198.51.100.7
        # Several proxies, one behind another.
        10.1.1.1      | 1.1.1.1, 198.51.100.7, 10.2.2.2      | 198.51.100.7
        10.1.1.1      | 10.3.3.3, 10.2.2.2                   | 10.3.3.3
        # With ports, as some write it, and the longer addresses.
        10.1.1.1      | 198.51.100.7:50123                   | 198.51.100.7
        fd00:0:0:0:0:0:0:1 | 2001:db8::5                     | 2001:db8:0:0:0:0:0:5
        10.1.1.1      | "[2001:db8::5]:443"                  | 2001:db8:0:0:0:0:0:5
        # Nothing that names no address.
        10.1.1.1      | unknown                              | 10.1.1.1
        10.1.1.1      | 198.51.100.7,                        | 10.1.1.1
        10.1.1.1      | office.example.jp                    | 10.1.1.1
        10.1.1.1      | 198.51                               | 10.1.1.1
        10.1.1.1      | 198.51.100.7%x                       | 10.1.1.1
        10.1.1.1      | 198.051.100.7                        | 10.1.1.1
        # As the JDK and Jetty tell addresses of this kind.
        [fd00::1]     | 198.51.100.7                         | 198.51.100.7
        fe80::1%eth0  | 198.51.100.7                         | fe80:0:0:0:0:0:0:1
        """)
    void believesProxiesAsFarAsTheyAreTrusted(String peer, String forwarded, String client) {
        assertThat(CLIENT.of(peer, List.of(forwarded.replace("\"", "")))).isEqualTo(client);
    }

    @Test
    void readsTheHeadersInTheirOrder() {
        assertThat(CLIENT.of("10.1.1.1", List.of("1.1.1.1", "198.51.100.7", "10.2.2.2")))
                .isEqualTo("198.51.100.7");
        assertThat(CLIENT.of("10.1.1.1", List.of())).isEqualTo("10.1.1.1");
        assertThat(new ClientAddress(List.of()).of("127.0.0.1", List.of("198.51.100.7")))
                .isEqualTo("127.0.0.1");
    }

    @ParameterizedTest
    @CsvSource({
        "10.0.0.0/8, 10.255.0.1, true",
        "10.0.0.0/8, 11.0.0.1, false",
        "192.168.4.0/22, 192.168.7.255, true",
        "192.168.4.0/22, 192.168.8.0, false",
        "10.1.2.3, 10.1.2.3, true",
        "10.1.2.3, 10.1.2.2, false",
        "0.0.0.0/0, 203.0.113.9, true",
        "0.0.0.0/0, 2001:db8::1, false",
        "2001:db8::/33, 2001:db8:7fff::1, true",
        "2001:db8::/33, 2001:db8:8000::1, false",
    })
    void aNetworkIsWhatBeginsAlike(String network, String address, boolean contains) {
        assertThat(Network.parse(network).contains(InetAddress.ofLiteral(address)))
                .isEqualTo(contains);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "10.0.0",
                "10.0.0.0/",
                "10.0.0.0/33",
                "fd00::/129",
                "10.0.0.0/-1",
                "localhost",
                "10.0.0.0/8/8",
                "10.1.2.3/8",
                "fd00::1/8"
            })
    void refusesWhatIsNoNetwork(String text) {
        assertThatThrownBy(() -> Network.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }
}
