package dev.metsuke.operations.kafka;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What is wrong with the addresses of brokers, before Kafka's clients are given them; no name is looked up here. */
final class BrokerAddresses {

    private static final Pattern SCHEME = Pattern.compile("[A-Za-z0-9_+.-]*://.*");
    private static final Pattern ADDRESS = Pattern.compile("([\\w.%-]+|\\[[\\w.%:-]+])(?::(\\d+))?");
    private static final int LAST_PORT = 65_535;

    private BrokerAddresses() {}

    /** All of it, for people; each begins with the setting's name. */
    static List<String> problems(String servers) {
        List<String> addresses = addresses(servers).toList();
        if (addresses.isEmpty()) {
            return List.of("bootstrap-servers must name a broker, such as 127.0.0.1:9092");
        }
        List<String> problems = new ArrayList<>();
        for (String address : addresses) {
            String wrong = wrong(address);
            if (!wrong.isEmpty()) {
                problems.add("bootstrap-servers must be host:port, several with commas: " + address + " " + wrong);
            }
        }
        return problems;
    }

    /** The names, or the addresses of numbers; of what has no problems. */
    static List<String> hosts(String servers) {
        return addresses(servers)
                .map(ADDRESS::matcher)
                .filter(Matcher::matches)
                .map(parts -> parts.group(1))
                .toList();
    }

    private static Stream<String> addresses(String servers) {
        return Arrays.stream(servers.split(",", -1)).map(String::strip).filter(address -> !address.isEmpty());
    }

    private static String wrong(String address) {
        if (SCHEME.matcher(address).matches()) {
            return "must not have what ends in ://; properties.security.protocol says whether it is TLS";
        }
        Matcher parts = ADDRESS.matcher(address);
        if (!parts.matches()) {
            return "is no such address; an IPv6 address stands in brackets, as in [::1]:9092";
        }
        String port = parts.group(2);
        if (port == null) {
            return "has no port; brokers usually listen on 9092, so write " + address + ":9092";
        }
        return isPort(port) ? "" : "has the port " + port + ", and a port is 1 to " + LAST_PORT;
    }

    private static boolean isPort(String digits) {
        // Longer ones may be too long for a number.
        return digits.length() <= 5 && Integer.parseInt(digits) >= 1 && Integer.parseInt(digits) <= LAST_PORT;
    }
}
