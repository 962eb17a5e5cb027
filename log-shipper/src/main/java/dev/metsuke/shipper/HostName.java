package dev.metsuke.shipper;

import java.net.InetAddress;
import java.net.UnknownHostException;

/** This machine's name. */
final class HostName {

    private HostName() {}

    static String get() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            // The message is "NAME: NAME: …" where the name has no address.
            String message = String.valueOf(e.getMessage());
            int colon = message.indexOf(':');
            return colon > 0 ? message.substring(0, colon) : "localhost";
        }
    }
}
