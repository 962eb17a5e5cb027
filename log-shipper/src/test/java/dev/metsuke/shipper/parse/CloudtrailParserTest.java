package dev.metsuke.shipper.parse;

import static dev.metsuke.shipper.parse.Samples.event;
import static dev.metsuke.shipper.parse.Samples.rejection;
import static org.assertj.core.api.Assertions.assertThat;

import dev.metsuke.events.access.AccessEvent;
import dev.metsuke.events.access.Action;
import dev.metsuke.events.access.Outcome;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CloudtrailParserTest {

    private final LineParser parser = new Format.Cloudtrail().parser(Samples.RULES);

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "\"eventName\":\"GetObject\",\"readOnly\":true | read | success",
                "\"eventName\":\"GetObject\" | read | success",
                "\"eventName\":\"PutObject\",\"readOnly\":false,\"errorCode\":\"AccessDenied\" | update | failure",
                "\"eventName\":\"DeleteTrail\",\"readOnly\":false | delete | success",
                "\"eventName\":\"ConsoleLogin\",\"readOnly\":false,\"responseElements\":{\"ConsoleLogin\":\"Failure\"}"
                        + " | login | failure",
            })
    void tellsReadsFromWrites(String members, String action, String outcome) {
        AccessEvent event = event(parser, record(members + ",\"userIdentity\":{\"userName\":\"mori\"}"));

        assertThat(event.action()).isEqualTo(Action.ofLabel(action).orElseThrow());
        assertThat(event.outcome()).isEqualTo(Outcome.ofLabel(outcome).orElseThrow());
        assertThat(event.userId()).isEqualTo("mori");
        assertThat(event.serviceName()).isEqualTo("s3.amazonaws.com");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "{\"type\":\"Root\"} | root",
                "{\"type\":\"AssumedRole\",\"principalId\":\"A:b\",\"sessionContext\":{\"sessionIssuer\":{\"userName\":\"role\"}}}"
                    + " | role",
                "{\"principalId\":\"AIDA:mori\",\"arn\":\"arn:x\"} | AIDA:mori",
                "{\"arn\":\"arn:aws:iam::1:user/mori\"} | arn:aws:iam::1:user/mori",
                "{\"type\":\"AWSService\",\"invokedBy\":\"config.amazonaws.com\"} | config.amazonaws.com",
            })
    void findsWhoDidIt(String identity, String account) {
        assertThat(event(parser, record("\"eventName\":\"ListBuckets\",\"userIdentity\":" + identity))
                        .userId())
                .isEqualTo(account);
    }

    @Test
    void keepsAnAddressThatIsAServiceOutOfTheIp() {
        AccessEvent event = event(parser, record("\"eventName\":\"Decrypt\",\"sourceIPAddress\":\"AWS Internal\""));

        assertThat(event.sourceAddress()).isEqualTo("AWS Internal");
        assertThat(event.sourceIp()).isNull();
    }

    @Test
    void rejectsWhatIsNoRecord() {
        assertThat(rejection(parser, "{}")).contains("no eventName and eventTime");
        assertThat(rejection(parser, "junk")).contains("not a CloudTrail record");
    }

    private static String record(String members) {
        return "{\"eventTime\":\"2026-12-01T00:00:00Z\",\"eventSource\":\"s3.amazonaws.com\"," + members + "}";
    }
}
