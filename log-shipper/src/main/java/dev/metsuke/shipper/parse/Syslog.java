package dev.metsuke.shipper.parse;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Lines that went through syslog, by RFC 5424 or RFC 3164, around any of the formats. Host and, where the inner record
 * has none, time are the header's.
 *
 * @param inner how the messages are written
 * @param applications whose messages they are (APP-NAME or tag), where others stand in the file as well; none means all
 */
public record Syslog(Format inner, List<String> applications) implements Format {

    public Syslog {
        applications = List.copyOf(applications);
        if (inner.isEnvelope()) {
            throw new IllegalArgumentException("inner cannot be an envelope itself");
        }
    }

    @Override
    public boolean isEnvelope() {
        return true;
    }

    @Override
    public @Nullable EventMapping mapping() {
        return inner.mapping();
    }

    @Override
    public LineParser parser(SourceRules rules) {
        return new SyslogParser(this, rules);
    }
}
