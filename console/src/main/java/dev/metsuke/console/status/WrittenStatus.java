package dev.metsuke.console.status;

import dev.metsuke.console.entry.EnteredText;
import dev.metsuke.console.language.Text;
import dev.metsuke.events.account.Status;
import dev.metsuke.events.json.Labels;
import dev.metsuke.events.language.Language;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** A status as people write it: its label in any case and width, or a word of Japanese personnel systems. */
final class WrittenStatus {

    private static final Map<String, Status> JAPANESE = Map.of(
            "退職", Status.RETIRED,
            "異動", Status.TRANSFERRED,
            "休職", Status.SUSPENDED,
            "契約終了", Status.CONTRACT_ENDED,
            "復職", Status.REINSTATED,
            "取消", Status.TAKEN_BACK);

    /** All of them, for a message, as people write them in its language. */
    static final Text ALL = new Text() {
        @Override
        public String in(Language language) {
            return switch (language) {
                case ENGLISH -> Labels.all(Status.class);
                case JAPANESE ->
                    JAPANESE.entrySet().stream()
                            .sorted(Map.Entry.comparingByValue())
                            .map(Map.Entry::getKey)
                            .collect(Collectors.joining("、"));
            };
        }

        @Override
        public boolean isTranslated() {
            return true;
        }
    };

    private WrittenStatus() {}

    static Optional<Status> parse(String written) {
        String label = EnteredText.halfWidth(written)
                .strip()
                .toLowerCase(Locale.ROOT)
                .replace('_', '-')
                .replace(' ', '-');
        return Optional.ofNullable(JAPANESE.get(label)).or(() -> Status.ofLabel(label));
    }
}
