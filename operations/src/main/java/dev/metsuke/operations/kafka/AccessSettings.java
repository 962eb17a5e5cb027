package dev.metsuke.operations.kafka;

import dev.metsuke.operations.settings.Check;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Section {@code access}: as whom each part speaks to brokers that ask who one is, such as {@code User:CN=shipper}.
 * {@code metsuke setup} lets it do there what the part needs; a part without a name is left alone.
 *
 * @param shipper the shippers
 * @param detect the instances of detection
 * @param archive the instances of the archive
 * @param console the console, and the short commands of HR and auditor
 */
public record AccessSettings(
        @Nullable String shipper,
        @Nullable String detect,
        @Nullable String archive,
        @Nullable String console) {

    public AccessSettings {
        Check check = Check.that();
        Stream.of(shipper, detect, archive, console)
                .forEach(principal -> check.holds(
                        principal == null || principal.matches("[A-Za-z]+:.+"),
                        "a principal is written as Kafka writes it, such as User:CN=shipper, not " + principal));
        check.orThrow();
    }
}
