package dev.metsuke.operations.settings;

import java.net.URI;
import org.jspecify.annotations.Nullable;

/** An address that a browser can open. */
public final class WebAddress {

    private WebAddress() {}

    /** Whether it is absent, or http or https with a host. */
    public static boolean isAbsentOrOne(@Nullable URI address) {
        return address == null
                || (address.getHost() != null
                        && ("http".equals(address.getScheme()) || "https".equals(address.getScheme())));
    }
}
