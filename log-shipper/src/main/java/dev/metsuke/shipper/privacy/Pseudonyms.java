package dev.metsuke.shipper.privacy;

import dev.metsuke.events.access.AccessEvent;
import dev.metsuke.events.access.Destination;
import dev.metsuke.operations.account.AccountRules;
import dev.metsuke.shipper.parse.UrlPath;
import dev.metsuke.shipper.privacy.PersonalPattern.Span;
import dev.metsuke.shipper.privacy.Replacements.Piece;
import dev.metsuke.shipper.privacy.UrlParameters.Parameter;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.SequencedSet;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Replaces a source's personal identifiers by pseudonyms, in every field of an event and wherever its line spells them:
 * as they are, in capitals or small letters, percent-encoded, escaped as in JSON, XML, CSV or by a web server or syslog daemon. Not safe
 * for several threads.
 */
public final class Pseudonyms {

    /** A URL within a URL's query is encoded twice. */
    private static final int MOST_PERCENTS = 2;

    private static final List<String> SCHEMES = List.of("http://", "https://");

    private final PseudonymSettings settings;
    private final Set<String> named;
    private final PseudonymKey key;
    private final PersonalValues values;

    /**
     * Reads the key.
     *
     * @param named hosts, services and datasets that the source's settings name: what logs hold of the same name replaces none of them
     * @throws dev.metsuke.operations.settings.InvalidSettingsException where the key cannot be used
     */
    public Pseudonyms(PseudonymSettings settings, Set<String> named) {
        this.settings = settings;
        this.named = Set.copyOf(named);
        this.key = PseudonymKey.read(settings.keyFile());
        this.values = new PersonalValues(settings.jsonPointers());
    }

    /** The event as it may leave the host; its {@code original} is the line. */
    public AccessEvent pseudonymised(AccessEvent event) {
        return new Pseudonymising(event).event();
    }

    /**
     * What goes to the rejected topic for a record that nobody understood, and of which therefore nobody knows where a
     * name stands: its length, and a digest that tells which record it was.
     */
    public String withheld(byte[] bytes, int start, int end) {
        return "withheld: " + (end - start) + " bytes, " + key.pseudonym(bytes, start, end);
    }

    /** A digest of what may name somebody, which nobody can make who has not the key. */
    public String keyed(String digest) {
        return key.pseudonym(digest);
    }

    /** The work on one event. */
    private final class Pseudonymising {

        private final AccessEvent event;
        private final SequencedSet<String> subjects = new LinkedHashSet<>();
        private final Replacements replacements = new Replacements();
        private final String line;

        Pseudonymising(AccessEvent event) {
            this.event = event;
            line = event.original() == null ? "" : event.original();
        }

        AccessEvent event() {
            event.subjects().forEach(this::subject);
            values.find(line).forEach(this::subject);
            String query = query();
            for (Span value : parameterValues(query)) {
                subject(decoded(value.of(query)));
            }
            String url = event.urlOriginal();
            String path = url == null ? null : UrlPath.normalised(url);
            if (path != null) {
                settings.urlPaths().forEach(pattern -> pattern.find(path).forEach(span -> subject(span.of(path))));
            }
            List<Unescaped> readings = readings(line);
            for (PersonalPattern pattern : settings.patterns()) {
                for (Unescaped reading : readings) {
                    pattern.find(reading.text()).forEach(span -> subject(span.of(reading.text())));
                }
            }
            readings.forEach(reading -> rememberParameters(reading.text()));
            AccessEvent.Builder builder = event.toBuilder();
            settings.fields().forEach(field -> replace(field, builder));
            replaceInNames(builder);
            replaceInUrl(builder);
            readings.forEach(reading -> rememberUrls(reading.text()));
            return builder.original(replaced(line))
                    .subjects(List.copyOf(subjects))
                    .destination(newDestination(event.destination()))
                    .build();
        }

        /** Whatever is personal in an address, or written beside it: where the data went must not be hidden. */
        private @Nullable String newDestination(@Nullable String destination) {
            if (destination == null || Destination.isKind(destination)) {
                return destination;
            }
            List<Span> domains = Destination.domainsOfAddresses(destination).stream()
                    .map(domain -> new Span(domain.start(1) - 1, domain.end()))
                    .toList();
            String hidden = replacements.replaceIn(destination, patternPieces(destination), domains);
            return replacements.withholds(destination)
                    ? domains.stream()
                            .map(domain -> domain.of(destination))
                            .collect(Collectors.joining(", ", hidden + " ", ""))
                            .strip()
                    : hidden.strip();
        }

        /** A referrer, or a URL within a URL, names people who are no subjects of this access. */
        private void rememberParameters(String text) {
            if (settings.urlParameters().isEmpty() && settings.urlPaths().isEmpty()) {
                return;
            }
            UrlParameters.forEach(text, this::rememberParameter);
        }

