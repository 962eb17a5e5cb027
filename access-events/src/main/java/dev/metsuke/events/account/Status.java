package dev.metsuke.events.account;

import dev.metsuke.events.json.Labelled;
import dev.metsuke.events.json.Labels;
import java.util.Optional;

/** What HR can report about an account. */
public enum Status implements Labelled {
    RETIRED("retired"),
    TRANSFERRED("transferred"),
    SUSPENDED("suspended"),
    CONTRACT_ENDED("contract-ended"),
    REINSTATED("reinstated"),
    /** Of a report that was made before, under its own id: it should never have been, and says nothing any more. */
    TAKEN_BACK("taken-back");

    private final String label;

    Status(String label) {
        this.label = label;
    }

    /** As JSON, CSV and the command line spell it. */
    @Override
    public String label() {
        return label;
    }

    public static Optional<Status> ofLabel(String label) {
        return Labels.find(Status.class, label);
    }
}
