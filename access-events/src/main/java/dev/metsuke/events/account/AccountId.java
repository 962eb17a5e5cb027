package dev.metsuke.events.account;

import dev.metsuke.events.json.WellFormedText;

/**
 * The account that an access, a report or an alert is about: the key of every topic.
 *
 * @param value the name after the source's rules for case, domain and aliases; for an access without an account
 *     {@code ip:} and the address
 */
public record AccountId(String value) implements Comparable<AccountId> {

    private static final String ADDRESS = "ip:";

    /** Stands for an access of which neither account nor address is known. */
    public static final AccountId NOBODY = ofAddress("unknown");

    public AccountId {
        // A record's key and the document below it are encoded apart, and must name the same.
        value = WellFormedText.of(value);
        if (value.isBlank()) {
            throw new IllegalArgumentException("an account needs a name");
        }
    }

    /** Stands for an access of which only the address is known. */
    public static AccountId ofAddress(String address) {
        return new AccountId(ADDRESS + address);
    }

    public boolean isAddress() {
        return value.startsWith(ADDRESS);
    }

    /** What it says instead of an account's name: an address of IP, a host's name, or that nothing is known. */
    public String address() {
        if (!isAddress()) {
            throw new IllegalStateException(value + " is no address");
        }
        return value.substring(ADDRESS.length());
    }

    public boolean isIpAddress() {
        return isAddress() && IpLiteral.isOne(address());
    }

    @Override
    public int compareTo(AccountId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
