package dev.metsuke.shipper;

import dev.metsuke.shipper.position.FilePosition;
import dev.metsuke.shipper.tail.ContentKey;
import dev.metsuke.shipper.tail.FileKey;
import dev.metsuke.shipper.tail.TailedFile;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The contents of a source's files: all that are known, the latest of each file, and those that may have news. */
final class Contents {

    private final Map<ContentKey, Content> all = new LinkedHashMap<>();
    private final Map<FileKey, Content> latest = new HashMap<>();
    /** The last generation of each file that any content was first read as, whatever file carries it now. */
    private final Map<FileKey, Long> origins = new HashMap<>();
    /** Those that may have news before a scan says so. */
    private final Set<Content> active = new LinkedHashSet<>();
    /** Those that no scan finds as they are, so that each has to look for them. */
    private final Set<Content> astray = new LinkedHashSet<>();

    Collection<Content> all() {
        return Collections.unmodifiableCollection(all.values());
    }

    Set<ContentKey> keys() {
        return Collections.unmodifiableSet(all.keySet());
    }

    Collection<Content> active() {
        return Collections.unmodifiableCollection(active);
    }

    /** The active and those astray: to all others nothing happens of which a scan does not tell. */
    List<Content> restless() {
        Set<Content> restless = new LinkedHashSet<>(astray);
        restless.addAll(active);
        return List.copyOf(restless);
    }

    @Nullable
    Content of(TailedFile file) {
        return all.get(file.contentKey());
    }

    /** What a file holds since it last began anew. */
    @Nullable
    Content latest(FileKey file) {
        return latest.get(file);
    }

    /** What a file begins anew as, so that what it held before stays told apart from it, also by ids. */
    long nextGeneration(FileKey file) {
        Content last = latest.get(file);
        return 1 + Math.max(last == null ? -1 : last.key.generation(), origins.getOrDefault(file, -1L));
    }

    /** It goes on with what was first read elsewhere. */
    void noteTheOrigin(Content content) {
        ContentKey origin = content.identity().origin();
        origins.merge(origin.file(), origin.generation(), Math::max);
    }

    void add(Content content) {
        all.put(content.key, content);
        noteTheLatest(content);
        active.add(content);
    }

    void activate(Content content) {
        active.add(content);
    }

    void deactivateIf(Predicate<Content> quiet) {
        active.stream().filter(Content::isAstray).forEach(astray::add);
        astray.removeIf(content -> !content.isAstray());
        active.removeIf(quiet);
    }

    void forgetThoseToForget() {
        active.removeIf(content -> content.forgetting);
        removeIf(content -> content.forgetting);
    }

    /** Goes back to these positions; each may have news again. */
    void rewind(Map<ContentKey, FilePosition> positions) {
        // One that was committed and no longer is was forgotten by the transaction of which the end was not known.
        removeIf(content -> content.isGone()
                && (content.committed != null || content.forgetting)
                && !positions.containsKey(content.key));
        active.clear();
        all.values().forEach(content -> content.rewind(positions.get(content.key)));
        positions.forEach((key, position) -> {
            if (!all.containsKey(key)) {
                add(Content.remembered(position));
            }
        });
        active.addAll(all.values());
    }

    /** Those that hold a descriptor. */
    List<TailedFile> open() {
        return all.values().stream()
                .flatMap(content -> Stream.ofNullable(content.file))
                .filter(TailedFile::isOpen)
                .toList();
    }

    private void removeIf(Predicate<Content> gone) {
        if (all.values().removeIf(gone)) {
            astray.removeIf(gone);
            latest.clear();
            origins.clear();
            all.values().forEach(this::noteTheLatest);
        }
    }

    private void noteTheLatest(Content content) {
        noteTheOrigin(content);
        latest.merge(
                content.key.file(),
                content,
                (one, other) -> one.key.generation() > other.key.generation() ? one : other);
    }
}
