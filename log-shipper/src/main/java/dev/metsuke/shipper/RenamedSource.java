package dev.metsuke.shipper;

import dev.metsuke.shipper.position.FilePosition;
import dev.metsuke.shipper.position.Positions;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A source that begins a stream with files that another one brought, with which nobody goes on: as a rule, it was given another name. All
 * of them would be shipped once more, which an archive that deletes nothing keeps for years.
 *
 * @param former the stream that brought them
 * @param file one of them
 */
record RenamedSource(SourceSettings settings, String former, Path file) {

    /**
     * Finds them; what a source's settings call its stream is meant so.
     *
     * @param left the streams with which nobody goes on
     */
    static List<RenamedSource> among(Collection<Source> sources, Positions positions, Collection<String> left) {
        return sources.stream()
                .filter(source -> source.settings().stream() == null && !positions.hasBegun(source.stream()))
                .flatMap(source -> left.stream()
                        .flatMap(former -> of(source, former, positions).stream())
                        .limit(1))
                .toList();
    }

    private static Optional<RenamedSource> of(Source source, String former, Positions positions) {
        Stream<FilePosition> read = positions.files(former).values().stream()
                .filter(position -> position.progress().offset() > 0);
        return read.map(FilePosition::path)
                .filter(source.files()::isLookedFor)
                .findFirst()
                .map(file -> new RenamedSource(source.settings(), former, file));
    }

    /** What is wrong, and what to do. */
    String describe() {
        String name = former.substring(former.indexOf('/') + 1);
        return "source " + settings.name() + " would ship once more what " + name + " shipped, such as " + file
                + ": give it \"stream: " + name + "\", and it goes on where that stopped, or \"stream: "
                + settings.name()
                + "\" where all of it is to be shipped again";
    }
}
