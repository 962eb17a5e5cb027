package dev.metsuke.shipper;

import dev.metsuke.shipper.tail.Checkpoint;
import dev.metsuke.shipper.tail.Comparison;
import dev.metsuke.shipper.tail.Compression;
import dev.metsuke.shipper.tail.Fingerprint;
import dev.metsuke.shipper.tail.Progress;
import dev.metsuke.shipper.tail.TailedFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells whether a file that nobody knew is the copy of one that is known, packed or not, and goes on where that stopped.
 *
 * <p>While the new file holds nothing but what another begins with that is still there, byte by byte, it is a copy and
 * waits. Once that is gone, it goes on where that stopped, if it has the same checksum up to there; so it does where the
 * other is deleted, though still open, and the new file begins with all that it holds. What holds less of it is a
 * remnant, if it is the same file or named after it, and goes on at the last checkpoint whose checksum it has; another
 * file may yet hold all. As soon as it holds anything else it is a log of its own. So two logs that begin alike are told
 * apart by what follows; of a log that was read no further than a beginning it shares with another, such as a header,
 * the other is taken to go on.
 */
final class Kinship {

    private static final Logger LOG = LoggerFactory.getLogger(Kinship.class);

    private final Map<Fingerprint, List<Content>> known = new HashMap<>();
    private final Set<Integer> lengths = new TreeSet<>();
    private final Map<String, List<Content>> byPath = new HashMap<>();
    private final Whereabouts whereabouts = new Whereabouts();

    Kinship(Collection<Content> contents) {
        contents.forEach(this::add);
    }

    /** Takes one in that others may be copies of. */
    void add(Content content) {
        Fingerprint fingerprint = content.identity().fingerprint();
        if (fingerprint.length() > 0 && !content.forgetting && (content.settled || content.isGone())) {
            known.computeIfAbsent(fingerprint, _ -> new ArrayList<>()).add(content);
            lengths.add(fingerprint.length());
            byPath.computeIfAbsent(content.path().toString(), _ -> new ArrayList<>())
                    .add(content);
        }
    }

    /** What is known of a new file. */
    sealed interface Finding {

        /** It is nobody's copy. */
        record Stranger() implements Finding {}

        /** It is packed, which its name does not tell: one that is still being written or copied, as a rule. */
        record Packed() implements Finding {}

        /** Not to be told yet. */
        record Unclear() implements Finding {}

        /** Not to be told before the other, which it begins like, is known to have begun anew. */
        record Overwritten(Content other) implements Finding {}

        /** A file that is still there holds the same. */
        record Copy(Content original) implements Finding {}

        /**
         * It stands for one that is gone, or deleted and still open, or for several that held the same.
         *
         * @param originals first the one that was read the furthest
         * @param from where to go on
         * @param length how many bytes of content it holds
         * @param lostBytes how many bytes of the one that is gone it does not hold
         */
        record Heir(List<Content> originals, Progress from, long length, long lostBytes) implements Finding {}

        /**
         * It holds only the beginning of what was read of one that is gone.
         *
         * @param from where to go on
         * @param length how many bytes of content it holds
         */
        record Remnant(Content original, Progress from, long length) implements Finding {}
    }

    Finding of(Content content, TailedFile file, long nowNanos) throws IOException {
        byte[] head = file.head(nowNanos);
        if (head.length == 0) {
            return file.isCompressed() ? new Finding.Stranger() : new Finding.Unclear();
        }
        if (!file.isCompressed() && Compression.isSignature(head)) {
            return new Finding.Packed();
        }
        List<Finding.Heir> heirs = new ArrayList<>();
        List<Finding.Remnant> remnants = new ArrayList<>();
        for (Content other : likely(head, file.path())) {
            if (other != content && !other.forgetting) {
                Finding finding = other.isGone() ? heir(file, other) : copy(file, other);
                switch (finding) {
                    case Finding.Copy _, Finding.Unclear _, Finding.Overwritten _ -> {
                        return finding;
                    }
                    case Finding.Heir heir -> heirs.add(heir);
                    case Finding.Remnant remnant -> remnants.add(remnant);
                    case Finding.Stranger _, Finding.Packed _ -> LOG.debug("{} begins like {}", file.path(), other.key);
                }
            }
        }
        return furthest(heirs, remnants);
    }

