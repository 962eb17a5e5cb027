package dev.metsuke.shipper;

import dev.metsuke.operations.account.AccountRules;
import dev.metsuke.operations.settings.Check;
import dev.metsuke.operations.settings.Default;
import dev.metsuke.shipper.parse.Encoding;
import dev.metsuke.shipper.parse.EventMapping;
import dev.metsuke.shipper.parse.Format;
import dev.metsuke.shipper.parse.SourceRules;
import dev.metsuke.shipper.parse.UrlRule;
import dev.metsuke.shipper.privacy.PseudonymSettings;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/**
 * One kind of log on this host.
 *
 * @param name of the source
 * @param stream names the stream, with the shipper's id; the source's name where absent. Given, it is meant: also where all files that
 *     another stream brought are shipped once more
 * @param paths files or globs; name the rotated files as well, such as {@code /var/log/portal/access.log*}
 * @param format how the log is written
 * @param zone of times that are written without one
 * @param service {@code service.name}, where the log does not say
 * @param host {@code host.name}, where the log does not say; the shipper's own host by default
 * @param encoding of the text
 * @param dataset what is touched where no rule says, such as {@code crm.customers}
 * @param categories kinds of data in it, such as {@code contact}
 * @param accounts how the log's spelling of accounts becomes the one that all sources share
 * @param urls what an access to a URL touches; the first that matches counts
 * @param tables the dataset of a table, by its name with or without schema and database; where one statement reads two
 *     tables of a dataset, name the one that has a row a person
 * @param unrecognised what becomes of well-formed lines that are no accesses: {@code ignore} counts them, {@code reject}
 *     also keeps them in {@code metsuke.rejected}
 * @param flushTimeout how long a file must not grow until what it ends with is shipped though its line has no end; never
 *     by default, as a program may write its rest at any time
 * @param pseudonyms which personal identifiers are replaced before anything leaves the host; none by default
 */
public record SourceSettings(
        String name,
        @Nullable String stream,
        List<Path> paths,
        Format format,
        @Default("UTC") ZoneId zone,
        @Nullable String service,
        @Nullable String host,
        @Default("UTF-8") Encoding encoding,
        @Nullable String dataset,
        List<String> categories,
        AccountRules accounts,
        List<UrlRule> urls,
        Map<String, String> tables,
        @Default("ignore") Unrecognised unrecognised,
        @Nullable Duration flushTimeout,
        @Nullable PseudonymSettings pseudonyms) {

    public SourceSettings {
        paths = List.copyOf(paths);
        categories = List.copyOf(categories);
        urls = List.copyOf(urls);
        tables = Map.copyOf(tables);
        Check.that()
                .holds(
                        !name.isBlank() && name.chars().allMatch(SourceSettings::mayStandInName),
                        "name must be of letters, digits, dots, hyphens and underscores")
                .holds(
                        stream == null
                                || (!stream.isBlank() && stream.chars().allMatch(SourceSettings::mayStandInName)),
                        "stream must be of letters, digits, dots, hyphens and underscores, without the shipper's id")
                .holds(!paths.isEmpty(), "paths must name a file or a glob")
                .holds(dataset == null || !dataset.isBlank(), "dataset must not be blank; leave it out instead")
                .holds(
                        tables.values().stream().noneMatch(String::isBlank),
                        "tables must name datasets that are not blank; leave out a table without one")
                .holds(
                        flushTimeout == null || ShipperSettings.isReckoned(flushTimeout),
                        "flush-timeout must be 10000d or less")
                .holds(format.tellsTime(), "format.line-prefix needs the time: %m, %t or %n")
                .holds(
                        paths.stream().allMatch(SourceSettings::isGlob),
                        "paths must be globs such as /var/log/nginx/access.log*, with every [ and { closed, not "
                                + paths)
                .orThrow();
    }

    private static boolean isGlob(Path path) {
        try {
            var _ = FileSystems.getDefault().getPathMatcher("glob:" + path);
            return true;
        } catch (PatternSyntaxException e) {
            return false;
        }
    }

    /** What becomes of well-formed lines that are no accesses. */
    public enum Unrecognised {
        IGNORE,
        REJECT
    }

    /** A source with all else by default. */
    public static SourceSettings of(String name, List<Path> paths, Format format) {
        return of(name, paths, format, null);
    }

    static SourceSettings of(String name, List<Path> paths, Format format, @Nullable Duration flushTimeout) {
        return new SourceSettings(
                name,
                null,
                paths,
                format,
                ZoneId.of("UTC"),
                null,
                null,
                Encoding.UTF_8,
                null,
                List.of(),
                AccountRules.keepAll(),
                List.of(),
                Map.of(),
                Unrecognised.IGNORE,
                flushTimeout,
                null);
    }

    /** What names its stream beside the shipper's id. */
    String streamName() {
        return stream == null ? name : stream;
    }

    static boolean mayStandInName(int character) {
        return Character.isLetterOrDigit(character) || character == '.' || character == '-' || character == '_';
    }

    /** Whether what a file ends with is left alone until it has rested for so long. */
    boolean isFlushedAfter(Duration rest) {
        return flushTimeout == null || flushTimeout.compareTo(rest) >= 0;
    }

    /** The hosts, services and datasets that the settings name; none of them is a person. */
    Set<String> names() {
        Set<String> names = new HashSet<>(rules().names());
        EventMapping mapping = format.mapping();
        if (mapping != null) {
            mapping.names().forEach(names::add);
        }
        return names;
    }

    SourceRules rules() {
        return new SourceRules(
                host == null ? HostName.get() : host, service, zone, accounts, dataset, categories, urls, tables);
    }
}
