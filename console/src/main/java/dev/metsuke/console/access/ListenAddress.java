package dev.metsuke.console.access;

import java.net.InetAddress;
import java.net.UnknownHostException;

/** What an address to listen on means. */
public final class ListenAddress {

    private ListenAddress() {}

    /** Only this machine can reach it; a name that cannot be resolved is not trusted to be. */
    public static boolean isLoopback(String host) {
        try {
            for (InetAddress address : InetAddress.getAllByName(host)) {
                if (!address.isLoopbackAddress()) {
                    return false;
                }
            }
            return true;
        } catch (UnknownHostException e) {
            return false;
        }
    }

    /** All of this machine's addresses. */
    static boolean isWildcard(String host) {
        return host.equals("0.0.0.0") || host.equals("::") || host.equals("[::]");
    }
}
