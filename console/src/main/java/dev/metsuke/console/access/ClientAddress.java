package dev.metsuke.console.access;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * From where a request comes, be it through proxies. Each adds to {@code X-Forwarded-For} from where it had the request; what
 * stands before that, anybody could have written. So it is believed from its end on, as far as proxies are trusted.
 */
public final class ClientAddress {

    /** What proxies add to. */
    public static final String HEADER = "X-Forwarded-For";

    /** Some proxies tell the port as well; Jetty puts longer addresses into brackets. */
    private static final Pattern WITH_PORT = Pattern.compile("\\[([^]]+)](?::\\d+)?|(\\d+\\.\\d+\\.\\d+\\.\\d+):\\d+");

    private static final int MOST_TOLD = 100;

    private static final Logger LOG = LoggerFactory.getLogger(ClientAddress.class);

    private final List<Network> trusted;
    private final Set<InetAddress> told = ConcurrentHashMap.newKeySet();

    /** Where these are proxies that tell the truth. */
    public ClientAddress(List<Network> trusted) {
        this.trusted = List.copyOf(trusted);
    }

    /**
     * The nearest address that is no trusted proxy's; that of the farthest proxy where nothing else is told.
     *
     * @param peer who is connected
     * @param forwarded the headers of that name, in their order
     * @throws IllegalArgumentException where the peer has no IP address
     */
    public String of(String peer, List<String> forwarded) {
        InetAddress nearest = IpAddress.parse(withoutPort(peer));
        if (!forwarded.isEmpty() && !isTrusted(nearest)) {
            tell(nearest);
        }
        List<String> before = new ArrayList<>();
        forwarded.forEach(header -> before.addAll(List.of(header.split(",", -1))));
        while (isTrusted(nearest) && !before.isEmpty()) {
            try {
                nearest = IpAddress.parse(withoutPort(before.removeLast()));
            } catch (IllegalArgumentException e) {
                break;
            }
        }
        return nearest.getHostAddress();
    }

    /** Once each; a stranger can have many addresses. */
    private void tell(InetAddress peer) {
        if (told.size() < MOST_TOLD && told.add(peer)) {
            LOG.warn(
                    "{} tells in {} where a request comes from, and is not believed; if it is a proxy of yours, name it"
                            + " in console.trusted-proxies",
                    peer.getHostAddress(),
                    HEADER);
        }
    }

    private boolean isTrusted(InetAddress address) {
        return trusted.stream().anyMatch(network -> network.contains(address));
    }

    private static String withoutPort(String written) {
        String text = written.strip();
        Matcher withPort = WITH_PORT.matcher(text);
        return !withPort.matches() ? text : withPort.group(1) == null ? withPort.group(2) : withPort.group(1);
    }
}
