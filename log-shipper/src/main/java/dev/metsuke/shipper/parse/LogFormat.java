package dev.metsuke.shipper.parse;

import dev.metsuke.operations.settings.Inline;

/**
 * An access log of nginx or Apache with a format string of one's own. Its variables are mapped by their meaning; a
 * setting may map another, as {@code /http_x_user}.
 *
 * @param server {@code nginx} or {@code apache}
 * @param template nginx's {@code log_format} (escaping by default or as JSON) or Apache's {@code LogFormat}
 * @param mapping what is not to be mapped by the variables' meaning
 */
public record LogFormat(
        Server server, String template, @Inline EventMapping mapping) implements Format {

    public LogFormat {
        // So that what cannot be read back is refused with its line in the settings.
        LogFormatParser.completed(mapping, LogTemplate.of(server, template));
    }

    @Override
    public LineParser parser(SourceRules rules) {
        return new LogFormatParser(this, rules);
    }

    /** Whose format string it is. */
    public enum Server {
        NGINX,
        APACHE
    }
}
