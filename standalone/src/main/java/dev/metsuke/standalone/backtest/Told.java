package dev.metsuke.standalone.backtest;

import dev.metsuke.events.alert.Alert;
import java.time.Instant;

/**
 * One message about an alert.
 *
 * @param alert as it stood then
 * @param at about when detection would have sent it
 */
public record Told(Alert alert, Instant at) {}
