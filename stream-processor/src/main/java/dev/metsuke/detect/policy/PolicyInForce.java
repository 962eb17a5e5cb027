package dev.metsuke.detect.policy;

/** The policy by which is judged at this moment; it may change while detection runs. */
public final class PolicyInForce {

    private volatile Policy policy;
    private volatile long changes;

    public PolicyInForce(Policy first) {
        policy = first;
    }

    public Policy policy() {
        return policy;
    }

    /** How often it has changed: what a detector asks at every access. */
    public long changes() {
        return changes;
    }

    /** Called by one thread at a time. */
    synchronized void take(Policy next) {
        policy = next;
        changes = changes + 1;
    }
}