    /** A copy that was never read, and is gone, is no reason to read again what was read of a longer one. */
    private static Finding furthest(List<Finding.Heir> heirs, List<Finding.Remnant> remnants) {
        Optional<Finding.Heir> heir =
                heirs.stream().max(Comparator.comparingLong(one -> one.from().offset()));
        long inherited = heir.map(one -> one.from().offset()).orElse(-1L);
        Optional<Finding> remnant = remnants.stream()
                .max(Comparator.comparingLong(one -> one.from().offset()))
                .filter(one -> one.from().offset() > inherited)
                .map(one -> one);
        return remnant.or(() -> heir.map(one -> ofAll(one, heirs))).orElseGet(Finding.Stranger::new);
    }

    /** It goes on where the one stopped that was read the furthest; of the others it holds all as well. */
    private static Finding ofAll(Finding.Heir furthest, List<Finding.Heir> heirs) {
        List<Content> originals = new ArrayList<>(furthest.originals());
        heirs.stream()
                .flatMap(heir -> heir.originals().stream())
                .filter(other -> !originals.contains(other))
                .forEach(originals::add);
        return new Finding.Heir(originals, furthest.from(), furthest.length(), furthest.lostBytes());
    }

    private List<Content> likely(byte[] head, Path path) {
        List<Content> likely = new ArrayList<>();
        for (int length : lengths) {
            if (length <= head.length) {
                likely.addAll(known.getOrDefault(Fingerprint.of(head, length), List.of()));
            }
        }
        if (head.length < Fingerprint.MOST) {
            // Of a copy that is shorter than what is known, the fingerprint cannot tell.
            String name = path.toString();
            for (int end = folderLength(path) + 1; end <= name.length(); end++) {
                byPath.getOrDefault(name.substring(0, end), List.of()).stream()
                        .filter(other -> other.identity().fingerprint().length() > head.length)
                        .forEach(likely::add);
            }
        }
        return likely;
    }

    private static int folderLength(Path path) {
        Path folder = path.getParent();
        return folder == null ? 0 : folder.toString().length();
    }

    /** As rotation names a copy. */
    private static boolean isNamedAfter(Path copy, Path original) {
        return copy.toString().startsWith(original.toString()) && !copy.equals(original);
    }

    private Finding copy(TailedFile file, Content other) throws IOException {
        TailedFile there = other.file;
        if (there == null || other.unreadable) {
            return new Finding.Unclear();
        }
        boolean wasOpen = there.isOpen();
        try {
            if (!there.isTheFileItWas()) {
                return new Finding.Overwritten(other);
            }
            if (Comparison.isBeginning(file, there)) {
                return new Finding.Copy(other);
            }
            boolean isReplaced = isDeleted(other, there) && Comparison.isBeginning(there, file);
            // It may have been truncated since it was asked.
            if (!there.isTheFileItWas()) {
                return new Finding.Overwritten(other);
            }
            return isReplaced ? heir(file, other) : new Finding.Stranger();
        } finally {
            if (!wasOpen) {
                there.close();
            }
        }
    }

    private boolean isDeleted(Content other, TailedFile there) throws IOException {
        return !there.isFound()
                && whereabouts
                        .of(other.path(), other.realPath(), other.key.file())
                        .isEmpty();
    }

    private static Finding heir(TailedFile file, Content other) throws IOException {
        Progress read = other.position().progress();
        List<Long> offsets = read.checkpoints().stream().map(Checkpoint::offset).toList();
        Comparison.Beginnings beginnings = Comparison.beginnings(file, offsets);
        List<Checkpoint> shared = beginnings.checkpoints().stream()
                .filter(read.checkpoints()::contains)
                .toList();
        long length = beginnings.end().offset();
        boolean isProven = !shared.isEmpty() || read.identity().fingerprint().length() <= length;
        if (isProven && shared.size() == offsets.size() && length >= read.offset()) {
            long lost = Math.max(0, other.gap() - (length - read.offset()));
            return new Finding.Heir(List.of(other), read, length, lost);
        }
        return isRemnant(file, other, shared, beginnings)
                ? new Finding.Remnant(other, file.progress().upTo(shared, read.firstLine()), length)
                : new Finding.Stranger();
    }

    /** Few first bytes prove nothing, as new logs may begin with the same header; but they may be all that a copy holds. */
    private static boolean isRemnant(
            TailedFile file, Content other, List<Checkpoint> shared, Comparison.Beginnings beginnings) {
        if (shared.isEmpty()) {
            return false;
        }
        boolean isLong = shared.getLast().offset() >= Fingerprint.MOST;
        if (file.key().equals(other.key.file())) {
            return isLong;
        }
        boolean differs = shared.size() < beginnings.checkpoints().size();
        boolean isAllRead = shared.getLast().equals(beginnings.end());
        return isNamedAfter(file.path(), other.path()) && !differs && (isLong || isAllRead);
    }
}
