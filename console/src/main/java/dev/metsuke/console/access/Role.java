package dev.metsuke.console.access;

import io.javalin.security.RouteRole;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** What someone is to the console; a person may have several. */
public enum Role implements RouteRole {
    /** Watches alerts. */
    OFFICER,
    /** Reports who retired, transferred, was suspended or came back. */
    HR,
    /** Searches the archive. */
    AUDITOR,
    /** Runs it. */
    OPERATOR,
    /** An identity provider, which tells whose accounts there are, and which it switches off. */
    PROVISIONING;

    /** All of them, for a message. */
    static String all() {
        return Arrays.stream(values()).map(Role::label).collect(Collectors.joining(", "));
    }

    /** As settings and JSON spell it. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
