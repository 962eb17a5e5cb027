package dev.metsuke.shipper;

import dev.metsuke.shipper.tail.Patience;
import dev.metsuke.shipper.tail.Progress;
import dev.metsuke.shipper.tail.Rest;
import dev.metsuke.shipper.tail.TailedFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What goes on from a content that is gone: the file that begins anew, the copy that waited, or nothing, which is told. */
final class Succession {

    private static final Logger LOG = LoggerFactory.getLogger(Succession.class);

    private final String stream;
    private final Contents contents;
    private final OpenFiles openFiles;
    private final Complaints complaints;
    private final Gaps gaps;
    private final Patience patience;
    private final Departures departures;

    Succession(
            String stream,
            Contents contents,
            OpenFiles openFiles,
            Complaints complaints,
            Gaps gaps,
            Patience patience,
            Departures departures) {
        this.stream = stream;
        this.contents = contents;
        this.openFiles = openFiles;
        this.complaints = complaints;
        this.gaps = gaps;
        this.patience = patience;
        this.departures = departures;
    }

    /** Tells copies from what is new, and what becomes of those that are gone. */
    Set<Outcome> settle(long nowNanos) {
        contents.restless().stream()
                .filter(content -> content.original != null && !content.waitsToChange())
                .forEach(contents::activate);
        contents.active().stream()
                .filter(content -> !content.isSettled() && content.file != null && content.file.isEmptied())
                .toList()
                .forEach(content -> beginAnew(content, Objects.requireNonNull(content.file), nowNanos));
        Set<Outcome> outcomes = EnumSet.noneOf(Outcome.class);
        List<Content> unsettled = contents.active().stream()
                .filter(content -> content.file != null && !content.isSettled() && !content.isEmpty())
                .filter(content -> !content.waitsToChange())
                .toList();
        if (!unsettled.isEmpty()) {
            Kinship kinship = new Kinship(contents.all());
            unsettled.forEach(content -> outcomes.add(settle(content, kinship, nowNanos)));
        }
        contents.restless().forEach(content -> outcomes.add(departures.tellOf(content, nowNanos)));
        return outcomes;
    }

    private Outcome settle(Content content, Kinship kinship, long nowNanos) {
        TailedFile file = Objects.requireNonNull(content.file);
        if (file.isCompressed() && file.rest(patience, nowNanos) == Rest.GROWING) {
            return Outcome.NOTHING;
        }
        boolean staysOpen = file.isOpen() && !file.isCompressed();
        try {
            Kinship.Finding finding = kinship.of(content, file, nowNanos);
            if (file.hasBegunAnew()) {
                beginAnew(content, file, nowNanos);
                return Outcome.WAITING;
            }
            Outcome outcome = settle(content, file, finding, nowNanos);
            kinship.add(content);
            return outcome;
        } catch (IOException e) {
            content.unreadable = true;
            complaints.unreadable(file.contentKey(), file.path(), e);
            return Outcome.NOTHING;
        } finally {
            if (!staysOpen) {
                openFiles.closeQuietly(file);
            }
        }
    }

    private Outcome settle(Content content, TailedFile file, Kinship.Finding finding, long nowNanos) {
        content.original = null;
        content.packedUntold = false;
        content.settled = false;
        content.comparedStamp = file.stamp();
        switch (finding) {
            case Kinship.Finding.Stranger() -> content.settled = true;
            case Kinship.Finding.Packed() -> {
                content.packedUntold = true;
                if (complaints.isNew(content.key, file.path() + " packed")) {
                    LOG.warn(
                            "{}: {} is packed, though its name does not end with .gz or .zst; it is passed over until"
                                    + " it does",
                            stream,
                            file.path());
                }
            }
            case Kinship.Finding.Unclear() -> {
                return Outcome.WAITING;
            }
            case Kinship.Finding.Overwritten(Content other) -> {
                // What has the same length, and was deleted before a scan saw it, has no news of its own.
                beginAnew(other, Objects.requireNonNull(other.file), nowNanos);
                return Outcome.WAITING;
            }
            case Kinship.Finding.Copy(Content original) -> {
                content.original = original;
                if (complaints.isNew(content.key, file.path() + " copy")) {
                    LOG.info("{}: {} holds what is read from {} already; it waits", stream, file.path(), original.key);
                }
            }
            case Kinship.Finding.Heir(var originals, var from, long length, long lost) -> {
                if (originals.stream().anyMatch(original -> isGrowing(original, nowNanos))) {
                    return Outcome.WAITING;
                }
                Path before = originals.getFirst().path();
                LOG.info("{} goes on where {} stopped", file.path(), before);
                if (lost > 0) {
                    gaps.vanished(originals.getFirst().position().seenAt(), from.offset(), lost);
                }
                goOn(content, file, before, from, length);
                originals.forEach(original -> leaveToItsHeir(original, nowNanos));
                return Outcome.CHANGED;
            }
            case Kinship.Finding.Remnant(Content original, var from, long length) -> {
                LOG.info(
                        "{} holds only the beginning of what was read of {}; it goes on at byte {} of {}",
                        file.path(),
                        original.path(),
                        from.offset(),
                        length);
                goOn(content, file, original.path(), from, length);
            }
        }
        return Outcome.NOTHING;
    }

    private boolean isGrowing(Content original, long nowNanos) {
        return original.file != null && original.file.rest(patience, nowNanos) == Rest.GROWING;
    }

    private void leaveToItsHeir(Content original, long nowNanos) {
        if (original.file != null) {
            openFiles.closeQuietly(original.file);
            original.depart(nowNanos);
        }
        original.forgetting = true;
        original.inherited = true;
    }

    private void goOn(Content content, TailedFile file, Path before, Progress from, long length) {
        file.continueFrom(from, length);
        contents.noteTheOrigin(content);
        if (!file.path().equals(before)) {
            file.wasRotated(before);
        }
        content.settled = true;
        content.touched = true;
    }

    /** Goes on with what a file holds since it was truncated, overwritten, or its inode given to another. */
    void beginAnew(Content content, TailedFile file, long nowNanos) {
        TailedFile successor = file.successor(contents.nextGeneration(file.key()), nowNanos);
        content.depart(nowNanos);
        contents.activate(content);
        if (!file.isFound()) {
            // Its inode now belongs to a file that no glob asked for.
            openFiles.closeQuietly(successor);
            return;
        }
        contents.add(Content.of(successor));
        try {
            // So that it shows if it, too, begins anew before it was compared.
            var _ = successor.head(nowNanos);
        } catch (IOException e) {
            complaints.unreadable(file.contentKey(), file.path(), e);
        }
        if (file.isCompressed()) {
            openFiles.closeQuietly(successor);
        }
    }
}
