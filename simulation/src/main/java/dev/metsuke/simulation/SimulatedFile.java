package dev.metsuke.simulation;

/** The files of a simulation. */
public enum SimulatedFile {
    /** What a backtest reads. */
    EVENTS("events.ndjson"),
    STATUSES("status.csv"),
    APPROVALS("approvals.csv"),
    DIRECTORY("directory.csv"),
    POLICY("policy.yml"),
    /** What it must not read. */
    INCIDENTS("incidents.csv"),
    FACTS("simulation.json"),
    /** What a backtest writes, unless told otherwise. */
    ALERTS("alerts.ndjson");

    private final String title;

    SimulatedFile(String title) {
        this.title = title;
    }

    /** The file's name. */
    public String title() {
        return title;
    }
}
