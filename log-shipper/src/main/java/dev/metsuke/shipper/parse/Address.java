package dev.metsuke.shipper.parse;

import dev.metsuke.events.access.AccessEvent;
import dev.metsuke.events.account.IpLiteral;
import org.jspecify.annotations.Nullable;

/** Where an access came from, as the log spells it. */
final class Address {

    private Address() {}

    /** Only what is an IP address may stand in {@code source.ip}. */
    static void put(AccessEvent.Builder event, @Nullable String address) {
        if (address != null && !address.isEmpty() && !address.equals("-")) {
            event.sourceAddress(address);
            if (IpLiteral.isOne(address)) {
                event.sourceIp(address);
            }
        }
    }
}
