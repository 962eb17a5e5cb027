package dev.metsuke.shipper.parse;

import dev.metsuke.operations.settings.Default;
import dev.metsuke.shipper.tail.Framing;
import dev.metsuke.shipper.tail.LineFraming;
import org.jspecify.annotations.Nullable;

/** How a source's log is written; each format brings its settings, its parser and its idea of where a record ends. */
public sealed interface Format {

    LineParser parser(SourceRules rules);

    default Framing framing() {
        return new LineFraming();
    }

    /**
     * One JSON object a line, its fields mapped. A field that is not mapped is left out; action and outcome follow from
     * the HTTP method and status where these are mapped.
     *
     * @param time {@code @timestamp}
     * @param action {@code event.action}
     * @param outcome {@code event.outcome}
     * @param user the account: {@code user.id} and {@code user.name}
     * @param email {@code user.email}
     * @param address {@code source.address} and {@code source.ip}
     * @param host {@code host.name}
     * @param service {@code service.name}
     * @param userAgent {@code user_agent.original}
     * @param url {@code url.original}, {@code url.path} and {@code url.query}
     * @param method {@code http.request.method}
     * @param status {@code http.response.status_code}
     * @param bytes {@code http.response.body.bytes}
     * @param dataset {@code metsuke.dataset}
     * @param records {@code metsuke.records}
     * @param destination {@code metsuke.destination}
     * @param category {@code event.category}
     */
    record JsonLines(
            TimeMapping time,
            @Nullable FieldMapping action,
            @Nullable FieldMapping outcome,
            @Nullable FieldMapping user,
            @Nullable FieldMapping email,
            @Nullable FieldMapping address,
            @Nullable FieldMapping host,
            @Nullable FieldMapping service,
            @Nullable FieldMapping userAgent,
            @Nullable FieldMapping url,
            @Nullable FieldMapping method,
            @Nullable FieldMapping status,
            @Nullable FieldMapping bytes,
            @Nullable FieldMapping dataset,
            @Nullable FieldMapping records,
            @Nullable FieldMapping destination,
            @Nullable FieldMapping category)
            implements Format {

        @Override
        public LineParser parser(SourceRules rules) {
            return new JsonLinesParser(this, rules);
        }
    }

    /** Apache's and nginx's {@code combined}. */
    record Combined() implements Format {
        @Override
        public LineParser parser(SourceRules rules) {
            return new CombinedParser(rules);
        }
    }

    /** PostgreSQL's {@code csvlog} with pgaudit. */
    record PgauditCsv() implements Format {
        @Override
        public LineParser parser(SourceRules rules) {
            return new PostgresCsvParser(rules);
        }

        @Override
        public Framing framing() {
            return new CsvFraming();
        }
    }

    /** PostgreSQL's {@code jsonlog} with pgaudit. */
    record PgauditJson() implements Format {
        @Override
        public LineParser parser(SourceRules rules) {
            return new PostgresJsonParser(rules);
        }
    }

    /**
     * PostgreSQL's {@code stderr} log with pgaudit.
     *
     * @param linePrefix the server's {@code log_line_prefix}; it needs {@code %m}, {@code %t} or {@code %n}
     */
    record PgauditStderr(@Default("%m [%p] %q%u@%d ") LinePrefix linePrefix) implements Format {
        @Override
        public LineParser parser(SourceRules rules) {
            return new PostgresStderrParser(linePrefix, rules);
        }

        @Override
        public Framing framing() {
            return new PostgresStderrFraming(linePrefix);
        }
    }

    /** AWS CloudTrail's files: one JSON document with {@code Records}, each of which is a record. */
    record Cloudtrail() implements Format {
        @Override
        public LineParser parser(SourceRules rules) {
            return new CloudtrailParser(rules);
        }

        @Override
        public Framing framing() {
            return new CloudtrailFraming();
        }
    }
}
