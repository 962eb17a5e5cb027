package dev.metsuke.console;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Gives test classes the same servers, which take seconds to start; each test has accounts of its own. */
final class SharedServers implements ParameterResolver {

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == RealServers.class;
    }

    @Override
    public RealServers resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return context.getRoot()
                .getStore(ExtensionContext.Namespace.create(SharedServers.class))
                .computeIfAbsent("servers", _ -> Started.now(), Started.class)
                .servers();
    }

    /** JUnit closes it after the last test. */
    private record Started(Path folder, RealServers servers) implements AutoCloseable {

        static Started now() {
            try {
                Path folder = Files.createTempDirectory("metsuke-console");
                return new Started(folder, new RealServers(folder));
            } catch (Exception e) {
                throw new IllegalStateException("the servers do not start", e);
            }
        }

        @Override
        public void close() throws IOException {
            servers.close();
            List<Path> files;
            try (Stream<Path> all = Files.walk(folder)) {
                files = all.sorted(Comparator.reverseOrder()).toList();
            }
            for (Path file : files) {
                Files.deleteIfExists(file);
            }
        }
    }
}
