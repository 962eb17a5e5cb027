package dev.metsuke.console.alerts;

import dev.metsuke.console.language.Text;
import dev.metsuke.events.language.Language;
import dev.metsuke.operations.part.Condition;

/**
 * How the way from a topic stands.
 *
 * @param condition for whoever operates the console
 * @param text the same for whoever looks at it
 */
record FeedState(Condition condition, Text text) {

    static final FeedState STARTING = new FeedState(new Condition.Starting(), Text.of("feed.starting"));
    static final FeedState RUNNING = new FeedState(new Condition.Running(), Text.of("feed.running"));
    static final FeedState STOPPED = new FeedState(new Condition.Stopped(), Text.of("feed.stopped"));

    /** It waits for something outside. */
    static FeedState waiting(Text reason) {
        return new FeedState(new Condition.Waiting(reason.in(Language.ENGLISH)), Text.of("feed.waiting", reason));
    }

    /** It cannot go on. */
    static FeedState failed(Text reason) {
        return new FeedState(new Condition.Failed(reason.in(Language.ENGLISH)), Text.of("feed.failed", reason));
    }

    boolean isRunning() {
        return condition instanceof Condition.Running;
    }
}
