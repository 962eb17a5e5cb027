package dev.metsuke.standalone.command;

import dev.metsuke.shipper.privacy.PseudonymKey;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "pseudonym",
        description = "Tells a person's pseudonym, to search the archive for it.",
        footer = {"", "Example:", "  metsuke search --person \"$(metsuke pseudonym --key-file pseudonym.key C-10023)\""
        },
        mixinStandardHelpOptions = true)
final class PseudonymCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(
            names = "--key-file",
            paramLabel = "FILE",
            required = true,
            description = "The key that the shipper has for the source.")
    private Path keyFile = Path.of("");

    @Parameters(
            arity = "0..*",
            paramLabel = "ID",
            description = "Identifiers as the log has them; without any, one a line from standard input.")
    private List<String> identifiers = List.of();

    @Override
    public Integer call() throws IOException {
        PseudonymKey key = PseudonymKey.read(keyFile);
        PrintWriter out = spec.commandLine().getOut();
        if (!identifiers.isEmpty()) {
            identifiers.forEach(identifier -> out.println(key.pseudonym(identifier)));
            return 0;
        }
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            out.println(key.pseudonym(line));
        }
        return 0;
    }
}
