package dev.metsuke.console.access;

import java.net.InetAddress;
import java.util.regex.Pattern;

/** Reads addresses as people and proxies write them. Asks no name server. */
final class IpAddress {

    /** What is shorter would be filled up in the middle: 10.1 is 10.0.0.1 to the JDK. */
    private static final Pattern IPV4 = Pattern.compile("\\d+\\.\\d+\\.\\d+\\.\\d+");

    private IpAddress() {}

    /**
     * Without the interface by which it is reached.
     *
     * @throws IllegalArgumentException where it is none
     */
    static InetAddress parse(String text) {
        if (text.indexOf(':') < 0 && !IPV4.matcher(text).matches()) {
            throw new IllegalArgumentException("it is no IP address: " + text);
        }
        int scope = text.indexOf('%');
        return InetAddress.ofLiteral(scope < 0 ? text : text.substring(0, scope));
    }
}
