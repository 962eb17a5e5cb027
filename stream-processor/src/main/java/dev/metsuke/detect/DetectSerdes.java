package dev.metsuke.detect;

import dev.metsuke.events.access.AccessEvent;
import dev.metsuke.events.access.AccessEventJson;
import dev.metsuke.events.access.AccessEventReader;
import dev.metsuke.events.account.AccountId;
import dev.metsuke.events.account.DirectoryEntry;
import dev.metsuke.events.account.StatusReport;
import dev.metsuke.events.alert.Alert;
import dev.metsuke.events.alert.AlertPage;
import dev.metsuke.events.approval.ExportApproval;
import dev.metsuke.events.json.MalformedDocumentException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.function.Function;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.jspecify.annotations.Nullable;

/** The topics' keys and values as bytes; each record is parsed once, here. */
final class DetectSerdes {

    /** What detection judges by, its account included; it has no use for an event's line, nor for most of its fields. */
    private static final AccessEventReader JUDGED_FIELDS = AccessEventReader.of(Set.of(
            "@timestamp",
            "event.action",
            "event.id",
            "event.outcome",
            "metsuke.dataset",
            "metsuke.destination",
            "metsuke.records",
            "metsuke.subjects",
            "source.address",
            "source.ip",
            "user.id"));

    private DetectSerdes() {}

    static Serde<AccountId> account() {
        return serde(
                account -> account.value().getBytes(StandardCharsets.UTF_8),
                bytes -> new AccountId(new String(bytes, StandardCharsets.UTF_8)));
    }

    static Serde<AccessEvent> accessEvent() {
        return serde(AccessEventJson::encode, JUDGED_FIELDS::read);
    }

    static Serde<StatusReport> statusReport() {
        return serde(StatusReport::toJson, StatusReport::fromJson);
    }

    static Serde<ExportApproval> exportApproval() {
        return serde(ExportApproval::toJson, ExportApproval::fromJson);
    }

    static Serde<DirectoryEntry> directoryEntry() {
        return serde(DirectoryEntry::toJson, DirectoryEntry::fromJson);
    }

    /** The link is put here, on the way out: it belongs to the message, and nothing is decided by it. */
    static Serde<Alert> alert(@Nullable URI console) {
        return serde(
                alert -> console == null ? alert.toJson() : alert.toJson(AlertPage.of(console, alert.id())),
                Alert::fromJson);
    }

    private static <T> Serde<T> serde(Function<T, byte[]> write, Parser<T> parse) {
        return Serdes.serdeFrom(
                (topic, value) -> value == null ? null : write.apply(value), (topic, bytes) -> read(parse, bytes));
    }

    private static <T> @Nullable T read(Parser<T> parse, byte @Nullable [] bytes) {
        if (bytes == null) {
            return null;
        }
        try {
            return parse.parse(bytes);
        } catch (MalformedDocumentException | IllegalArgumentException e) {
            throw new SerializationException(e.getMessage(), e);
        }
    }

    private interface Parser<T> {

        T parse(byte[] bytes) throws MalformedDocumentException;
    }
}
