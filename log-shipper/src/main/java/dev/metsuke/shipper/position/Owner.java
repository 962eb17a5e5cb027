package dev.metsuke.shipper.position;

import java.time.Instant;

/**
 * The running shipper that an id belongs to; the last that started.
 *
 * @param incarnation differs from start to start
 * @param host where it runs
 * @param since when it was started
 */
public record Owner(String incarnation, String host, Instant since) {}
