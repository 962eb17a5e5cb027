package dev.metsuke.events.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever tool opens a bundle, it shows what was verified. */
class BundleFileTest {

    private static final byte[] FORGED = bytes("forged");

    @TempDir
    Path folder;

    private Path bundle = Path.of("");
    private Map<String, byte[]> honest = Map.of();

    @BeforeEach
    void writeBundle() throws Exception {
        bundle = folder.resolve("export.zip");
        SampleBundle.write(bundle, "db1/crm");
        honest = SampleBundle.entries(bundle);
    }

    @Test
    void takesWhatOtherToolsPackedAnew() throws Exception {
        List<String> names = new ArrayList<>(honest.keySet()).reversed();
        for (boolean isStored : List.of(true, false)) {
            try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(bundle))) {
                for (String name : names) {
                    byte[] data = content(name);
                    ZipEntry entry = new ZipEntry(name);
                    entry.setLastModifiedTime(FileTime.from(Instant.parse("2026-11-24T00:00:00Z")));
                    if (isStored) {
                        entry.setMethod(ZipEntry.STORED);
                        entry.setSize(data.length);
                        entry.setCrc(crc(data));
                    }
                    zip.putNextEntry(entry);
                    zip.write(data);
                }
            }
            assertThat(SampleBundle.verify(bundle).isProven()).isTrue();
        }
        pack(entries(), new byte[0], new byte[0], new byte[0]);
        assertThat(SampleBundle.verify(bundle).isProven()).isTrue();
    }

    @Test
    void refusesAnEntryThatTheDirectoryDoesNotList() throws Exception {
        List<Raw> entries = entries();
        entries.addFirst(new Raw("events.csv", FORGED, null, new byte[0], 0));
        pack(entries, new byte[0], new byte[0], new byte[0]);
        assertThat(forgery()).contains("events.csv twice");

        entries.set(0, new Raw("readme.txt", FORGED, null, new byte[0], 0));
        pack(entries, new byte[0], new byte[0], new byte[0]);
        assertThat(forgery())
                .isEqualTo("who reads the ZIP file from its beginning sees another readme.txt, and who goes by its"
                        + " directory none");
    }

    @Test
    void refusesAnEntryThatIsNamedOtherwiseWhereItStands() throws Exception {
        List<Raw> entries = entries();
        entries.replaceAll(raw -> switch (raw.name()) {
            case "events.csv" -> new Raw("keys.json", raw.data(), "events.csv", new byte[0], 0);
            case "keys.json" -> new Raw("events.csv", FORGED, "keys.json", new byte[0], 0);
            default -> raw;
        });
        pack(entries, new byte[0], new byte[0], new byte[0]);

        assertThat(forgery()).contains("sees another events.csv, and who goes by its directory one");
    }

    @Test
    void refusesANameThatOnlySomeReadersTake() throws Exception {
        List<Raw> entries = entries();
        entries.replaceAll(raw -> raw.name().equals("keys.json")
                ? new Raw("keys.json", FORGED, "keys.json", unicodePath("keys.json", "events.csv"), 0)
                : raw);
        pack(entries, new byte[0], new byte[0], new byte[0]);

        assertThat(forgery()).isEqualTo("the ZIP file gives keys.json another name, which some readers take");
    }

    @Test
    void refusesBytesThatBelongToNoEntry() throws Exception {
        pack(entries(), bytes("%PDF-1.4 another document\n"), new byte[0], new byte[0]);
        assertThat(forgery()).contains("bytes before, between or behind its entries");
        pack(entries(), new byte[0], bytes("between entries and directory"), new byte[0]);
        assertThat(forgery()).contains("bytes before, between or behind its entries");
        pack(entries(), new byte[0], new byte[0], bytes("nobody read anything"));
        assertThat(forgery()).contains("a comment");
        pack(entries(), new byte[0], new byte[0], new byte[0]);
        byte[] whole = Files.readAllBytes(bundle);
        ByteArrayOutputStream behind = new ByteArrayOutputStream();
        behind.write(bytes("before"));
        behind.write(whole);
        Files.write(bundle, behind.toByteArray());
        assertThat(forgery()).contains("bytes before its first entry");
    }

    @Test
    void saysThatAFileIsDamaged() throws Exception {
        byte[] whole = Files.readAllBytes(bundle);
        Files.write(bundle, Arrays.copyOf(whole, whole.length - 1));
        expectDamaged();
        Files.write(bundle, Arrays.copyOf(whole, whole.length / 2));
        expectDamaged();
        Files.write(bundle, bytes("PK"));
        expectDamaged();
        whole[whole.length / 2] ^= 0x10;
        Files.write(bundle, whole);
        expectDamaged();
        List<Raw> entries = entries();
        entries.replaceAll(raw ->
                raw.name().equals("events.ndjson") ? new Raw(raw.name(), raw.data(), raw.name(), new byte[0], 1) : raw);
        pack(entries, new byte[0], new byte[0], new byte[0]);
        expectDamaged();

        Files.delete(bundle);
        assertThatThrownBy(() -> SampleBundle.verify(bundle)).hasMessage("there is no file " + bundle);
    }

    private void expectDamaged() {
        assertThatThrownBy(() -> SampleBundle.verify(bundle))
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith(bundle + " is damaged, or no bundle: ");
    }

    private String forgery() throws IOException {
        return String.valueOf(SampleBundle.verify(bundle).forgery());
    }

    private byte[] content(String name) {
        return honest.getOrDefault(name, new byte[0]);
    }

    private List<Raw> entries() {
        List<Raw> entries = new ArrayList<>();
        honest.forEach((name, data) -> entries.add(new Raw(name, data, name, new byte[0], 0)));
        return entries;
    }

    /**
     * An entry as no library writes it.
     *
     * @param name where it stands
     * @param listedAs in the directory; null where that does not list it
     * @param wrong is added to its checksum
     */
    private record Raw(String name, byte[] data, @Nullable String listedAs, byte[] extra, int wrong) {}

    private void pack(List<Raw> entries, byte[] before, byte[] behind, byte[] comment) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream directory = new ByteArrayOutputStream();
        int listed = 0;
        out.write(before);
        for (Raw raw : entries) {
            int at = out.size();
            out.write(header(raw, raw.name(), false, 0));
            out.write(raw.data());
            if (raw.listedAs() != null) {
                directory.write(header(raw, raw.listedAs(), true, at));
                listed++;
            }
        }
        out.write(behind);
        int directoryAt = out.size();
        out.write(directory.toByteArray());
        out.write(little(22)
                .putInt(0x06054b50)
                .putInt(0)
                .putShort((short) listed)
                .putShort((short) listed)
                .putInt(directory.size())
                .putInt(directoryAt)
                .putShort((short) comment.length)
                .array());
        out.write(comment);
        Files.write(bundle, out.toByteArray());
    }

    private static byte[] header(Raw raw, String name, boolean isListed, int at) {
        ByteBuffer header = little((isListed ? 46 : 30) + name.length() + raw.extra().length);
        header.putInt(isListed ? 0x02014b50 : 0x04034b50);
        if (isListed) {
            header.putShort((short) 20);
        }
        header.putShort((short) 20).putShort((short) 0).putShort((short) 0).putInt(0x210000);
        header.putInt((int) crc(raw.data()) + raw.wrong());
        header.putInt(raw.data().length).putInt(raw.data().length);
        header.putShort((short) name.length()).putShort((short) raw.extra().length);
        if (isListed) {
            header.putShort((short) 0).putInt(0).putInt(0).putInt(at);
        }
        return header.put(bytes(name)).put(raw.extra()).array();
    }

    private static byte[] unicodePath(String name, String shown) {
        return little(9 + shown.length())
                .putShort((short) 0x7075)
                .putShort((short) (5 + shown.length()))
                .put((byte) 1)
                .putInt((int) crc(bytes(name)))
                .put(bytes(shown))
                .array();
    }

    private static ByteBuffer little(int length) {
        return ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
    }

    private static long crc(byte[] data) {
        CRC32 crc = new CRC32();
        crc.update(data);
        return crc.getValue();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
