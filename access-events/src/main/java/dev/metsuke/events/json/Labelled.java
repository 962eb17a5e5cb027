package dev.metsuke.events.json;

/** One of a few values that are spelt by their labels. */
public interface Labelled {

    /** As JSON, CSV, settings and the command line spell it. */
    String label();
}
