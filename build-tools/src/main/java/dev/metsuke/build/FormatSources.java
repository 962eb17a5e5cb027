package dev.metsuke.build;

import com.palantir.javaformat.java.Formatter;
import com.palantir.javaformat.java.FormatterException;
import com.palantir.javaformat.java.JavaFormatterOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Checks, or with {@code write} mends, the format of every Java source below a folder. */
public final class FormatSources {

    private static final Formatter FORMATTER = Formatter.createFormatter(JavaFormatterOptions.builder()
            .style(JavaFormatterOptions.Style.PALANTIR)
            .build());

    private FormatSources() {}

    public static void main(String[] args) throws IOException, FormatterException {
        if (args.length != 2 || !List.of("check", "write").contains(args[0])) {
            System.err.println("usage: FormatSources check|write FOLDER");
            System.exit(2);
        }
        boolean write = args[0].equals("write");
        Path root = Path.of(args[1]);
        List<Path> unformatted = new ArrayList<>();
        for (Path source : sourcesBelow(root)) {
            String text = Files.readString(source);
            String formatted = FORMATTER.formatSourceAndFixImports(text);
            if (formatted.equals(text)) {
                continue;
            }
            if (write) {
                Files.writeString(source, formatted);
            }
            unformatted.add(root.relativize(source));
        }
        if (!write && !unformatted.isEmpty()) {
            unformatted.forEach(path -> System.err.println("not formatted: " + path));
            System.err.println("mend them with: mvn -q -pl build-tools process-classes -Dformat=write");
            System.exit(1);
        }
    }

    private static List<Path> sourcesBelow(Path root) throws IOException {
        try (Stream<Path> paths = Files.walk(root)) {
            return paths.filter(path -> path.toString().endsWith(".java"))
                    .filter(path -> path.toString().contains("/src/"))
                    .filter(path -> !path.toString().contains("/target/"))
                    .sorted()
                    .toList();
        }
    }
}
