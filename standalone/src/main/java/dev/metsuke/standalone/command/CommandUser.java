package dev.metsuke.standalone.command;

/**
 * Who runs a command: the owner of its process, as the operating system knows it. The property {@code user.name} may say
 * anything.
 */
final class CommandUser {

    private CommandUser() {}

    static String name() {
        return ProcessHandle.current().info().user().orElseGet(() -> System.getProperty("user.name"));
    }
}
