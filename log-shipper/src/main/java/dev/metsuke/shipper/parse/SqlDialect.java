package dev.metsuke.shipper.parse;

/** Whose SQL a text is. */
enum SqlDialect {
    POSTGRESQL,
    /** MariaDB's as well. */
    MYSQL
}
