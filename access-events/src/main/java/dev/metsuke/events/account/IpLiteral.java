package dev.metsuke.events.account;

import java.net.InetAddress;

/**
 * What may stand where an IP address must: as Elasticsearch's type {@code ip} takes it, and everybody reads it alike. An octet
 * with a leading zero is octal to some; what lacks an octet is filled up by some; neither is one here.
 */
public final class IpLiteral {

    private static final int LONGEST = 45;

    private IpLiteral() {}

    /** Never asks a name server. */
    public static boolean isOne(String text) {
        return text.indexOf(':') >= 0 ? isIpV6(text) : isIpV4(text, 0);
    }

    private static boolean isIpV4(String text, int from) {
        int dots = 0;
        int digits = 0;
        int value = 0;
        for (int i = from; i < text.length(); i++) {
            char character = text.charAt(i);
            if (character == '.' && digits > 0) {
                dots++;
                digits = 0;
                value = 0;
            } else if (character >= '0' && character <= '9' && (digits == 0 || value > 0)) {
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

    /** Without the interface by which it is reached, and without brackets. */
    private static boolean isIpV6(String text) {
        if (text.length() > LONGEST || text.indexOf('%') >= 0 || text.indexOf('[') >= 0) {
            return false;
        }
        if (text.indexOf('.') >= 0 && !isIpV4(text, text.lastIndexOf(':') + 1)) {
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
