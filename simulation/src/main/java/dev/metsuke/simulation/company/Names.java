package dev.metsuke.simulation.company;

import java.util.Locale;
import java.util.SplittableRandom;

/** Frequent Japanese names, in letters and in characters. */
final class Names {

    private static final String[] FAMILY = {
        "Sato 佐藤", "Suzuki 鈴木", "Takahashi 高橋", "Tanaka 田中", "Ito 伊藤", "Watanabe 渡辺", "Yamamoto 山本",
        "Nakamura 中村", "Kobayashi 小林", "Kato 加藤", "Yoshida 吉田", "Yamada 山田", "Sasaki 佐々木", "Yamaguchi 山口",
        "Matsumoto 松本", "Inoue 井上", "Kimura 木村", "Hayashi 林", "Saito 斎藤", "Shimizu 清水", "Yamazaki 山崎",
        "Mori 森", "Abe 阿部", "Ikeda 池田", "Hashimoto 橋本", "Ishikawa 石川", "Ogawa 小川", "Okada 岡田"
    };
    private static final String[] GIVEN = {
        "Haruto 陽翔",
        "Aoi 葵",
        "Ren 蓮",
        "Yui 結衣",
        "Sota 蒼太",
        "Hina 陽菜",
        "Riku 陸",
        "Sakura 桜",
        "Makoto 誠",
        "Emi 恵美",
        "Ken 健",
        "Naoko 直子",
        "Takashi 隆",
        "Yuko 裕子",
        "Hiroshi 浩",
        "Kumiko 久美子"
    };

    private Names() {}

    /**
     * A name.
     *
     * @param account its beginning of an account
     * @param full both parts, in letters and in characters
     */
    record Name(String account, String full) {}

    static Name draw(SplittableRandom random) {
        String[] family = FAMILY[random.nextInt(FAMILY.length)].split(" ", -1);
        String[] given = GIVEN[random.nextInt(GIVEN.length)].split(" ", -1);
        return new Name(
                family[0].toLowerCase(Locale.ROOT),
                family[0] + " " + given[0] + " (" + family[1] + " " + given[1] + ")");
    }
}
