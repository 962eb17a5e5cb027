package dev.metsuke.standalone;

import dev.metsuke.console.publish.WriteFailedException;
import dev.metsuke.operations.kafka.Causes;
import dev.metsuke.operations.settings.InvalidSettingsException;
import dev.metsuke.servers.ServerStartException;
import dev.metsuke.standalone.command.CommandGroup;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.Objects;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParseResult;

/** The entry: reads the command line and hands over to a subcommand. */
@Command(
        name = "metsuke",
        description = "Watches who reads personal data: ships access logs, judges them, archives them.",
        mixinStandardHelpOptions = true,
        version = "metsuke 0.1.0-SNAPSHOT",
        synopsisSubcommandLabel = "COMMAND",
        footer = {"", "Details of a command: metsuke COMMAND --help"})
public final class Metsuke {

    private static final long MEBIBYTE = 1024 * 1024;

    /** For which all help is written: an example that were broken could not be copied. */
    static final int HELP_WIDTH = 110;

    private Metsuke() {}

    public static void main(String[] args) {
        // The exit code is the command's; threads that still run must not hold the process.
        System.exit(commandLine().execute(args));
    }

    /** The whole command line; tests run it as it is. */
    public static CommandLine commandLine() {
        CommandLine commandLine = new CommandLine(new Metsuke());
        CommandGroup.addTo(commandLine);
        return commandLine
                .setUsageHelpWidth(HELP_WIDTH)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setExecutionStrategy(Metsuke::run)
                .setOut(new PrintWriter(new StandardOutput(), true, StandardCharsets.UTF_8))
                .setErr(new PrintWriter(System.err, true, StandardCharsets.UTF_8))
                .setExecutionExceptionHandler((problem, command, _) -> report(problem, command));
    }

    /** The help is printed before a command begins; where that cannot be written, it is told as a command's output would be. */
    private static int run(ParseResult asked) {
        try {
            return CommandGroup.run(asked);
        } catch (UncheckedIOException | StandardOutput.ReaderGoneException e) {
            throw new CommandLine.ExecutionException(
                    asked.commandSpec().commandLine(), String.valueOf(e.getMessage()), e);
        } catch (Error e) {
            // Uncaught it would end the process with 1, by which verify says that the archive was tampered with.
            throw new CommandLine.ExecutionException(asked.asCommandLineList().getLast(), String.valueOf(e), e);
        }
    }

    /** Says what is wrong and what to do, without a stack trace where the cause is the user's to mend. */
    private static int report(Exception problem, CommandLine command) throws Exception {
        if (Causes.of(problem).stream().anyMatch(OutOfMemoryError.class::isInstance)) {
            command.getErr()
                    .println("the memory does not suffice, of which this command may take "
                            + Runtime.getRuntime().maxMemory() / MEBIBYTE
                            + " MiB; let it take more, as by METSUKE_JAVA_OPTIONS=-Xmx8g, or ask for less at a time");
            return command.getCommandSpec().exitCodeOnExecutionException();
        }
        switch (problem) {
            case InvalidSettingsException invalid -> invalid.problems().forEach(command.getErr()::println);
            case StandardOutput.ReaderGoneException _ -> {
                return StandardOutput.READER_GONE;
            }
            case FileSystemException file -> command.getErr().println(describe(file));
            case IOException unreachable -> command.getErr().println(unreachable.getMessage());
            case UncheckedIOException wrapped -> {
                return report(Objects.requireNonNull(wrapped.getCause()), command);
            }
            case WriteFailedException failed -> command.getErr().println(failed.getMessage());
            case ServerStartException failed -> command.getErr().println(failed.getMessage());
            default -> throw problem;
        }
        return command.getCommandSpec().exitCodeOnExecutionException();
    }

    /** Its own message may be the file's name alone. */
    private static String describe(FileSystemException problem) {
        return switch (problem) {
            case NoSuchFileException _ -> problem.getFile() + ": there is no such file or folder";
            case AccessDeniedException _ -> problem.getFile() + ": permission denied";
            case FileAlreadyExistsException _ -> problem.getFile() + ": exists already";
            default -> String.valueOf(problem.getMessage());
        };
    }
}
