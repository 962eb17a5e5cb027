package dev.metsuke.console.alerts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.metsuke.console.access.Role;
import dev.metsuke.events.json.JsonDocument;
import dev.metsuke.events.json.MalformedDocumentException;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.junit.jupiter.api.Test;

class KibanaLinkTest {

    private final KibanaLink link = new KibanaLink(URI.create("https://kibana.example.jp/"));

    @Test
    void opensTheAccountsDashboardAroundTheAlert() throws MalformedDocumentException {
        String address = String.valueOf(link.to(alert("sato"), Set.of(Role.OFFICER, Role.AUDITOR)));

        assertThat(URLDecoder.decode(address, StandardCharsets.UTF_8))
                .isEqualTo("https://kibana.example.jp/s/metsuke-officer/app/dashboards#/view/metsuke-account"
                        + "?_g=(time:(from:'2026-11-23T02:00:00Z',to:'2026-11-25T03:00:00Z'))"
                        + "&_a=(query:(language:kuery,query:'user.id: \"sato\"'))");
        assertThat(URI.create(address).getFragment()).startsWith("/view/metsuke-account?");
    }

    @Test
    void opensItInTheSpaceThatTheReaderMaySee() throws MalformedDocumentException {
        assertThat(link.to(alert("sato"), Set.of(Role.AUDITOR))).contains("/s/metsuke-auditor/");
    }

    @Test
    void quotesWhateverAnAccountIsCalled() throws MalformedDocumentException {
        String address = String.valueOf(link.to(alert("o'hara!) or user.id:*\\\\\\\" #&+"), Set.of(Role.OFFICER)));

        assertThat(address.substring(address.indexOf("&_a=")))
                .doesNotContain(" ")
                .doesNotContain("#")
                .doesNotContain("+");
        assertThat(URLDecoder.decode(address, StandardCharsets.UTF_8))
                .endsWith("query:'user.id: \"o!'hara!!) or user.id:*\\\\\\\" #&+\"'))");
    }

    @Test
    void isAbsentWhereKibanaIs() throws MalformedDocumentException {
        assertThat(new KibanaLink(null).to(alert("sato"), Set.of(Role.OFFICER))).isNull();
    }

    private static JsonDocument alert(String account) throws MalformedDocumentException {
        return JsonDocument.parse("""
            {"user": {"id": "%s"}, "event": {"start": "2026-11-24T02:00:00Z", "end": "2026-11-24T03:00:00Z"}}
            """.formatted(account).getBytes(StandardCharsets.UTF_8));
    }
}
