package dev.metsuke.console.http;

import dev.metsuke.console.language.Text;
import io.javalin.http.HttpResponseException;

/** Ends a request that is refused. */
public final class Refusal extends HttpResponseException {

    private static final long serialVersionUID = 1L;

    private final transient Text reason;

    public Refusal(int status, Text reason) {
        super(status, reason.toString());
        this.reason = reason;
    }

    public Text reason() {
        return reason;
    }
}
