package dev.metsuke.shipper.parse;

/** Makes an access of one record of a log; knows nothing of files. */
public interface LineParser {

    /** Whatever the record holds, the answer is a value; nothing is thrown. */
    ParseResult parse(String line);

    /** The same, for a record whose surroundings are at hand. */
    default ParseResult parse(String line, RecordContext context) {
        return parse(line);
    }
}
