package dev.metsuke.operations.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.metsuke.operations.settings.InvalidSettingsException;
import dev.metsuke.operations.settings.SettingsFile;
import java.net.URI;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ElasticsearchSettingsTest {

    @Test
    void takesEveryNodeOfACluster() {
        assertThat(settings("http://es1:9200").nodes()).containsExactly(URI.create("http://es1:9200"));
        assertThat(settings("https://es1:9200/, https://[::1]:9200,").nodes())
                .containsExactly(URI.create("https://es1:9200"), URI.create("https://[::1]:9200"));
        assertThat(settings("https://es1/search,https://es2/search/").nodes())
                .containsExactly(URI.create("https://es1/search"), URI.create("https://es2/search"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        https://es1:9200,http://es2:9200    | url must be http of every node or https of every node
        https://es1/a,https://es2/b         | url must have the same path for every node
        https://es1:9200,es2:9200           | url must be an http or https address, several with commas, not es2:9200; write http://es2:9200
        localhost:9200                      | url must be an http or https address, several with commas, not localhost:9200; write http://localhost:9200
        https://es1:9200,https://es 2       | url must be an http or https address, several with commas, not https://es 2
        ','                                 | url must name a node, such as http://127.0.0.1:9200
        """)
    void refusesWhatIsNoCluster(String url, String because) {
        assertThatThrownBy(() -> settings(url))
                .isInstanceOf(InvalidSettingsException.class)
                .hasMessageContaining("elasticsearch")
                .hasMessageContaining(because);
    }

    @Test
    void showsNoPasswordOfAnyNode() {
        assertThatThrownBy(() -> settings("http://es1:9200,ftp://elastic:hunter2,secret@es2:9200"))
                .hasMessageContaining("url must not hold a user and password")
                .hasMessageNotContaining("hunter2")
                .hasMessageNotContaining("secret");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "VuaCfGcBCdbkQm-e5aOx:ui2lp2axTNmsyakw9tvNnw", "the key"})
    void refusesWhatIsNoEncodedKeyAndDoesNotShowIt(String key) {
        SettingsFile file = SettingsFile.of("elasticsearch:\n  api-key: '" + key + "'\n", "metsuke.yml", Path.of(""));

        assertThatThrownBy(() -> file.section("elasticsearch", ElasticsearchSettings.class))
                .hasMessage(
                        "metsuke.yml:2: elasticsearch: api-key must be the encoded key as Elasticsearch hands it out,"
                                + " of letters, digits and +/=_-; leave it out where the cluster asks for none");
    }

    private static ElasticsearchSettings settings(String url) {
        return SettingsFile.of("elasticsearch:\n  url: '" + url + "'\n", "metsuke.yml", Path.of(""))
                .section("elasticsearch", ElasticsearchSettings.class);
    }
}
