package dev.metsuke.events.evidence;

import dev.metsuke.events.integrity.Sha256;
import dev.metsuke.events.integrity.ShownName;
import dev.metsuke.events.json.MalformedDocumentException;
import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Collections;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * The ZIP file of a bundle, in which all readers must see the same: those that go by the directory at its end, and those that
 * read it from its beginning. Else what was verified is not what somebody is shown.
 */
final class BundleFile implements AutoCloseable {

    /** Of the extra field by which Info-ZIP gives an entry another name. */
    private static final int UNICODE_PATH = 0x7075;

    /** An entry of our own behind all others: who comes to it has met nothing between them that belongs to none. */
    private static final String MARK = "the end of the entries";

    private final Path file;
    private final ZipFile zip;

    private BundleFile(Path file, ZipFile zip) {
        this.file = file;
        this.zip = zip;
    }

    static BundleFile open(Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new IOException("there is no file " + file);
        }
        try {
            return new BundleFile(file, new ZipFile(file.toFile()));
        } catch (ZipException e) {
            throw damaged(file, e);
        }
    }

    private static IOException damaged(Path file, Exception because) {
        return new IOException(file + " is damaged, or no bundle: " + because.getMessage(), because);
    }

    boolean has(String name) {
        return zip.getEntry(name) != null;
    }

    /** The lines of an entry that must be there. */
    BundleLines lines(String name) throws IOException {
        return new BundleLines(name, open(name));
    }

    /** An entry that must be there. */
    InputStream open(String name) throws IOException {
        ZipEntry entry = zip.getEntry(name);
        if (entry == null) {
            throw new IOException(file + " is no bundle: it has no " + name);
        }
        return new BufferedInputStream(zip.getInputStream(entry), 1 << 16);
    }

    /** Refuses a file that holds anything but the entries of a bundle, or of which readers may see something else. */
    void refuseAmbiguity() throws IOException, NotGenuine {
        try {
            ZipEnd end = ZipEnd.of(file);
            Map<String, Content> byDirectory = byDirectory();
            if (end.entries() != byDirectory.size()) {
                throw new NotGenuine(
                        "the ZIP file says that it has " + end.entries() + " entries, and lists " + byDirectory.size());
            }
            Map<String, Content> fromBeginning = fromBeginning(end.directoryAt());
            TreeSet<String> names = new TreeSet<>(byDirectory.keySet());
            names.addAll(fromBeginning.keySet());
            for (String name : names) {
                if (!Objects.equals(byDirectory.get(name), fromBeginning.get(name))) {
                    throw new NotGenuine("who reads the ZIP file from its beginning sees "
                            + seen(fromBeginning.get(name)) + " " + ShownName.of(name)
                            + ", and who goes by its directory " + (byDirectory.containsKey(name) ? "one" : "none"));
                }
            }
        } catch (ZipException | EOFException e) {
            throw damaged(file, e);
        }
    }

    private static String seen(@Nullable Content content) {
        return content == null ? "no" : "another";
    }

    private Map<String, Content> byDirectory() throws IOException, NotGenuine {
        Map<String, ZipEntry> listed = new LinkedHashMap<>();
        for (ZipEntry entry : Collections.list(zip.entries())) {
            if (!EvidenceWriter.ENTRIES.contains(entry.getName())) {
                throw new NotGenuine(
                        "the bundle holds " + ShownName.of(entry.getName()) + ", of which nothing is proven");
            }
            refuseOtherName(entry);
            if (entry.getComment() != null) {
                throw new NotGenuine("the ZIP file holds a comment on " + entry.getName());
            }
            add(listed, entry, entry);
        }
        Map<String, Content> found = new LinkedHashMap<>();
        for (ZipEntry entry : listed.values()) {
            try (InputStream in = zip.getInputStream(entry)) {
                Content content = Content.of(in);
                if (content.size() != entry.getSize() || content.crc() != entry.getCrc()) {
                    throw new ZipException(
                            entry.getName() + " does not have the length or the checksum that it should");
                }
                found.put(entry.getName(), content);
            }
        }
        return found;
    }

    private Map<String, Content> fromBeginning(long directoryAt) throws IOException, NotGenuine {
        Map<String, Content> found = new LinkedHashMap<>();
        boolean atEnd = false;
        try (InputStream entries = new Beginning(new BufferedInputStream(Files.newInputStream(file)), directoryAt);
                ZipInputStream in =
                        new ZipInputStream(new SequenceInputStream(entries, new ByteArrayInputStream(mark())))) {
            for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                refuseOtherName(entry);
                Content content = Content.of(in);
                atEnd = entry.getName().equals(MARK);
                if (!atEnd) {
                    add(found, entry, content);
                }
            }
        } catch (IllegalArgumentException e) {
            throw damaged(file, e);
        }
        if (!atEnd) {
            throw new NotGenuine("the ZIP file holds bytes before, between or behind its entries that belong to none");
        }
        return found;
    }

    /** Of two entries of one name, each reader may see another; the directory finds one of them by its name. */
    private static <T> void add(Map<String, T> found, ZipEntry entry, T what) throws NotGenuine {
        if (found.put(entry.getName(), what) != null) {
            throw new NotGenuine("the bundle holds " + ShownName.of(entry.getName()) + " twice");
        }
    }

    private static void refuseOtherName(ZipEntry entry) throws NotGenuine {
        byte[] extra = entry.getExtra() == null ? new byte[0] : entry.getExtra();
        for (int at = 0; at + 4 <= extra.length; at += 4 + unsigned(extra, at + 2)) {
            if (unsigned(extra, at) == UNICODE_PATH) {
                throw new NotGenuine("the ZIP file gives " + ShownName.of(entry.getName())
                        + " another name, which some readers take");
            }
        }
    }

    private static int unsigned(byte[] bytes, int at) {
        return (bytes[at] & 0xff) | ((bytes[at + 1] & 0xff) << 8);
    }

    private static byte[] mark() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            zip.putNextEntry(new ZipEntry(MARK));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    /** The manifest as it is; people's questions are short. */
    byte[] manifest() throws IOException, MalformedDocumentException {
        try (InputStream in = open(EvidenceWriter.MANIFEST)) {
            byte[] manifest = in.readNBytes(BundleLines.LONGEST);
            if (in.read() >= 0) {
                throw new MalformedDocumentException(
                        EvidenceWriter.MANIFEST + " is longer than " + BundleLines.LONGEST + " bytes");
            }
            return manifest;
        }
    }

    @Override
    public void close() throws IOException {
        zip.close();
    }

    /**
     * What an entry holds.
     *
     * @param sha256 in hexadecimal: others of one CRC are easily made
     */
    private record Content(long size, long crc, String sha256) {

        static Content of(InputStream in) throws IOException {
            MessageDigest sha256 = Sha256.digest();
            CRC32 crc = new CRC32();
            long size = 0;
            byte[] buffer = new byte[1 << 16];
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                sha256.update(buffer, 0, read);
                crc.update(buffer, 0, read);
                size += read;
            }
            return new Content(size, crc.getValue(), HexFormat.of().formatHex(sha256.digest()));
        }
    }
}
