package dev.metsuke.servers;

import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;

/** Starts both servers below the folder it is given, prints their process ids, and waits to be killed. */
final class ParentProcess {

    private ParentProcess() {}

    public static void main(String[] args) throws InterruptedException {
        Path folder = Path.of(args[0]);
        CompletableFuture<EmbeddedKafka> kafka = EmbeddedKafka.startAsync(ServerOptions.in(folder.resolve("kafka")));
        CompletableFuture<EmbeddedElasticsearch> elasticsearch =
                EmbeddedElasticsearch.startAsync(ServerOptions.in(folder.resolve("elasticsearch")));
        System.out.println(kafka.join().pid());
        System.out.println(elasticsearch.join().pid());
        new CountDownLatch(1).await();
    }
}
