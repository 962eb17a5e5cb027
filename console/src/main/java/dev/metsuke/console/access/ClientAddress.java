package dev.metsuke.console.access;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * From where a request comes, be it through proxies. Each adds to {@code X-Forwarded-For} from where it had the request; what
 * stands before that, anybody could have written. So it is believed from its end on, as far as proxies are trusted.
 */
public final class ClientAddress {

    /** What proxies add to. */
    public static final String HEADER = "X-Forwarded-For";

    /** Some proxies tell the port as well. */
    private static final Pattern WITH_PORT = Pattern.compile("\\[([^]]+)](?::\\d+)?|(\\d+\\.\\d+\\.\\d+\\.\\d+):\\d+");

    private final List<Network> trusted;

    /** Where these are proxies that tell the truth. */
    public ClientAddress(List<Network> trusted) {
        this.trusted = List.copyOf(trusted);
    }

    /**
     * The nearest address that is no trusted proxy's; that of the farthest proxy where nothing else is told.
     *
     * @param peer who is connected
     * @param forwarded the headers of that name, in their order
     */
    public String of(String peer, List<String> forwarded) {
        List<String> told = new ArrayList<>();
        forwarded.forEach(header -> told.addAll(List.of(header.split(",", -1))));
        Optional<InetAddress> known = address(peer);
        while (known.filter(this::isTrusted).isPresent() && !told.isEmpty()) {
            Optional<InetAddress> before = address(told.removeLast());
            if (before.isEmpty()) {
                break;
            }
            known = before;
        }
        return known.map(InetAddress::getHostAddress).orElse(peer);
    }

    private boolean isTrusted(InetAddress address) {
        return trusted.stream().anyMatch(network -> network.contains(address));
    }

    private static Optional<InetAddress> address(String written) {
        String text = written.strip();
        Matcher withPort = WITH_PORT.matcher(text);
        if (withPort.matches()) {
            text = withPort.group(1) == null ? withPort.group(2) : withPort.group(1);
        }
        try {
            return Optional.of(IpAddress.parse(text));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
