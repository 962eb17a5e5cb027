package dev.metsuke.detect.revoked;

import dev.metsuke.detect.history.Access;
import dev.metsuke.detect.policy.RevokedPolicy;
import dev.metsuke.events.access.Action;
import java.util.Objects;
import java.util.Optional;

/** Decides whether an access should not have been, given how the account stood. */
final class Revocations {

    /** The scope of an episode in which the whole account was stopped. */
    static final String ACCOUNT = "account";

    private static final String OUTSIDE = "outside ";

    private Revocations() {}

    /** The scope of the finding, where the access is one. */
    static Optional<String> finding(Access access, Standing standing, RevokedPolicy policy) {
        return switch (standing) {
            case Standing.Active active -> {
                String department = active.department();
                yield department != null
                                && policy.scopeForEveryone()
                                && touchesDataset(access)
                                && policy.isKeptFrom(department, Objects.requireNonNull(access.dataset()))
                        ? Optional.of(OUTSIDE + department)
                        : Optional.empty();
            }
            case Standing.Stopped _ -> Optional.of(ACCOUNT);
            case Standing.Moved moved ->
                isOutside(access, moved, policy) ? Optional.of(OUTSIDE + moved.department()) : Optional.empty();
        };
    }

    private static boolean isOutside(Access access, Standing.Moved moved, RevokedPolicy policy) {
        return touchesDataset(access)
                && !access.time().isBefore(moved.since().plus(policy.handOver()))
                && !policy.isInScope(moved.department(), Objects.requireNonNull(access.dataset()));
    }

    /** Only what touched a dataset, and did not fail, is outside of a department. */
    private static boolean touchesDataset(Access access) {
        return access.dataset() != null
                && !access.hasFailed()
                && access.action() != Action.LOGIN
                && access.action() != Action.LOGOUT;
    }
}
