package dev.metsuke.standalone.command;

import dev.metsuke.console.publish.WriteFailedException;
import dev.metsuke.standalone.demo.Demo;
import dev.metsuke.standalone.demo.DemoSummary;
import dev.metsuke.standalone.terminal.Progress;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "demo",
        description = "Runs a sample company on embedded real servers: its logs turn into alerts.",
        mixinStandardHelpOptions = true)
final class DemoCommand implements Callable<Integer> {

    @Option(
            names = "--once",
            description = "End once all is shipped, judged and archived; exit with 0 only if the numbers add up.")
    private boolean once;

    @Override
    public Integer call() throws IOException, WriteFailedException, InterruptedException {
        Progress progress = new Progress(System.out);
        try (Demo demo = Demo.start(progress)) {
            Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(demo::close));
            demo.play();
            DemoSummary summary = demo.settle();
            progress.plain(summary.describe());
            if (once) {
                return summary.addsUp() ? 0 : 1;
            }
            demo.goOn().ifPresent(failure -> progress.say("Stopped: " + failure));
            return 1;
        }
    }
}
