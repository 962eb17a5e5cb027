package dev.metsuke.detect.revoked;

import dev.metsuke.detect.directory.Former;
import dev.metsuke.detect.directory.Workplace;
import dev.metsuke.detect.history.Access;
import dev.metsuke.detect.policy.RevokedPolicy;
import dev.metsuke.events.access.Action;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Decides whether an access should not have been, given how the account stood. */
final class Revocations {

    /** The scope of an episode in which the whole account was stopped. */
    static final String ACCOUNT = "account";

    private static final String OUTSIDE = "outside ";

    private Revocations() {}

    /** The scope of the finding, where the access is one. */
    static Optional<String> finding(Access access, Standing standing, RevokedPolicy policy) {
        return switch (standing) {
            case Standing.Active(Workplace workplace) ->
                policy.scopeForEveryone() && isOutside(access, workplace, policy)
                        ? Optional.of(OUTSIDE + workplace.department())
                        : Optional.empty();
            case Standing.Stopped _ -> Optional.of(ACCOUNT);
            case Standing.Moved moved ->
                isOutside(access, moved, policy) ? Optional.of(OUTSIDE + moved.department()) : Optional.empty();
        };
    }

    /** Whether the scope is of what lies outside a department. */
    static boolean isOutside(String scope, @Nullable String department) {
        return department != null && scope.equals(OUTSIDE + department);
    }

    /** The department outside of which is what the scope is of; empty where it is of all that the account does. */
    static Optional<String> department(String scope) {
        return scope.equals(ACCOUNT) ? Optional.empty() : Optional.of(scope.substring(OUTSIDE.length()));
    }

    private static boolean isOutside(Access access, Workplace workplace, RevokedPolicy policy) {
        if (workplace.department() == null || !touchesDataset(access)) {
            return false;
        }
        String dataset = Objects.requireNonNull(access.dataset());
        return policy.isKeptFrom(workplace.department(), dataset)
                && workplace.formersOfPerson().stream()
                        .noneMatch(former -> isHandingOver(former, access.time(), policy)
                                && policy.isInScope(former.department(), dataset));
    }

    /** Whether what was the former department's is still open, though the directory gives another one by then. */
    static boolean isHandingOver(Former former, Instant time, RevokedPolicy policy) {
        return time.isBefore(former.until().plus(policy.handOver()));
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
