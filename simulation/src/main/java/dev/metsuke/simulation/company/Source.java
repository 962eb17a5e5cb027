package dev.metsuke.simulation.company;

/** A system whose log is shipped, and how late its lines come. */
public enum Source {
    /** An application that logs as it goes. */
    CRM("crm", "10.20.1.11", Lateness.SECONDS),
    /** A web server whose log is collected every quarter of an hour. */
    PORTAL("portal", "10.20.1.21", Lateness.QUARTERS),
    /** A database's audit log. */
    DATABASE("customer-db", "10.20.1.31", Lateness.SECONDS),
    /** A cloud service that hands out its audit log by an API. */
    CLOUD("cloud", "10.20.1.41", Lateness.MINUTES),
    /** Branches send what they have four times a day. */
    BRANCH("branch-files", "10.30.1.11", Lateness.QUARTERS_OF_THE_DAY),
    /** Who logs in where. */
    DIRECTORY("directory", "10.20.1.51", Lateness.SECONDS);

    /** How a source's lines reach the shipper. */
    public enum Lateness {
        SECONDS,
        MINUTES,
        QUARTERS,
        QUARTERS_OF_THE_DAY
    }

    private final String service;
    private final String host;
    private final Lateness lateness;

    Source(String service, String host, Lateness lateness) {
        this.service = service;
        this.host = host;
        this.lateness = lateness;
    }

    /** {@code service.name}. */
    public String service() {
        return service;
    }

    /** {@code host.name}. */
    public String host() {
        return host;
    }

    public Lateness lateness() {
        return lateness;
    }
}