        private void rememberParameter(Parameter parameter) {
            if (isPersonal(parameter.name())) {
                if (parameter.leastLength() > Replacements.LONGEST_IDENTIFIER) {
                    replacements.putOverlong(parameter.leastLength());
                } else {
                    rememberIdentifier(parameter.value());
                }
            }
            if (parameter.isPath() && !settings.urlPaths().isEmpty()) {
                rememberPath(parameter.path());
            }
        }

        /** A parameter whose value is a path, such as where to go after a log-in. */
        private void rememberPath(String value) {
            String path = UrlPath.normalised(value);
            if (path != null) {
                settings.urlPaths()
                        .forEach(pattern -> pattern.find(path).forEach(span -> rememberIdentifier(span.of(path))));
            }
        }

        private void rememberIdentifier(String identifier) {
            if (!identifier.isBlank() && !identifier.equals("-")) {
                var _ = remembered(identifier);
            }
        }

        /** The same, of their paths. */
        private void rememberUrls(String text) {
            if (settings.urlPaths().isEmpty()) {
                return;
            }
            for (String scheme : SCHEMES) {
                int start = text.indexOf(scheme);
                while (start >= 0) {
                    int end = UrlParameters.endOfWord(text, start, "");
                    String url = text.substring(start, end);
                    putWhole(url, newUrl(url));
                    start = text.indexOf(scheme, end);
                }
            }
        }

        private void subject(String identifier) {
            if (!identifier.isBlank() && !identifier.equals("-")) {
                subjects.add(remembered(identifier));
            }
        }

        /** Spellings that differ in white space around them have one pseudonym. */
        private String remembered(String identifier) {
            String pseudonym = key.pseudonym(identifier);
            String plain = identifier.strip();
            replacements.put(plain, pseudonym);
            for (Normalizer.Form form : Normalizer.Form.values()) {
                replacements.put(Normalizer.normalize(plain, form), pseudonym);
            }
            return pseudonym;
        }

        private void replace(PersonalField field, AccessEvent.Builder builder) {
            switch (field) {
                case USER -> {
                    String account = event.userId() != null ? event.userId() : event.userName();
                    if (account != null) {
                        String pseudonym = remembered(account);
                        builder.userId(event.userId() == null ? null : pseudonym)
                                .userName(event.userName() == null ? null : pseudonym);
                        if (event.userName() != null) {
                            String spelled = event.userName().strip();
                            replacements.put(spelled, pseudonym);
                            replacements.put(AccountRules.withoutDomain(spelled), pseudonym);
                        }
                    }
                }
                case EMAIL -> {
                    if (event.userEmail() != null) {
                        builder.userEmail(remembered(event.userEmail()));
                    }
                }
                case ADDRESS -> {
                    if (event.sourceIp() != null) {
                        builder.sourceAddress(remembered(event.sourceIp())).sourceIp(null);
                    }
                    if (event.sourceAddress() != null) {
                        builder.sourceAddress(remembered(event.sourceAddress()));
                    }
                }
                case USER_AGENT -> {
                    if (event.userAgent() != null) {
                        builder.userAgent(remembered(event.userAgent()));
                    }
                }
            }
        }

        /**
         * What names the accessor, host or object in other words may hold an identifier; only the account stays as it is
         * unless the settings say otherwise, as detection joins it with HR's reports.
         */
        private void replaceInNames(AccessEvent.Builder builder) {
            if (!settings.fields().contains(PersonalField.EMAIL)) {
                builder.userEmail(replaced(event.userEmail()));
            } else if (!settings.fields().contains(PersonalField.USER)
                    && isTheSame(event.userName(), event.userEmail())) {
                builder.userName(replaced(event.userName()));
            }
            if (!settings.fields().contains(PersonalField.ADDRESS)) {
                String address = replaced(event.sourceAddress());
                String ofIp = replacements.of(event.sourceIp());
                builder.sourceAddress(ofIp == null ? address : ofIp);
                if (ofIp != null || !Objects.equals(address, event.sourceAddress())) {
                    builder.sourceIp(null);
                }
            }
            builder.hostName(newName(event.hostName()))
                    .serviceName(newName(event.serviceName()))
                    .dataset(newName(event.dataset()))
                    .eventCategories(event.eventCategories().stream()
                            .map(category -> replaced(category, patternPieces(category)))
                            .toList())
                    .logFilePath(replaced(event.logFilePath()));
        }

        /** Whoever writes an identifier that is called like a dataset must not hide which dataset was read. */
        private @Nullable String newName(@Nullable String name) {
            return name != null && named.contains(name) ? name : replaced(name);
        }

        private void replaceInUrl(AccessEvent.Builder builder) {
            if (!settings.fields().contains(PersonalField.USER_AGENT)) {
                builder.userAgent(replaced(event.userAgent()));
            }
            String url = event.urlOriginal();
            String path = event.urlPath();
            String query = event.urlQuery();
            String newPath = path == null ? null : replaced(path, pathPieces(path, 0));
            String newQuery = query == null ? null : replaced(query, patternPieces(query));
            String newUrl = url == null ? null : newUrl(url);
            builder.urlPath(newPath).urlQuery(newQuery).urlOriginal(newUrl);
            // Where a group takes only part of a word, the line's own copy of the URL shows which.
            putWhole(url, newUrl);
            putWhole(path, newPath);
        }

