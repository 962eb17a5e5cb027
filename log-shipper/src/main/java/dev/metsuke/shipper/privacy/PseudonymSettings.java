package dev.metsuke.shipper.privacy;

import dev.metsuke.operations.account.AccountRules;
import dev.metsuke.shipper.parse.JsonPointer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Which personal identifiers of a source are replaced by pseudonyms. What parameters, paths, pointers and patterns find,
 * and what the format maps to {@code subjects}, are the people whose data was touched: {@code metsuke.subjects}.
 *
 * @param keyFile the key, as {@code openssl rand -hex 32} writes it; nobody but the shipper may read it
 * @param fields the accessor's own fields that are replaced as a whole
 * @param urlParameters names of parameters in a URL's query, in capitals or small letters
 * @param urlPaths regular expressions (RE2) that find identifiers in a URL's decoded path: what their groups hold, or all
 *     of it where they have none
 * @param jsonPointers where identifiers stand in JSON that a line is or holds; {@code *} stands for every element
 * @param patterns regular expressions (RE2) that find identifiers anywhere in the line: what their groups hold, or all of it
 *     where they have none
 */
public record PseudonymSettings(
        Path keyFile,
        List<PersonalField> fields,
        List<String> urlParameters,
        List<PersonalPattern> urlPaths,
        List<JsonPointer> jsonPointers,
        List<PersonalPattern> patterns) {

    public PseudonymSettings {
        fields = List.copyOf(fields);
        urlParameters = List.copyOf(urlParameters);
        urlPaths = List.copyOf(urlPaths);
        jsonPointers = List.copyOf(jsonPointers);
        patterns = List.copyOf(patterns);
    }

    /** For people: what these settings ask for and cannot have. */
    public List<String> uncovered(List<Path> paths, AccountRules accounts) {
        List<String> warnings = new ArrayList<>();
        for (Path path : paths) {
            if (patterns.stream()
                    .anyMatch(pattern -> !pattern.find(path.toString()).isEmpty())) {
                warnings.add(
                        "pseudonyms.patterns find an identifier in the path " + path + "; records that tell of a gap"
                                + " or a rejection name the file by its path, so let no path hold one");
            }
        }
        if (fields.contains(PersonalField.EMAIL) && !fields.contains(PersonalField.USER) && !accounts.stripDomain()) {
            warnings.add(
                    "pseudonyms.fields has email and not user: where an account is the e-mail address itself, it stays"
                            + " in clear as user.id; set accounts.strip-domain, or add user to the fields");
        }
        return warnings;
    }
}
