package dev.metsuke.console.access;

import java.util.Set;

/**
 * Who sends a request.
 *
 * @param name the user's name; {@code local} where the console has no users and listens on loopback only
 * @param roles what they may do
 */
public record Caller(String name, Set<Role> roles) {

    private static final String ATTRIBUTE = "metsuke.caller";

    public Caller {
        roles = Set.copyOf(roles);
    }

    /** Whoever sits at this machine. */
    static Caller local() {
        return new Caller("local", Set.of(Role.values()));
    }

    /** The one whom {@link Authentication} let through. */
    public static Caller of(io.javalin.http.Context request) {
        Caller caller = request.attribute(ATTRIBUTE);
        return caller == null ? new Caller("nobody", Set.of()) : caller;
    }

    void attachTo(io.javalin.http.Context request) {
        request.attribute(ATTRIBUTE, this);
    }
}