        private String newUrl(String url) {
            int question = url.indexOf('?');
            String beforeQuery = question < 0 ? url : url.substring(0, question);
            int authority = beforeQuery.indexOf("://");
            int pathStart = authority < 0 ? 0 : Math.max(beforeQuery.indexOf('/', authority + 3), 0);
            List<Piece> pieces = pathPieces(beforeQuery.substring(pathStart), pathStart);
            pieces.addAll(patternPieces(url));
            return replaced(url, pieces);
        }

        private void putWhole(@Nullable String text, @Nullable String replacement) {
            if (text != null && replacement != null && !text.equals(replacement)) {
                replacements.putPath(text, replacement);
            }
        }

        /** What the path's patterns find in a path as it is, so many characters into the text. */
        private List<Piece> pathPieces(String path, int offset) {
            List<Piece> pieces = new ArrayList<>(patternPieces(path).stream()
                    .map(piece -> new Piece(piece.start() + offset, piece.end() + offset, piece.replacement()))
                    .toList());
            Unescaped decoded = Unescaped.of(path).percents(false);
            for (PersonalPattern pattern : settings.urlPaths()) {
                for (Span span : pattern.find(decoded.text())) {
                    String identifier = span.of(decoded.text());
                    if (!identifier.isBlank()) {
                        pieces.add(new Piece(
                                decoded.start(span.start()) + offset,
                                decoded.end(span.end() - 1) + offset,
                                key.pseudonym(identifier)));
                    }
                }
            }
            return pieces;
        }

        private List<Piece> patternPieces(String text) {
            List<Piece> pieces = new ArrayList<>();
            if (settings.patterns().isEmpty()) {
                return pieces;
            }
            for (Unescaped reading : readings(text)) {
                for (PersonalPattern pattern : settings.patterns()) {
                    for (Span span : pattern.find(reading.text())) {
                        String identifier = span.of(reading.text());
                        if (!identifier.isBlank()) {
                            pieces.add(new Piece(
                                    reading.start(span.start()),
                                    reading.end(span.end() - 1),
                                    key.pseudonym(identifier)));
                        }
                    }
                }
            }
            return pieces;
        }

        private @Nullable String replaced(@Nullable String text) {
            return text == null ? null : replaced(text, patternPieces(text));
        }

        private String replaced(String text, List<Piece> pieces) {
            return replacements.replaceIn(text, pieces);
        }

        private String query() {
            if (event.urlQuery() != null) {
                return event.urlQuery();
            }
            String url = event.urlOriginal();
            int question = url == null ? -1 : url.indexOf('?');
            return url == null || question < 0 ? "" : url.substring(question + 1);
        }
    }

    private List<Span> parameterValues(String query) {
        List<Span> found = new ArrayList<>();
        if (settings.urlParameters().isEmpty()) {
            return found;
        }
        int start = 0;
        while (start < query.length()) {
            int end = end(query, start);
            int equals = query.indexOf('=', start, end);
            if (equals >= 0 && isPersonal(decoded(query.substring(start, equals)))) {
                found.add(new Span(equals + 1, end));
            }
            start = end + 1;
        }
        return found;
    }

    /** Many servers take a parameter's name in capitals and small letters for the same. */
    private boolean isPersonal(String parameter) {
        return settings.urlParameters().stream().anyMatch(parameter::equalsIgnoreCase);
    }

    private static boolean isTheSame(@Nullable String name, @Nullable String email) {
        return name != null && email != null && name.strip().equalsIgnoreCase(email.strip());
    }

    /** The text as it is, and as it reads with escapes of syslog daemons, of URLs and of JSON undone, where it has any. */
    private static List<Unescaped> readings(String text) {
        List<Unescaped> readings = new ArrayList<>();
        Unescaped plain = Unescaped.of(text);
        addReadings(plain, readings);
        if (Unescaped.hasControls(text)) {
            addReadings(plain.controls(), readings);
        }
        return readings;
    }

    private static void addReadings(Unescaped plain, List<Unescaped> readings) {
        String text = plain.text();
        readings.add(plain);
        Unescaped unescaped = plain;
        if (text.indexOf('\\') >= 0) {
            unescaped = plain.backslashes();
            readings.add(unescaped);
        }
        if (text.indexOf('&') >= 0 && text.indexOf(';') >= 0) {
            readings.add(plain.entities());
        }
        Unescaped decoded = unescaped;
        for (int i = 0; i < MOST_PERCENTS && decoded.text().indexOf('%') >= 0; i++) {
            decoded = decoded.percents(false);
            readings.add(decoded);
        }
    }

    private static int end(String query, int from) {
        for (int i = from; i < query.length(); i++) {
            if ("&;#".indexOf(query.charAt(i)) >= 0) {
                return i;
            }
        }
        return query.length();
    }

    private static String decoded(String text) {
        return Unescaped.of(text).percents(true).text();
    }
}
