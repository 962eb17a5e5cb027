package dev.metsuke.events.access;

import dev.metsuke.events.account.AccountId;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One access to personal data, in the terms of the Elastic Common Schema.
 *
 * @param timestamp when the access happened, by the source's clock: {@code @timestamp}
 * @param id stable over every reading of the same line: {@code event.id}
 * @param action what was done: {@code event.action}
 * @param outcome whether it succeeded: {@code event.outcome}
 * @param eventCategories ECS categories, such as {@code database}, {@code web}: {@code event.category}
 * @param created when the shipper read it: {@code event.created}
 * @param original the untouched line: {@code event.original}
 * @param userId the account: {@code user.id}
 * @param userName the account as the log spells it: {@code user.name}
 * @param userEmail {@code user.email}
 * @param sourceAddress where the access came from, as the log spells it: {@code source.address}
 * @param sourceIp the same, where it is an IP address: {@code source.ip}
 * @param hostName the host that served it: {@code host.name}
 * @param serviceName the service that served it: {@code service.name}
 * @param userAgent {@code user_agent.original}
 * @param urlOriginal {@code url.original}
 * @param urlPath {@code url.path}
 * @param urlQuery {@code url.query}
 * @param httpMethod {@code http.request.method}
 * @param httpStatus {@code http.response.status_code}
 * @param httpBytes {@code http.response.body.bytes}
 * @param logFilePath {@code log.file.path}
 * @param logOffset where the line starts in its file, in bytes: {@code log.offset}
 * @param dataset what was touched, such as {@code crm.customers}: {@code metsuke.dataset}
 * @param records how many people's data; absent means unknown, never zero: {@code metsuke.records}
 * @param subjects the people, as the log names them, or as keyed-hash pseudonyms where the source has these: {@code
 *     metsuke.subjects}
 * @param dataCategories kinds of data: {@code metsuke.categories}
 * @param destination where an export went: {@code metsuke.destination}
 * @param tags what the shipper noticed, such as {@code clock-ahead}: {@code tags}
 * @param integrity the place in its stream's chain: {@code metsuke.integrity}
 */
