package dev.metsuke.standalone;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.stream.Stream;
import picocli.CommandLine;

/** A command that was run as its user types it. */
public record CommandRun(int exitCode, String out, String err) {

    public static CommandRun of(String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        CommandLine commandLine = Metsuke.commandLine();
        commandLine.setOut(new PrintWriter(out));
        commandLine.setErr(new PrintWriter(err));
        int exitCode = commandLine.execute(arguments);
        return new CommandRun(exitCode, out.toString(), err.toString());
    }

    /** The same with a settings file. */
    public static CommandRun with(Path settings, String... arguments) {
        return of(Stream.concat(Stream.of(arguments), Stream.of("--config", settings.toString()))
                .toArray(String[]::new));
    }
}
