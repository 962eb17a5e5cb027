package dev.metsuke.events.account;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

/** What HR can report about an account. */
public enum Status {
    RETIRED("retired"),
    TRANSFERRED("transferred"),
    SUSPENDED("suspended"),
    CONTRACT_ENDED("contract-ended"),
    REINSTATED("reinstated");

    private final String label;

    Status(String label) {
        this.label = label;
    }

    /** As JSON, CSV and the command line spell it. */
    public String label() {
        return label;
    }

    public static Optional<Status> ofLabel(String label) {
        return Arrays.stream(values())
                .filter(status -> status.label.equals(label))
                .findFirst();
    }

    /** All spellings, for messages. */
    public static String labels() {
        return Arrays.stream(values()).map(Status::label).collect(Collectors.joining(", "));
    }
}