public record AccessEvent(
        Instant timestamp,
        String id,
        Action action,
        @Nullable Outcome outcome,
        List<String> eventCategories,
        @Nullable Instant created,
        @Nullable String original,
        @Nullable String userId,
        @Nullable String userName,
        @Nullable String userEmail,
        @Nullable String sourceAddress,
        @Nullable String sourceIp,
        @Nullable String hostName,
        @Nullable String serviceName,
        @Nullable String userAgent,
        @Nullable String urlOriginal,
        @Nullable String urlPath,
        @Nullable String urlQuery,
        @Nullable String httpMethod,
        @Nullable Long httpStatus,
        @Nullable Long httpBytes,
        @Nullable String logFilePath,
        @Nullable Long logOffset,
        @Nullable String dataset,
        @Nullable Long records,
        List<String> subjects,
        List<String> dataCategories,
        @Nullable String destination,
        List<String> tags,
        @Nullable Integrity integrity) {

    public AccessEvent {
        if (id.isBlank()) {
            throw new IllegalArgumentException("an event needs an id");
        }
        if (records != null && records < 0) {
            throw new IllegalArgumentException("metsuke.records cannot be " + records + "; leave it out where unknown");
        }
        eventCategories = List.copyOf(eventCategories);
        subjects = List.copyOf(subjects);
        dataCategories = List.copyOf(dataCategories);
        tags = List.copyOf(tags);
    }

    public static Builder builder() {
        return new Builder();
    }

    /** The key of the event's record: its account, else its address. */
    public AccountId account() {
        if (userId != null) {
            return new AccountId(userId);
        }
        if (sourceIp != null) {
            return AccountId.ofAddress(sourceIp);
        }
        return sourceAddress == null ? AccountId.NOBODY : AccountId.ofAddress(sourceAddress);
    }

    public Builder toBuilder() {
        Builder builder = new Builder();
        builder.timestamp = timestamp;
        builder.id = id;
        builder.action = action;
        builder.outcome = outcome;
        builder.eventCategories = eventCategories;
        builder.created = created;
        builder.original = original;
        builder.userId = userId;
        builder.userName = userName;
        builder.userEmail = userEmail;
        builder.sourceAddress = sourceAddress;
        builder.sourceIp = sourceIp;
        builder.hostName = hostName;
        builder.serviceName = serviceName;
        builder.userAgent = userAgent;
        builder.urlOriginal = urlOriginal;
        builder.urlPath = urlPath;
        builder.urlQuery = urlQuery;
        builder.httpMethod = httpMethod;
        builder.httpStatus = httpStatus;
        builder.httpBytes = httpBytes;
        builder.logFilePath = logFilePath;
        builder.logOffset = logOffset;
        builder.dataset = dataset;
        builder.records = records;
        builder.subjects = subjects;
        builder.dataCategories = dataCategories;
        builder.destination = destination;
        builder.tags = tags;
        builder.integrity = integrity;
        return builder;
    }

    /** Collects an event's fields; {@link #build} refuses one without time, id or action. */
    public static final class Builder {

        private @Nullable Instant timestamp;
        private @Nullable String id;
        private @Nullable Action action;
        private @Nullable Outcome outcome;
        private List<String> eventCategories = List.of();
        private @Nullable Instant created;
        private @Nullable String original;
        private @Nullable String userId;
        private @Nullable String userName;
        private @Nullable String userEmail;
        private @Nullable String sourceAddress;
        private @Nullable String sourceIp;
        private @Nullable String hostName;
        private @Nullable String serviceName;
        private @Nullable String userAgent;
        private @Nullable String urlOriginal;
        private @Nullable String urlPath;
        private @Nullable String urlQuery;
        private @Nullable String httpMethod;
        private @Nullable Long httpStatus;
        private @Nullable Long httpBytes;
        private @Nullable String logFilePath;
        private @Nullable Long logOffset;
        private @Nullable String dataset;
        private @Nullable Long records;
        private List<String> subjects = List.of();
        private List<String> dataCategories = List.of();
        private @Nullable String destination;
        private List<String> tags = List.of();
        private @Nullable Integrity integrity;

        private Builder() {}

        public Builder timestamp(Instant value) {
            timestamp = value;
            return this;
        }

        public Builder id(String value) {
            id = value;
            return this;
        }

        public Builder action(Action value) {
            action = value;
            return this;
        }

        public Builder outcome(@Nullable Outcome value) {
            outcome = value;
            return this;
        }

        public Builder eventCategories(List<String> value) {
            eventCategories = value;
            return this;
        }

        public Builder created(@Nullable Instant value) {
            created = value;
            return this;
        }

        public Builder original(@Nullable String value) {
            original = value;
            return this;
        }

        public Builder userId(@Nullable String value) {
            userId = value;
            return this;
        }

        public Builder userName(@Nullable String value) {
            userName = value;
            return this;
        }

        public Builder userEmail(@Nullable String value) {
            userEmail = value;
            return this;
        }

        public Builder sourceAddress(@Nullable String value) {
            sourceAddress = value;
            return this;
        }

        public Builder sourceIp(@Nullable String value) {
            sourceIp = value;
            return this;
        }

        public Builder hostName(@Nullable String value) {
            hostName = value;
            return this;
        }

        public Builder serviceName(@Nullable String value) {
            serviceName = value;
            return this;
        }

        public Builder userAgent(@Nullable String value) {
            userAgent = value;
            return this;
        }

        public Builder urlOriginal(@Nullable String value) {
            urlOriginal = value;
            return this;
        }

        public Builder urlPath(@Nullable String value) {
            urlPath = value;
            return this;
        }

        public Builder urlQuery(@Nullable String value) {
            urlQuery = value;
            return this;
        }

        public Builder httpMethod(@Nullable String value) {
            httpMethod = value;
            return this;
        }

        public Builder httpStatus(@Nullable Long value) {
            httpStatus = value;
            return this;
        }

        public Builder httpBytes(@Nullable Long value) {
            httpBytes = value;
            return this;
        }

        public Builder logFilePath(@Nullable String value) {
            logFilePath = value;
            return this;
        }

        public Builder logOffset(@Nullable Long value) {
            logOffset = value;
            return this;
        }

        public Builder dataset(@Nullable String value) {
            dataset = value;
            return this;
        }

        public Builder records(@Nullable Long value) {
            records = value;
            return this;
        }

        public Builder subjects(List<String> value) {
            subjects = value;
            return this;
        }

        public Builder dataCategories(List<String> value) {
            dataCategories = value;
            return this;
        }

        public Builder destination(@Nullable String value) {
            destination = value;
            return this;
        }

        public Builder tags(List<String> value) {
            tags = value;
            return this;
        }

        public Builder integrity(@Nullable Integrity value) {
            integrity = value;
            return this;
        }

        /** The ECS field of the first component that an event cannot do without and that is not there yet. */
        @Nullable
        String missing() {
            if (timestamp == null) {
                return "@timestamp";
            }
            if (id == null || id.isBlank()) {
                return "event.id";
            }
            return action == null ? "event.action" : null;
        }

        public AccessEvent build() {
            if (timestamp == null) {
                throw new IllegalArgumentException("an event needs a time");
            }
            if (id == null) {
                throw new IllegalArgumentException("an event needs an id");
            }
            if (action == null) {
                throw new IllegalArgumentException("an event needs an action");
            }
            return new AccessEvent(
                    timestamp,
                    id,
                    action,
                    outcome,
                    eventCategories,
                    created,
                    original,
                    userId,
                    userName,
                    userEmail,
                    sourceAddress,
                    sourceIp,
                    hostName,
                    serviceName,
                    userAgent,
                    urlOriginal,
                    urlPath,
                    urlQuery,
                    httpMethod,
                    httpStatus,
                    httpBytes,
                    logFilePath,
                    logOffset,
                    dataset,
                    records,
                    subjects,
                    dataCategories,
                    destination,
                    tags,
                    integrity);
        }
    }
}
