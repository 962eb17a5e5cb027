package dev.metsuke.standalone.command;

import dev.metsuke.console.access.PasswordHash;
import java.io.BufferedReader;
import java.io.Console;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

@Command(
        name = "hash-password",
        description = "Makes the password-hash of a console user; asks for the password, or reads a line.",
        mixinStandardHelpOptions = true)
final class HashPasswordCommand implements Callable<Integer> {

    /** As NIST SP 800-63B wants it at least. */
    private static final int SHORTEST = 8;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws IOException {
        String password = read();
        if (password == null || password.isBlank()) {
            return refuse("no password was given");
        }
        if (password.codePointCount(0, password.length()) < SHORTEST) {
            return refuse("a password has " + SHORTEST + " characters at least");
        }
        spec.commandLine()
                .getOut()
                .println(PasswordHash.of(password.toCharArray()).written());
        return 0;
    }

    private @Nullable String read() throws IOException {
        Console terminal = System.console();
        if (terminal == null || !terminal.isTerminal()) {
            return line();
        }
        char[] typed = terminal.readPassword("Password: ");
        char[] again = terminal.readPassword("The same again: ");
        if (!Arrays.equals(typed, again)) {
            throw new ParameterException(spec.commandLine(), "these were two different passwords");
        }
        return typed == null ? null : new String(typed);
    }

    private @Nullable String line() throws IOException {
        // Bytes that are none in UTF-8 would all become the same character, and other passwords would do as well.
        CharsetDecoder strict = StandardCharsets.UTF_8.newDecoder();
        try {
            return new BufferedReader(new InputStreamReader(System.in, strict)).readLine();
        } catch (CharacterCodingException e) {
            throw new ParameterException(spec.commandLine(), "the password is not written in UTF-8", e);
        }
    }

    private int refuse(String why) {
        spec.commandLine().getErr().println(why);
        return 2;
    }
}
