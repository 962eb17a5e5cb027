package dev.metsuke.shipper.parse;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One line of a runtime's log.
 *
 * @param time when the runtime read it
 * @param stream from which output
 * @param isPart whether more of the container's line follows: a runtime cuts it after 16 KiB
 * @param text what the container wrote, without its line end
 */
record ContainerLine(Instant time, Container.Stream stream, boolean isPart, String text) {

    // https://github.com/kubernetes/design-proposals-archive/blob/main/node/kubelet-cri-logging.md: TIMESTAMP STREAM
    // TAGS CONTENT, where TAGS are separated by colons, and the first is P or F.
    private static final Pattern CRI = Pattern.compile("(\\S+) (stdout|stderr) ([PF])(?::\\S*)? ?(.*)", Pattern.DOTALL);

    private static final Pattern LINE_END = Pattern.compile("\\r?\\n\\z");

    /** Null where it is none. */
    static @Nullable ContainerLine of(String line) {
        return line.startsWith("{") ? ofDocker(line) : ofKubernetes(line);
    }

    private static @Nullable ContainerLine ofKubernetes(String line) {
        Matcher cri = CRI.matcher(line);
        if (!cri.matches()) {
            return null;
        }
        return of(cri.group(1), cri.group(2), cri.group(3).equals("P"), cri.group(4));
    }

    // https://docs.docker.com/engine/logging/drivers/json-file/
    private static @Nullable ContainerLine ofDocker(String line) {
        try {
            JsonTree tree = JsonTree.object(line);
            String log = tree.get("log").asWritten();
            String stream = tree.text("stream");
            String time = tree.text("time");
            if (log == null || stream == null || time == null) {
                return null;
            }
            return of(time, stream, !log.endsWith("\n"), LINE_END.matcher(log).replaceFirst(""));
        } catch (MalformedJsonException e) {
            return null;
        }
    }

    private static @Nullable ContainerLine of(String time, String stream, boolean isPart, String text) {
        try {
            return new ContainerLine(
                    Instant.parse(time), Container.Stream.valueOf(stream.toUpperCase(Locale.ROOT)), isPart, text);
        } catch (DateTimeException | IllegalArgumentException e) {
            return null;
        }
    }
}
