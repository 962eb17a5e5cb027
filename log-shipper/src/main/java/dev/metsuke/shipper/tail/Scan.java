package dev.metsuke.shipper.tail;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The files that a source's globs matched at one time. */
public final class Scan {

    public static final Scan NONE = new Scan(List.of());

    private final Map<FileKey, SeenFile> files;

    /** Of a file seen under several names, the first counts. */
    public Scan(Collection<SeenFile> seen) {
        Map<FileKey, SeenFile> byKey = new LinkedHashMap<>();
        seen.forEach(file -> byKey.putIfAbsent(file.key(), file));
        files = byKey;
    }

    public Collection<SeenFile> files() {
        return java.util.Collections.unmodifiableCollection(files.values());
    }

    /** As if it had not found these; the next scan finds them created. */
    public Scan without(Set<FileKey> keys) {
        return keys.isEmpty()
                ? this
                : new Scan(files.values().stream()
                        .filter(file -> !keys.contains(file.key()))
                        .toList());
    }

    /** What happened since an earlier scan; files come in this scan's order, deleted ones last. */
    public List<FileChange> since(Scan earlier) {
        if (earlier == this) {
            return List.of();
        }
        List<FileChange> changes = new ArrayList<>();
        files.forEach((key, now) -> {
            SeenFile before = earlier.files.get(key);
            if (before == null) {
                changes.add(new FileChange.Created(now));
            } else {
                changesOf(before, now, changes);
            }
        });
        earlier.files.forEach((key, before) -> {
            if (!files.containsKey(key)) {
                changes.add(new FileChange.Deleted(before));
            }
        });
        return changes;
    }

    private static void changesOf(SeenFile before, SeenFile now, List<FileChange> changes) {
        if (!now.path().equals(before.path())) {
            changes.add(new FileChange.Renamed(now, before.path()));
        }
        if (now.size() < before.size()) {
            changes.add(new FileChange.Truncated(now));
        } else if (now.size() > before.size() || now.modifiedMillis() != before.modifiedMillis()) {
            changes.add(new FileChange.Written(now));
        }
    }
}
