package dev.metsuke.standalone.backtest;

import dev.metsuke.standalone.backtest.EventFiles.Line;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Several files as one, by the time at which their events arrived, in whatever order they are named: each file by itself is
 * taken to be in that order. A file is opened when its first event is due, so that of rotated logs one or two are open.
 */
final class MergedFiles implements AutoCloseable {

    private final List<Member> members = new ArrayList<>();

    private MergedFiles() {}

    static void forEach(List<ReadAhead.Reader<Line>> files, Consumer<Line> consumer) throws IOException {
        if (files.size() == 1) {
            ReadAhead.forEach(files.getFirst(), consumer);
            return;
        }
        try (MergedFiles merged = new MergedFiles()) {
            for (ReadAhead.Reader<Line> file : files) {
                merged.members.add(new Member(file, merged.members.size(), firstArrival(file)));
            }
            merged.forEach(consumer);
        }
    }

    private void forEach(Consumer<Line> consumer) throws IOException {
        Queue<Member> waiting = new PriorityQueue<>(
                Comparator.<Member, Instant>comparing(member -> member.at).thenComparingInt(member -> member.number));
        waiting.addAll(members);
        for (Member first = waiting.poll(); first != null; first = waiting.poll()) {
            @Nullable Member second = waiting.peek();
            if (first.give(second == null ? Instant.MAX : second.at, consumer)) {
                waiting.add(first);
            }
        }
    }

    /** A file without events has nothing to wait for. */
    private static Instant firstArrival(ReadAhead.Reader<Line> file) throws IOException {
        try (ReadAhead<Line> lines = ReadAhead.peek(file)) {
            for (Line line = lines.next(); line != null; line = lines.next()) {
                if (line instanceof Line.Read read) {
                    return PastEvents.arrival(read.event());
                }
            }
        }
        return Instant.MIN;
    }

    @Override
    public void close() {
        members.forEach(Member::close);
    }

    private static final class Member {

        private final ReadAhead.Reader<Line> file;
        private final int number;
        private Instant at;
        private @Nullable ReadAhead<Line> lines;
        private @Nullable Line next;

        Member(ReadAhead.Reader<Line> file, int number, Instant at) {
            this.file = file;
            this.number = number;
            this.at = at;
        }

        /** Gives what arrived until then; false where that was all. */
        boolean give(Instant until, Consumer<Line> consumer) throws IOException {
            ReadAhead<Line> open = lines == null ? ReadAhead.start(file) : lines;
            lines = open;
            for (Line line = next == null ? open.next() : next; line != null; line = open.next()) {
                if (line instanceof Line.Read read) {
                    at = PastEvents.arrival(read.event());
                    if (at.isAfter(until)) {
                        next = line;
                        return true;
                    }
                }
                consumer.accept(line);
            }
            return false;
        }

        void close() {
            if (lines != null) {
                lines.close();
            }
        }
    }
}
