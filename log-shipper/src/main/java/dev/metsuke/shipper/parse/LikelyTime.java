package dev.metsuke.shipper.parse;

import java.time.ZoneOffset;
import java.util.List;
import java.util.regex.Pattern;

/** How a time that its source's settings do not read seems to be written, for the message that says so. */
final class LikelyTime {

    private static final Pattern SECONDS = Pattern.compile("\\d{10}(?:\\.\\d+)?");
    private static final Pattern MILLISECONDS = Pattern.compile("\\d{13}");
    /** None of these could be taken for another; day and month in other orders can. */
    private static final List<TimePattern> PATTERNS = List.of(
            TimePattern.parse("yyyy/M/d H:mm:ss"),
            TimePattern.parse("yyyy/M/d H:mm:ss.SSS"),
            TimePattern.parse("yyyy/M/d H:mm"),
            TimePattern.parse("yyyy-M-d H:mm:ss"),
            TimePattern.parse("yyyy年M月d日 H:mm:ss"),
            TimePattern.parse("yyyy年M月d日 H:mm"),
            TimePattern.parse("yyyy年M月d日 H時m分s秒"),
            TimePattern.parse("yyyyMMdd HH:mm:ss"),
            TimePattern.parse("yyyyMMddHHmmss"),
            TimePattern.parse("yyyyMMddHHmmss.SSS"),
            TimePattern.parse("EEE MMM ppd HH:mm:ss yyyy"),
            TimePattern.parse("EEE, d MMM yyyy HH:mm:ss Z"));

    private LikelyTime() {}

    /** The setting that reads it, such as {@code pattern: yyyy/M/d H:mm}, or what can be set. */
    static String setting(String text) {
        if (Times.iso(text, ZoneOffset.UTC) != null) {
            return "unit: iso, without a pattern";
        }
        if (SECONDS.matcher(text).matches()) {
            return "unit: epoch-s";
        }
        if (MILLISECONDS.matcher(text).matches()) {
            return "unit: epoch-ms";
        }
        if (Times.combined(text) != null) {
            return "unit: clf";
        }
        return PATTERNS.stream()
                .filter(pattern -> Times.of(text, pattern.formatter(), ZoneOffset.UTC) != null)
                .findFirst()
                .map(pattern -> "pattern: " + pattern)
                .orElse("the unit or the pattern that it has");
    }
}
