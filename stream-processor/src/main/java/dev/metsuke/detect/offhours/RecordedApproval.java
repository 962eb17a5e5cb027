package dev.metsuke.detect.offhours;

import dev.metsuke.detect.state.CompactReader;
import dev.metsuke.detect.state.CompactWriter;
import dev.metsuke.events.approval.ExportApproval;
import dev.metsuke.events.json.MalformedDocumentException;
import java.time.Instant;

/**
 * A message about an approval. When it was approved is what somebody said; when it reached Kafka nobody can say otherwise.
 *
 * @param recordedAt when it reached Kafka
 */
record RecordedApproval(ExportApproval approval, Instant recordedAt) {

    boolean isKnownAt(Instant time) {
        return !approval.approvedAt().isAfter(time) && !recordedAt.isAfter(time);
    }

    byte[] bytes() {
        return new CompactWriter().bytes(approval.toJson()).time(recordedAt).bytes();
    }

    static RecordedApproval of(byte[] bytes) throws MalformedDocumentException {
        // Earlier versions kept the document alone. The length of one never looks like a brace.
        if (bytes[0] == '{') {
            ExportApproval approval = ExportApproval.fromJson(bytes);
            return new RecordedApproval(approval, approval.approvedAt());
        }
        CompactReader in = new CompactReader(bytes);
        return new RecordedApproval(ExportApproval.fromJson(in.bytes()), in.time());
    }
}
