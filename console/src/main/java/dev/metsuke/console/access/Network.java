package dev.metsuke.console.access;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Addresses that begin alike (CIDR, RFC 4632).
 *
 * @param base the first of them
 * @param prefix in how many bits they begin alike
 */
public record Network(InetAddress base, int prefix) {

    private static final Pattern WRITTEN = Pattern.compile("([^/]+)(?:/(\\d{1,3}))?");

    public Network {
        int bits = bits(base);
        if (prefix < 0 || prefix > bits) {
            throw new IllegalArgumentException(
                    "the prefix of " + base.getHostAddress() + " has 0 to " + bits + " bits");
        }
        InetAddress first = first(base, prefix);
        if (!base.equals(first)) {
            throw new IllegalArgumentException("the network begins with " + first.getHostAddress() + "; write that, or "
                    + base.getHostAddress() + " alone");
        }
    }

    /** All that begin like the address. */
    static Network around(InetAddress address, int prefix) {
        return new Network(first(address, prefix), prefix);
    }

    /**
     * Reads {@code 10.1.2.0/29}, {@code fd00:1::/32}, or one address alone. Asks no name server.
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
        return new Network(base, prefix == null ? bits(base) : Integer.parseInt(prefix));
    }

    private static IllegalArgumentException none() {
        return new IllegalArgumentException("it must be an address or a network, such as 10.1.2.3 or 10.1.2.0/29");
    }

    /** Whether the address begins like the others. */
    public boolean contains(InetAddress address) {
        return bits(address) == bits(base) && first(address, prefix).equals(base);
    }

    private static int bits(InetAddress address) {
        return address.getAddress().length * Byte.SIZE;
    }

    private static InetAddress first(InetAddress address, int prefix) {
        byte[] bytes = address.getAddress();
        for (int bit = prefix; bit < bytes.length * Byte.SIZE; bit++) {
            bytes[bit / Byte.SIZE] &= (byte) ~(0x80 >> bit % Byte.SIZE);
        }
        try {
            return InetAddress.getByAddress(bytes);
        } catch (UnknownHostException e) {
            throw new AssertionError("it has as many bytes as before", e);
        }
    }

    @Override
    public String toString() {
        return base.getHostAddress() + "/" + prefix;
    }
}
