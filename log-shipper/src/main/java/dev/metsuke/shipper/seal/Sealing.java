package dev.metsuke.shipper.seal;

import dev.metsuke.events.seal.KeyAnnouncement;
import dev.metsuke.events.seal.ListedKey;
import dev.metsuke.events.seal.SealRecord;
import dev.metsuke.operations.settings.InvalidSettingsException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A shipper's part in sealing that all its streams share: the key of the hour, its announcements, and the file. */
public final class Sealing {

    private static final Logger LOG = LoggerFactory.getLogger(Sealing.class);

    private final SealKeys keys;
    private final @Nullable SealFile file;
    private SealKeys.@Nullable Current lastKey;
    private boolean hasNews;

    public Sealing(SealSettings settings, String shipperId) {
        Path path = settings.file();
        this.keys = new SealKeys(settings.keyFolder(), shipperId);
        this.file = path == null ? null : new SealFile(path);
    }

    /**
     * Finds the key, or makes the first one.
     *
     * @param committed the streams' last seals
     * @throws InvalidSettingsException where there is no key, and none can be made
     */
    public void takeOver(Instant now, List<? extends SealRecord> committed) {
        try {
            SealKeys.Current key = keys.current(now);
            if (!key.equals(lastKey)) {
                LOG.info(
                        "seals are signed with the key {}; auditors need {}",
                        key.pair().publicKey().id(),
                        keys.folder().resolve("keys.json"));
            }
            lastKey = key;
        } catch (IOException e) {
            throw new InvalidSettingsException(List.of("shipper.seal.key-folder: " + e.getMessage()));
        }
        hasNews = true;
        if (file != null) {
            file.complete(committed);
        }
    }

    /** The key that seals now. Where the folder cannot be read any more, the last one goes on. */
    public SealKeys.Current key(Instant now) {
        try {
            SealKeys.Current key = keys.current(now);
            hasNews |= !key.equals(lastKey);
            lastKey = key;
            return key;
        } catch (IOException e) {
            SealKeys.Current key = Objects.requireNonNull(lastKey, "no key before the take-over");
            LOG.error(
                    "the seal keys cannot be read ({}); sealing goes on with {}",
                    e.getMessage(),
                    key.pair().publicKey().id());
            return key;
        }
    }

    /** What must be told of keys before anything is sealed with them; a repeat is the same record. */
    public List<KeyAnnouncement> news() {
        return hasNews ? announcements() : List.of();
    }

    /** What was sealed and told is committed. */
    public void committed(List<? extends SealRecord> seals) {
        if (seals.isEmpty()) {
            return;
        }
        if (file != null) {
            if (hasNews) {
                file.complete(announcements());
            }
            file.append(seals);
        }
        hasNews = false;
    }

    private List<KeyAnnouncement> announcements() {
        return keys.list().keys().stream()
                .map(ListedKey::announcement)
                .filter(Objects::nonNull)
                .toList();
    }
}
