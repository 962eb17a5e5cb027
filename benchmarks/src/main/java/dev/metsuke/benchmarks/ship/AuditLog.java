package dev.metsuke.benchmarks.ship;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;

/** Writes the JSON audit log that every contestant ships: 250 bytes a line, its accounts and times at random. */
final class AuditLog {

    private static final int LINE = 250;
    private static final int ACCOUNTS = 5_000;
    private static final long SEED = 20_261_124;
    private static final String[] OPERATIONS = {"view", "view", "view", "view", "search", "edit", "csv"};

    private AuditLog() {}

    /** The mapping of its fields, as a user would write it. */
    static final String FORMAT = """
              format:
                type: json-lines
                time: /ts
                user: /user
                address: /client/ip
                records: /count
                action:
                  pointer: /op
                  values: {view: read, edit: update, csv: export}
                  otherwise: read
                dataset: crm.customers
              accounts: {letter-case: lower, strip-domain: true}
        """;

    static void write(Path file, long lines) throws IOException {
        write(file, lines, SEED);
    }

    /** Of another seed the lines are others: files that hold the same would count as copies of one. */
    static void write(Path file, long lines, long seed) throws IOException {
        Random random = new Random(seed);
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file), 1 << 20)) {
            StringBuilder line = new StringBuilder(LINE);
            for (long i = 0; i < lines; i++) {
                line.setLength(0);
                long second = i / 1_000 % 86_400;
                line.append("{\"ts\":\"2026-11-24T");
                padded(line, second / 3_600, 2).append(':');
                padded(line, second / 60 % 60, 2).append(':');
                padded(line, second % 60, 2).append('.');
                padded(line, i % 1_000, 3).append("+09:00\",\"user\":\"EXAMPLE\\\\User");
                padded(line, random.nextInt(ACCOUNTS), 4);
                line.append("\",\"op\":\"").append(OPERATIONS[random.nextInt(OPERATIONS.length)]);
                line.append("\",\"object\":\"customer\",\"id\":\"C");
                padded(line, random.nextInt(10_000_000), 8);
                line.append("\",\"count\":").append(random.nextInt(20));
                line.append(",\"client\":{\"ip\":\"10.20.")
                        .append(random.nextInt(256))
                        .append('.');
                line.append(random.nextInt(256)).append("\",\"port\":").append(1_024 + random.nextInt(60_000));
                line.append("},\"session\":\"").append(Long.toHexString(random.nextLong() | Long.MIN_VALUE));
                line.append("\",\"note\":\"");
                line.append("-".repeat(Math.max(0, LINE - 3 - line.length()))).append("\"}\n");
                out.write(line.toString().getBytes(StandardCharsets.US_ASCII));
            }
        }
    }

    private static StringBuilder padded(StringBuilder line, long number, int digits) {
        String text = Long.toString(number);
        return line.append("0".repeat(Math.max(0, digits - text.length()))).append(text);
    }
}
