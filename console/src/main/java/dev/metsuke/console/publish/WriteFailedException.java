package dev.metsuke.console.publish;

import dev.metsuke.console.language.Text;
import dev.metsuke.events.language.Language;
import org.jspecify.annotations.Nullable;

/** Kafka did not take what was entered, or did not give what that rests on; the message says which. */
public final class WriteFailedException extends Exception {

    private static final long serialVersionUID = 1L;

    private final transient Text reason;

    public WriteFailedException(Text reason, @Nullable Throwable cause) {
        super(reason.in(Language.ENGLISH), cause);
        this.reason = reason;
    }

    /** In English alone. */
    public WriteFailedException(String reason, @Nullable Throwable cause) {
        this(Text.english(reason), cause);
    }

    public Text reason() {
        return reason;
    }
}
