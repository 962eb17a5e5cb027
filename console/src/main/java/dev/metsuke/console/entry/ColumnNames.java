package dev.metsuke.console.entry;

import dev.metsuke.console.language.Text;
import dev.metsuke.events.account.VisibleText;
import dev.metsuke.events.language.Language;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What columns are called, however a file's first line writes it, and what members of requests are called. */
final class ColumnNames {

    /** As personnel and workflow systems in Japan head their files. */
    private static final Map<String, String> JAPANESE = Map.ofEntries(
            Map.entry("アカウント", "account"),
            Map.entry("状態", "status"),
            Map.entry("発効日", "effective_at"),
            Map.entry("報告日", "reported_at"),
            Map.entry("報告番号", "report_id"),
            Map.entry("部署", "department"),
            Map.entry("備考", "note"),
            Map.entry("社員番号", "person"),
            Map.entry("氏名", "name"),
            Map.entry("メールアドレス", "email"),
            Map.entry("雇用区分", "employment"),
            Map.entry("カレンダー", "calendar"),
            Map.entry("契約終了日", "contract_end"),
            Map.entry("データセット", "dataset"),
            Map.entry("開始日", "from"),
            Map.entry("終了日", "until"),
            Map.entry("最大件数", "max_records"),
            Map.entry("申請番号", "ticket"),
            Map.entry("承認日", "approved_at"),
            Map.entry("承認番号", "approval_id"));

    /** What pages call the members of requests, which nobody writes in Japanese. */
    private static final Map<String, String> OF_REQUESTS = Map.ofEntries(
            Map.entry("to", "終了日"),
            Map.entry("zone", "タイムゾーン"),
            Map.entry("limit", "件数"),
            Map.entry("rule", "ルール"),
            Map.entry("state", "状態"),
            Map.entry("severity", "重要度"),
            Map.entry("triage", "対応状況"),
            Map.entry("assignee", "担当者"),
            Map.entry("resolution", "判定"),
            Map.entry("comment", "コメント"),
            Map.entry("order", "並び順"));

    private static final Map<String, String> IN_JAPANESE = Stream.concat(
                    JAPANESE.entrySet().stream().map(column -> Map.entry(column.getValue(), column.getKey())),
                    OF_REQUESTS.entrySet().stream())
            .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue));

    /** Several, for a message. */
    record Listed(List<String> columns) implements Text {

        Listed {
            columns = List.copyOf(columns);
        }

        @Override
        public String in(Language language) {
            return columns.stream()
                    .map(column -> of(column, language))
                    .collect(Collectors.joining(language == Language.ENGLISH ? "," : "、"));
        }

        @Override
        public boolean isTranslated() {
            return true;
        }
    }

    private ColumnNames() {}

    /** What a column is called to people; one that is not known here, as it is. */
    static String of(String column, Language language) {
        return switch (language) {
            case ENGLISH -> column;
            case JAPANESE -> IN_JAPANESE.getOrDefault(column, column);
        };
    }

    /** In any case and width, in English with any of {@code _}, {@code -} and a blank between words, or in Japanese. */
    static String of(String cell) {
        String name = EnteredText.halfWidth(VisibleText.trimmed(cell))
                .toLowerCase(Locale.ROOT)
                .replace('-', '_')
                .replace(' ', '_');
        return JAPANESE.getOrDefault(name, name);
    }
}
