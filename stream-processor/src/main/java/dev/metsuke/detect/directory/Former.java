package dev.metsuke.detect.directory;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What the directory said of an account, until that time. */
public record Former(
        Instant until,
        @Nullable String department,
        @Nullable String calendar) {}
