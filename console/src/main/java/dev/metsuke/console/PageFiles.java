package dev.metsuke.console;

import dev.metsuke.console.language.Texts;
import dev.metsuke.events.language.Language;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** The files of which pages are made. */
final class PageFiles {

    private PageFiles() {}

    /** A page's own part in the frame that all of them share, in a language; its title is the text of a key. */
    static String framed(String page, String title, Language language) {
        String html = text("frame.html")
                .replace("{{page}}", page)
                .replace("{{language}}", language.label())
                .replace("{{main}}", text(page + ".html"))
                .replace("{{title}}", "{{" + title + "}}");
        return Texts.in(language).fill(html);
    }

    static byte[] read(String file) {
        try (InputStream content = PageFiles.class.getResourceAsStream("pages/" + file)) {
            if (content == null) {
                throw new IllegalStateException("the page " + file + " is not in this build");
            }
            return content.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String text(String file) {
        return new String(read(file), StandardCharsets.UTF_8);
    }
}
