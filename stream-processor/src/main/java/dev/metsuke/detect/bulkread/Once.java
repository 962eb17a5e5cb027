package dev.metsuke.detect.bulkread;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What is dear to make and often not asked for: made when it is asked for first, and kept. For one thread. */
final class Once<T> implements Supplier<T> {

    private final Supplier<T> maker;
    private @Nullable T made;

    Once(Supplier<T> maker) {
        this.maker = maker;
    }

    @Override
    public T get() {
        T known = made == null ? maker.get() : made;
        made = known;
        return known;
    }
}
