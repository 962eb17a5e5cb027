package dev.metsuke.console.access;

import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Who sends a request.
 *
 * @param name the user's name; {@code local} where the console has no users and listens on loopback only
 * @param roles what they may do
 * @param address where the request comes from; null before anybody has looked
 * @param until when their session ends; null where there is none
 */
public record Caller(
        String name,
        Set<Role> roles,
        @Nullable String address,
        @Nullable Instant until) {

    private static final String ATTRIBUTE = "metsuke.caller";

    public Caller {
        roles = Set.copyOf(roles);
    }

    /** Without a session. */
    Caller(String name, Set<Role> roles, @Nullable String address) {
        this(name, roles, address, null);
    }

    /** Whoever sits at this machine. */
    static Caller local(String address) {
        return new Caller("local", Set.of(Role.values()), address);
    }

    /** Who has not logged in, and may do nothing but that. */
    static Caller nobody(@Nullable String address) {
        return new Caller("nobody", Set.of(), address);
    }

    /** The one whom {@link Doorkeeper} let through. */
    public static Caller of(io.javalin.http.Context request) {
        Caller caller = request.attribute(ATTRIBUTE);
        return caller == null ? nobody(null) : caller;
    }

    void attachTo(io.javalin.http.Context request) {
        request.attribute(ATTRIBUTE, this);
    }
}
