package dev.metsuke.operations.kafka;

import dev.metsuke.operations.setup.SetupReport;
import dev.metsuke.operations.setup.SetupReport.Line;
import dev.metsuke.operations.setup.SetupReport.Outcome;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclBindingFilter;
import org.apache.kafka.common.errors.SecurityDisabledException;

/** Writes down in Kafka what each part may do there; adds what is missing, and takes nothing away. */
public final class AccessSetup {

    private AccessSetup() {}

    /**
     * Brings the brokers' rules to what {@link AccessRules} says.
     *
     * @param rules by principal; without any, nothing is asked and nothing is done
     * @throws IOException where the brokers cannot be reached or refuse
     */
    public static SetupReport apply(KafkaSettings settings, Map<String, List<AclBinding>> rules) throws IOException {
        if (rules.isEmpty()) {
            return new SetupReport(List.of());
        }
        try (Admin admin = SetupClient.open(settings)) {
            Set<AclBinding> present =
                    new HashSet<>(get(admin.describeAcls(AclBindingFilter.ANY).values()));
            List<Line> lines = new ArrayList<>();
            for (Map.Entry<String, List<AclBinding>> of : rules.entrySet()) {
                List<AclBinding> missing = of.getValue().stream()
                        .filter(rule -> !present.contains(rule))
                        .toList();
                lines.add(line(of.getKey(), missing.size(), of.getValue().size()));
                if (!missing.isEmpty()) {
                    get(admin.createAcls(missing).all());
                }
            }
            return new SetupReport(lines);
        } catch (SecurityDisabledException e) {
            return new SetupReport(List.of(new Line(
                    "access in Kafka",
                    Outcome.LEFT_OUT,
                    "these brokers have no authorizer, so everybody may do everything; set authorizer.class.name")));
        }
    }

    private static Line line(String principal, int missing, int all) {
        String subject = "access of " + principal + " in Kafka";
        if (missing == 0) {
            return new Line(subject, Outcome.UNCHANGED, null);
        }
        return missing == all
                ? new Line(subject, Outcome.CREATED, all + " rules")
                : new Line(subject, Outcome.UPDATED, missing + " rules of " + all + " were missing");
    }

    private static <T> T get(KafkaFuture<T> future) throws IOException {
        try {
            return future.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof SecurityDisabledException disabled) {
                throw disabled;
            }
            Throwable cause = e.getCause() == null ? e : e.getCause();
            throw new IOException(
                    "cannot set up who may do what in Kafka (" + Causes.describe(cause)
                            + "); the account that runs setup must be one of the brokers' super.users",
                    cause);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while access in Kafka was set up", e);
        }
    }
}
