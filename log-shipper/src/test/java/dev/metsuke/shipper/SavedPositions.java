package dev.metsuke.shipper;

import dev.metsuke.events.json.MalformedDocumentException;
import dev.metsuke.shipper.position.PositionCodec;
import dev.metsuke.shipper.position.Positions;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a shipper with the id {@code shipper} committed, as it is read back, and the gaps that it told of. */
final class SavedPositions implements SourceFiles.Saved {

    final Positions positions = new Positions();
    final List<String> gaps = new ArrayList<>();
    final List<String> broken = new ArrayList<>();
    final Map<Path, Long> lostBytes = new HashMap<>();

    @Override
    public void position(byte[] key, byte @Nullable [] value) {
        try {
            PositionCodec.apply("shipper", key, value, positions);
        } catch (MalformedDocumentException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public void gap(Path path, long offset, long length) {
        gaps.add(path.getFileName() + ":" + offset + "+" + length);
        lostBytes.merge(path, length, Long::sum);
    }

    @Override
    public void broken(Path path, long offset, long storedLength, String damage) {
        broken.add(path.getFileName() + ":" + offset + "+" + storedLength + " " + damage);
    }
}
