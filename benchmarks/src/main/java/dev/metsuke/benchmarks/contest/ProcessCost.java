package dev.metsuke.benchmarks.contest;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What a process has used so far, as Linux tells it.
 *
 * @param cpuSeconds user and system time of all its threads
 * @param peakMebibytes the most memory it ever had resident ({@code VmHWM})
 */
public record ProcessCost(double cpuSeconds, double peakMebibytes) {

    public static final ProcessCost NONE = new ProcessCost(0, 0);

    /** Of {@code utime} and {@code stime}; the same on every Linux that Java runs on. */
    private static final double TICKS_A_SECOND = 100;

    private static final int UTIME_BEHIND_NAME = 11;

    /** The process's cost now, or what it was last where the process is gone. */
    public static ProcessCost of(long pid, ProcessCost last) {
        try {
            String stat = Files.readString(Path.of("/proc", Long.toString(pid), "stat"), StandardCharsets.ISO_8859_1);
            // The name stands in parentheses and may hold spaces.
            String[] behindName = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
            double ticks = Double.parseDouble(behindName[UTIME_BEHIND_NAME])
                    + Double.parseDouble(behindName[UTIME_BEHIND_NAME + 1]);
            for (String line :
                    Files.readAllLines(Path.of("/proc", Long.toString(pid), "status"), StandardCharsets.ISO_8859_1)) {
                if (line.startsWith("VmHWM:")) {
                    double kibibytes = Double.parseDouble(
                            line.substring("VmHWM:".length()).replace("kB", "").strip());
                    return new ProcessCost(ticks / TICKS_A_SECOND, kibibytes / 1024);
                }
            }
            return last;
        } catch (IOException e) {
            return last;
        }
    }
}
