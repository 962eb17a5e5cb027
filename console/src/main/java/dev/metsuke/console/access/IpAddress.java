package dev.metsuke.console.access;

import dev.metsuke.events.account.IpLiteral;
import java.net.InetAddress;

/** Reads addresses as people and proxies write them. Asks no name server. */
final class IpAddress {

    private IpAddress() {}

    /**
     * Of IPv6 without the interface by which it is reached.
     *
     * @throws IllegalArgumentException where it is none
     */
    static InetAddress parse(String text) {
        int scope = text.indexOf(':') < 0 ? -1 : text.indexOf('%');
        String address = scope < 0 ? text : text.substring(0, scope);
        if (!IpLiteral.isOne(address)) {
            throw new IllegalArgumentException("it is no IP address: " + text);
        }
        return InetAddress.ofLiteral(address);
    }
}
