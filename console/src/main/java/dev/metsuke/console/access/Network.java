package dev.metsuke.console.access;

import java.net.InetAddress;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Addresses that begin alike (CIDR, RFC 4632).
 *
 * @param base one of them
 * @param prefix in how many bits they begin alike
 */
public record Network(InetAddress base, int prefix) {

    private static final Pattern WRITTEN = Pattern.compile("([^/]+)(?:/(\\d{1,3}))?");

    public Network {
        int bits = base.getAddress().length * Byte.SIZE;
        if (prefix < 0 || prefix > bits) {
            throw new IllegalArgumentException(
                    "the prefix of " + base.getHostAddress() + " has 0 to " + bits + " bits");
        }
    }

    /**
     * Reads {@code 10.0.0.0/8}, {@code fd00::/8}, or one address alone. Asks no name server.
     *
     * @throws IllegalArgumentException where it is none
     */
    public static Network parse(String text) {
        Matcher matcher = WRITTEN.matcher(text.strip());
        if (!matcher.matches()) {
            throw none();
        }
        InetAddress base;
        try {
            base = IpAddress.parse(matcher.group(1));
        } catch (IllegalArgumentException e) {
            throw none();
        }
        String prefix = matcher.group(2);
        return new Network(base, prefix == null ? base.getAddress().length * Byte.SIZE : Integer.parseInt(prefix));
    }

    private static IllegalArgumentException none() {
        return new IllegalArgumentException("it must be an address or a network, such as 10.1.2.3 or 10.0.0.0/8");
    }

    /** Whether the address begins like the others. */
    public boolean contains(InetAddress address) {
        byte[] one = base.getAddress();
        byte[] other = address.getAddress();
        if (one.length != other.length) {
            return false;
        }
        for (int bit = 0; bit < prefix; bit++) {
            int mask = 0x80 >> bit % Byte.SIZE;
            if (((one[bit / Byte.SIZE] ^ other[bit / Byte.SIZE]) & mask) != 0) {
                return false;
            }
        }
        return true;
    }

    @Override
    public String toString() {
        return base.getHostAddress() + "/" + prefix;
    }
}
