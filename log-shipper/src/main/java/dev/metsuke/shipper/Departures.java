package dev.metsuke.shipper;

import dev.metsuke.shipper.position.FilePosition;
import dev.metsuke.shipper.tail.Fingerprint;
import dev.metsuke.shipper.tail.Progress;
import dev.metsuke.shipper.tail.SeenFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What becomes of contents that are gone: an heir is waited for, then what of them was not read is told, then they are forgotten. */
final class Departures {

    private static final Logger LOG = LoggerFactory.getLogger(Departures.class);

    private final Contents contents;
    private final Gaps gaps;
    private final long graceNanos;
    private final long forgetNanos;

    Departures(Contents contents, Gaps gaps, ShipperSettings settings) {
        this.contents = contents;
        this.gaps = gaps;
        this.graceNanos = settings.restAfter()
                .plus(settings.scanInterval().multipliedBy(2))
                .toNanos();
        this.forgetNanos = settings.forgetAfter().toNanos();
    }

    Outcome tellOf(Content content, long nowNanos) {
        if (content.gap() == 0) {
            return forgetIfLongGone(content, nowNanos);
        }
        if (isHeldElsewhere(content)) {
            content.tellOf();
            return Outcome.NOTHING;
        }
        if (content.goneNanos(nowNanos) < graceNanos || mayHaveAnHeir()) {
            return Outcome.WAITING;
        }
        FilePosition last = content.position();
        gaps.vanished(last.seenAt(), last.progress().offset(), content.gap());
        content.tellOf();
        contents.activate(content);
        return Outcome.CHANGED;
    }

    private Outcome forgetIfLongGone(Content content, long nowNanos) {
        if (content.isGone()
                && !content.isLeft()
                && content.goneNanos(nowNanos) > forgetNanos
                && isVolumeThere(content)) {
            content.forgetting = true;
            return Outcome.CHANGED;
        }
        return Outcome.NOTHING;
    }

    /** A file comes back with its volume; one whose folder was deleted does not. */
    private static boolean isVolumeThere(Content gone) {
        try {
            Path folder = gone.path();
            do {
                folder = Objects.requireNonNull(folder.getParent());
            } while (Files.notExists(folder));
            return SeenFile.at(folder).key().device() == gone.key.file().device();
        } catch (IOException e) {
            LOG.debug("whether the volume of {} is there cannot be told", gone.path(), e);
            return false;
        }
    }

    private boolean mayHaveAnHeir() {
        return contents.active().stream()
                .anyMatch(other -> other.file != null
                        && !other.unreadable
                        && !other.isSettled()
                        && other.isRead()
                        && !other.isEmpty());
    }

    /** A copy may vanish before it was compared. */
    private boolean isHeldElsewhere(Content gone) {
        Progress its = gone.position().progress();
        Fingerprint fingerprint = its.identity().fingerprint();
        return its.offset() == 0
                && fingerprint.length() > 0
                && contents.all().stream()
                        .filter(other -> other != gone && (other.settled || other.gap() > 0))
                        .map(other -> other.position().progress())
                        .anyMatch(other ->
                                other.identity().fingerprint().equals(fingerprint) && other.size() >= its.size());
    }
}
