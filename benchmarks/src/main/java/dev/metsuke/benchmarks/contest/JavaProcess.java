package dev.metsuke.benchmarks.contest;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A contestant in a Java process of its own, so that heap, compiled code and cost are its own. */
public final class JavaProcess {

    private JavaProcess() {}

    /** What starts a class of this class path on this Java. */
    public static List<String> command(Class<?> main, List<String> flags, String... arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(flags);
        command.addAll(List.of("--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow"));
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
        command.addAll(List.of(arguments));
        return command;
    }
}
