package dev.metsuke.archive;

import java.util.ArrayDeque;
import java.util.OptionalLong;

/** Which of a partition's records are under way, and so up to where its offsets may be committed. */
final class PrefixTracker {

    private final ArrayDeque<Ticket> tickets = new ArrayDeque<>();

    /** Notes that a record is under way; offsets come in ascending order. */
    Ticket started(long offset) {
        Ticket last = tickets.peekLast();
        if (last != null && last.offset >= offset) {
            throw new IllegalArgumentException("offset " + offset + " comes after " + last.offset);
        }
        Ticket ticket = new Ticket(offset);
        tickets.addLast(ticket);
        return ticket;
    }

    /** Notes that a record is through; in any order. */
    void confirmed(Ticket ticket) {
        ticket.done = true;
        for (Ticket first = tickets.peekFirst(); first != null && first.done; first = tickets.peekFirst()) {
            tickets.removeFirst();
        }
    }

    /** The first record still under way: all before it are through. Empty where all are. */
    OptionalLong firstPending() {
        Ticket first = tickets.peekFirst();
        return first == null ? OptionalLong.empty() : OptionalLong.of(first.offset);
    }

    /** How many records are remembered: those under way, and those through that stand behind one of them. */
    int size() {
        return tickets.size();
    }

    /** A record under way. */
    static final class Ticket {

        private final long offset;
        private boolean done;
        private boolean waiting;

        private Ticket(long offset) {
            this.offset = offset;
        }

        /** Notes that it has to wait while others go through; true the first time, unless it is through. */
        boolean waits() {
            boolean isNews = !done && !waiting;
            waiting |= isNews;
            return isNews;
        }

        boolean isWaiting() {
            return waiting;
        }
    }
}
