package dev.metsuke.console.access;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Who sends a request.
 *
 * @param name the user's name; {@code local} where the console has no users and listens on loopback only
 * @param roles what they may do
 * @param address where the request comes from; null before anybody has looked
 */
public record Caller(String name, Set<Role> roles, @Nullable String address) {

    private static final String ATTRIBUTE = "metsuke.caller";

    public Caller {
        roles = Set.copyOf(roles);
    }

    /** Whoever sits at this machine. */
    static Caller local(String address) {
        return new Caller("local", Set.of(Role.values()), address);
    }

    /** The one whom {@link Authentication} let through. */
    public static Caller of(io.javalin.http.Context request) {
        Caller caller = request.attribute(ATTRIBUTE);
        return caller == null ? new Caller("nobody", Set.of(), null) : caller;
    }

    void attachTo(io.javalin.http.Context request) {
        request.attribute(ATTRIBUTE, this);
    }
}
