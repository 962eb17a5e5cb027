package dev.metsuke.shipper.parse;

import dev.metsuke.shipper.tail.Framing;
import org.jspecify.annotations.Nullable;

/**
 * What a container's runtime keeps of its output, a line for each of its lines, around any of the formats: Docker's
 * {@code json-file}, or that of Kubernetes (CRI). The time, where the inner record has none, is the runtime's.
 *
 * @param inner how the container writes its lines
 * @param stream of which of its outputs they are; without it, of both
 */
public record Container(Format inner, @Nullable Stream stream) implements Format {

    /** A container's outputs. */
    public enum Stream {
        STDOUT,
        STDERR
    }

    public Container {
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
        return new ContainerParser(this, rules);
    }

    @Override
    public Framing framing(Encoding encoding) {
        return new ContainerFraming();
    }
}
