package dev.metsuke.standalone.demo;

import java.time.Instant;

/**
 * One line of a sample log.
 *
 * @param time when what it tells happened
 * @param log which log it belongs to
 * @param text the line, without its end
 */
record SampleLine(Instant time, SampleLog log, String text) {}
