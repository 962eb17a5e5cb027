package dev.metsuke.console.access;

import dev.metsuke.operations.settings.Check;
import java.util.List;

/**
 * Someone who may use the console.
 *
 * @param name what they log in with
 * @param passwordHash as {@link PasswordHash#of} makes it; write {@code ${env:NAME}} or {@code ${file:PATH}} to keep it
 *     out of the file
 * @param roles what they may do
 */
public record ConsoleUser(String name, PasswordHash passwordHash, List<Role> roles) {

    public ConsoleUser {
        roles = List.copyOf(roles);
        Check.that()
                .holds(!name.isBlank(), "name must not be blank")
                .holds(name.indexOf(':') < 0, "name must not have a colon: HTTP Basic could not carry it")
                .holds(!roles.isEmpty(), "roles must name at least one of " + Role.all())
                .orThrow();
    }
}
