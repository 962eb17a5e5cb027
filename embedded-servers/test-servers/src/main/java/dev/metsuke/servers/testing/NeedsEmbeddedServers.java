package dev.metsuke.servers.testing;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/** A test of what only an embedded server is or has; skipped, with the reason, where containers are asked for. */
@Documented
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(EmbeddedServersCondition.class)
public @interface NeedsEmbeddedServers {

    /** The reason. */
    String value();
}
