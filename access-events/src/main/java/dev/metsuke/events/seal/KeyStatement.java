package dev.metsuke.events.seal;

/** What is said of a shipper's keys: that another takes over, or that one is believed no more. */
public sealed interface KeyStatement extends SealRecord permits KeyAnnouncement, KeyRevocation {

    /** Whose keys. */
    String shipper();
}
