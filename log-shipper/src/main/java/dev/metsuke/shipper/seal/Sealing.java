package dev.metsuke.shipper.seal;

import dev.metsuke.events.seal.KeyStatement;
import dev.metsuke.events.seal.SealKeys;
import dev.metsuke.events.seal.SealRecord;
import dev.metsuke.events.seal.ToldKeys;
import dev.metsuke.operations.settings.InvalidSettingsException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A shipper's part in sealing that all its streams share: the key of the hour, what is to be told of keys, and the file. */
public final class Sealing {

    private static final Logger LOG = LoggerFactory.getLogger(Sealing.class);
    private static final Duration COMPLAIN_AGAIN = Duration.ofMinutes(1);

    private final SealKeys keys;
    private final @Nullable SealFile file;
    private SealKeys.@Nullable Current lastKey;
    private @Nullable Instant complainedAt;
    private ToldKeys told = ToldKeys.NOTHING;
    /** Told with the transaction that is open. */
    private List<KeyStatement> telling = List.of();

    public Sealing(SealSettings settings, String shipperId) {
        Path path = settings.file();
        this.keys = new SealKeys(settings.keyFolder(), shipperId);
        this.file = path == null ? null : new SealFile(path);
    }

    /**
     * Finds the key, or makes the first one.
     *
     * @param committedKeys what was told of keys
     * @param committedSeals the streams' last seals
     * @throws InvalidSettingsException where there is no key, and none can be made
     */
    public void takeOver(Instant now, ToldKeys committedKeys, List<? extends SealRecord> committedSeals) {
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
        told = committedKeys;
        telling = List.of();
        noteSigned(committedSeals);
        if (file != null) {
            List<SealRecord> committed = new ArrayList<>(keys.list().statements().stream()
                    .filter(statement -> told.statements().contains(statement.id()))
                    .toList());
            committed.addAll(committedSeals);
            file.complete(committed);
        }
    }

    /**
     * The key that seals now. Where the folder cannot be read any more, the last one goes on until its list says that it ended:
     * what it signed after that, nobody believes. Empty then.
     */
    public Optional<SealKeys.Current> key(Instant now) {
        try {
            SealKeys.Current key = keys.current(now);
            lastKey = key;
            return Optional.of(key);
        } catch (IOException e) {
            SealKeys.Current key = Objects.requireNonNull(lastKey, "no key before the take-over");
            boolean holds = keys.holds(key, now);
            if (complainedAt == null || !now.isBefore(complainedAt.plus(COMPLAIN_AGAIN))) {
                complainedAt = now;
                LOG.error(
                        holds
                                ? "the seal keys cannot be read ({}); sealing goes on with {}"
                                : "the seal keys cannot be read ({}), and {} has ended: nothing is sealed until they"
                                        + " can",
                        e.getMessage(),
                        key.pair().publicKey().id());
            }
            return holds ? Optional.of(key) : Optional.empty();
        }
    }

    /** Reads the keys, so that a revocation is told though there is nothing to seal. */
    public void lookForNews() {
        try {
            var _ = keys.load();
        } catch (IOException e) {
            LOG.debug("the seal keys cannot be read; the next seal says so aloud", e);
        }
    }

    /** Whether something of keys is to be told, as far as is known. */
    public boolean hasNews() {
        return !told.open(keys.list().statements()).isEmpty();
    }

    /** What must be told of keys before anything is sealed with them, in the transaction that is open. */
    public List<KeyStatement> news() {
        telling = told.open(keys.list().statements());
        return telling;
    }

    /** What is told once these are committed. */
    public ToldKeys told(List<KeyStatement> news) {
        return told.with(news);
    }

    /** What was sealed and told is committed. */
    public void committed(List<? extends SealRecord> seals) {
        noteSigned(seals);
        if (file != null && !(seals.isEmpty() && telling.isEmpty())) {
            List<SealRecord> committed = new ArrayList<>(telling);
            committed.addAll(seals);
            file.append(committed);
        }
        told = told.with(telling);
        telling = List.of();
    }

    private void noteSigned(List<? extends SealRecord> seals) {
        seals.stream().map(SealRecord::signedAt).max(Comparator.naturalOrder()).ifPresent(keys::noteSigned);
    }
}
