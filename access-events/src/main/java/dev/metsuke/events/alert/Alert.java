package dev.metsuke.events.alert;

import dev.metsuke.events.account.AccountId;
import dev.metsuke.events.json.CanonicalJson;
import dev.metsuke.events.json.JsonDocument;
import dev.metsuke.events.json.MalformedDocumentException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * An episode's latest state. Later messages with the same id replace earlier ones.
 *
 * @param id see {@link #idOf}
 * @param rule which rule found it
 * @param account whose accesses they are
 * @param scope what the episode is about within the account, such as a dataset; earlier versions wrote blank ones
 * @param state where the episode stands
 * @param severity how urgent it is
 * @param start time of the first access that counts
 * @param end time of the last access that counts so far
 * @param headline the whole alert in one line
 * @param observed what was seen
 * @param expected what was expected, from which ceiling or how much history
 * @param events how many accesses count
 * @param records how many people's data they touched, as far as known
 * @param unknownRecords how many of the accesses could not say how many people's data they touched
 * @param evidence the first of the accesses, in order of event time; the rest is found by account, scope and period
 * @param days where the number of people is a sum over days, the days that make it up; most of them may lie before the
 *     start, since no access counts before the sum was too much
 * @param settings the rule's settings as they held, by name
 * @param policyVersion the policy that it was judged by
 * @param personName who holds the account, where the directory knows
 * @param department where that person works
 * @param withdrawnBecause why it no longer holds; given exactly when the state is withdrawn
 */
public record Alert(
        String id,
        Rule rule,
        AccountId account,
        String scope,
        AlertState state,
        Severity severity,
        Instant start,
        Instant end,
        String headline,
        String observed,
        String expected,
        long events,
        long records,
        long unknownRecords,
        List<Evidence> evidence,
        List<ReadOnDay> days,
        Map<String, String> settings,
        String policyVersion,
        @Nullable String personName,
        @Nullable String department,
        @Nullable String withdrawnBecause) {

    public Alert {
        if (end.isBefore(start)) {
            throw new IllegalArgumentException("an episode cannot end (" + end + ") before it starts (" + start + ")");
        }
        if ((state == AlertState.WITHDRAWN) != (withdrawnBecause != null)) {
            throw new IllegalArgumentException("an alert gives a reason exactly when it is withdrawn");
        }
        evidence = List.copyOf(evidence);
        days = List.copyOf(days);
        settings = Collections.unmodifiableMap(new TreeMap<>(settings));
    }

    /**
     * A function of rule, account, scope and the episode's first access, so that judging again rewrites an alert rather
     * than adding one: 128 bits of SHA-256, in hexadecimal.
     */
    public static String idOf(Rule rule, AccountId account, String scope, Instant start) {
        String episode = String.join("\u0000", rule.id(), account.value(), scope, start.toString());
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(episode.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash, 0, 16);
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java platform has SHA-256", e);
        }
    }

    /** The same alert, taken back. */
    public Alert withdrawn(String because) {
        return withState(AlertState.WITHDRAWN, because);
    }

    /** The same alert, closed after quiet. */
    public Alert closed() {
        return withState(AlertState.CLOSED, null);
    }

    private Alert withState(AlertState next, @Nullable String because) {
        return new Alert(
                id,
                rule,
                account,
                scope,
                next,
                severity,
                start,
                end,
                headline,
                observed,
                expected,
                events,
                records,
                unknownRecords,
                evidence,
                days,
                settings,
                policyVersion,
                personName,
                department,
                because);
    }

    public byte[] toJson() {
        return json(null, null);
    }

    /**
     * With the time at which it was told, where nothing else keeps that.
     *
     * @param told becomes {@code event.created}
     */
    public byte[] toJson(Instant told) {
        return json(told, null);
    }

    /**
     * With a link for whoever meets it elsewhere.
     *
     * @param page becomes {@code event.url}; it is no part of the alert, and is not read back
     */
    public byte[] toJson(URI page) {
        return json(null, page);
    }

    private byte[] json(@Nullable Instant told, @Nullable URI page) {
        Map<String, @Nullable Object> event = new HashMap<>();
        event.put("created", told);
        event.put("id", id);
        event.put("kind", "alert");
        event.put("start", start);
        event.put("end", end);
        event.put("severity", severity.score());
        event.put("url", page == null ? null : page.toString());
        Map<String, @Nullable Object> user = new HashMap<>();
        user.put("id", account.value());
        user.put("full_name", personName);
        Map<String, @Nullable Object> alert = new HashMap<>();
        alert.put("id", id);
        alert.put("scope", scope);
        alert.put("state", state.label());
        alert.put("severity", severity.label());
        alert.put("observed", observed);
        alert.put("expected", expected);
        alert.put("events", events);
        alert.put("records", records);
        alert.put("unknown_records", unknownRecords);
        alert.put("evidence", evidence.stream().map(Evidence::members).toList());
        alert.put(
                "days",
                days.isEmpty() ? null : days.stream().map(ReadOnDay::members).toList());
        alert.put("settings", settings);
        alert.put("policy_version", policyVersion);
        alert.put("department", department);
        alert.put("withdrawn_because", withdrawnBecause);
        return CanonicalJson.bytes(Map.of(
                "@timestamp",
                end,
                "event",
                event,
                "message",
                headline,
                "rule",
                Map.of("id", rule.id(), "name", rule.title()),
                "user",
                user,
                "metsuke",
                Map.of("alert", alert)));
    }

    public static Alert fromJson(byte[] json) throws MalformedDocumentException {
        JsonDocument document = JsonDocument.parse(json);
        List<JsonDocument> rows = document.objects("metsuke.alert.evidence");
        Evidence[] evidence = new Evidence[rows.size()];
        for (int i = 0; i < evidence.length; i++) {
            evidence[i] = Evidence.of(rows.get(i));
        }
        List<ReadOnDay> days = new ArrayList<>();
        for (JsonDocument day : document.objects("metsuke.alert.days")) {
            days.add(ReadOnDay.of(day));
        }
        try {
            return new Alert(
                    document.requiredText("metsuke.alert.id"),
                    document.required("rule.id", Rule.class),
                    new AccountId(document.requiredText("user.id")),
                    document.presentText("metsuke.alert.scope"),
                    document.required("metsuke.alert.state", AlertState.class),
                    document.required("metsuke.alert.severity", Severity.class),
                    document.requiredInstant("event.start"),
                    document.requiredInstant("event.end"),
                    document.requiredText("message"),
                    document.requiredText("metsuke.alert.observed"),
                    document.requiredText("metsuke.alert.expected"),
                    document.requiredInteger("metsuke.alert.events"),
                    document.requiredInteger("metsuke.alert.records"),
                    document.requiredInteger("metsuke.alert.unknown_records"),
                    List.of(evidence),
                    days,
                    document.textsByName("metsuke.alert.settings"),
                    document.requiredText("metsuke.alert.policy_version"),
                    document.text("user.full_name"),
                    document.text("metsuke.alert.department"),
                    document.text("metsuke.alert.withdrawn_because"));
        } catch (IllegalArgumentException e) {
            throw new MalformedDocumentException(String.valueOf(e.getMessage()), e);
        }
    }
}
