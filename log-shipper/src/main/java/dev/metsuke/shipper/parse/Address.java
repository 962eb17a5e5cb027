package dev.metsuke.shipper.parse;

import dev.metsuke.events.access.AccessEvent;
import java.net.InetAddress;
import org.jspecify.annotations.Nullable;

/** Where an access came from, as the log spells it. */
final class Address {

    private Address() {}

    /** Only what is an IP address may stand in {@code source.ip}. */
    static void put(AccessEvent.Builder event, @Nullable String address) {
        if (address != null && !address.isEmpty() && !address.equals("-")) {
            event.sourceAddress(address);
            if (isIp(address)) {
                event.sourceIp(address);
            }
        }
    }

    static boolean isIp(String text) {
        return text.indexOf(':') >= 0 ? isIpV6(text) : isIpV4(text);
    }

    private static boolean isIpV4(String text) {
        int dots = 0;
        int digits = 0;
        int value = 0;
        for (int i = 0; i < text.length(); i++) {
            char character = text.charAt(i);
            if (character == '.' && digits > 0) {
                dots++;
                digits = 0;
                value = 0;
            } else if (character >= '0' && character <= '9' && digits < 3) {
                digits++;
                value = value * 10 + character - '0';
                if (value > 255) {
                    return false;
                }
            } else {
                return false;
            }
        }
        return dots == 3 && digits > 0;
    }

    private static boolean isIpV6(String text) {
        if (text.length() > 45 || text.indexOf('%') >= 0 || text.indexOf('[') >= 0) {
            return false;
        }
        try {
            InetAddress.ofLiteral(text);
            return true;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
