package dev.metsuke.console.search;

import java.util.Map;

/**
 * A document of the archive.
 *
 * @param id its {@code _id}
 * @param index where it lies
 * @param source its members, as JSON has them
 */
public record ArchivedDocument(String id, String index, Map<String, Object> source) {}
