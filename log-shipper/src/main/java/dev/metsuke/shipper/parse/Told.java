package dev.metsuke.shipper.parse;

/** What of a database's audit log tells the accesses: it may log both, and none may count twice. */
public enum Told {
    STATEMENTS,
    TABLES
}
