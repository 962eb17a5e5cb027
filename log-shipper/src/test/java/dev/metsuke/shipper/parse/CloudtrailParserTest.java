package dev.metsuke.shipper.parse;

import static dev.metsuke.shipper.parse.Samples.event;
import static dev.metsuke.shipper.parse.Samples.ignored;
import static dev.metsuke.shipper.parse.Samples.rejection;
import static org.assertj.core.api.Assertions.assertThat;

import dev.metsuke.events.access.AccessEvent;
import dev.metsuke.events.access.Action;
import dev.metsuke.events.access.Outcome;
import dev.metsuke.operations.account.AccountRules;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CloudtrailParserTest {

    private static final SourceRules OBJECTS = new SourceRules(
            "host-1",
            null,
            ZoneOffset.UTC,
            AccountRules.keepAll(),
            null,
            List.of(),
            List.of(
                    new UrlRule(
                            TextPattern.parse("/crm-files/export/.*"),
                            List.of("GET"),
                            "crm.customers",
                            Action.DOWNLOAD,
                            null,
                            null),
                    new UrlRule(
                            TextPattern.parse("/crm-files/customers/\\d+"),
                            List.of(),
                            "crm.customers",
                            null,
                            1L,
                            null)),
            Map.of("crm-files", "crm.orders"));

    private static final SourceRules DYNAMODB = new SourceRules(
            "host-1",
            null,
            ZoneOffset.UTC,
            AccountRules.keepAll(),
            null,
            List.of(),
            List.of(),
            Map.of("Customers", "crm.customers"));

    private final LineParser parser = new Cloudtrail().parser(Samples.RULES);

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "\"eventName\":\"GetObject\",\"readOnly\":true | read | success",
                "\"eventName\":\"GetObject\" | read | success",
                "\"eventName\":\"PutObject\",\"readOnly\":false,\"errorCode\":\"AccessDenied\" | update | failure",
                "\"eventName\":\"DeleteTrail\",\"readOnly\":false | delete | success",
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
                "{\"type\":\"AssumedRole\",\"arn\":\"arn:aws:sts::1:assumed-role/AWSReservedSSO_Auditor_0a1b/mori@example.jp\",\"sessionContext\":{\"sessionIssuer\":{\"userName\":\"AWSReservedSSO_Auditor_0a1b\"}}}"
                    + " | mori@example.jp",
                "{\"type\":\"AssumedRole\",\"arn\":\"arn:aws:sts::1:assumed-role/deploy/i-0123\","
                        + "\"sessionContext\":{\"sessionIssuer\":{\"userName\":\"deploy\"}}} | deploy",
                "{\"type\":\"FederatedUser\",\"principalId\":\"123456789012:mori\",\"arn\":\"arn:aws:sts::123456789012:federated-user/mori\",\"sessionContext\":{\"sessionIssuer\":{\"type\":\"IAMUser\",\"userName\":\"broker\"}}}"
                    + " | mori",
                "{\"type\":\"IdentityCenterUser\",\"accountId\":\"123456789012\",\"onBehalfOf\":{\"userId\":\"544894e8-80c1\",\"identityStoreArn\":\"arn:aws:identitystore::1:identitystore/d-1\"}}"
                    + " | 544894e8-80c1",
                "{\"type\":\"AssumedRole\",\"arn\":\"arn:aws:sts::1:assumed-role/deploy/s\",\"sessionContext\":{\"sessionIssuer\":{\"userName\":\"deploy\"},\"sourceIdentity\":\"mori\"}}"
                    + " | mori",
                "{\"type\":\"SAMLUser\",\"principalId\":\"x:mori@example.jp\",\"userName\":\"mori@example.jp\"} |"
                        + " mori@example.jp",
                "{\"type\":\"IAMUser\",\"accountId\":\"123456789012\",\"userName\":\"HIDDEN_DUE_TO_SECURITY_REASONS\"}"
                        + " |",
                "{\"principalId\":\"AIDA:mori\",\"arn\":\"arn:x\"} | AIDA:mori",
                "{\"arn\":\"arn:aws:iam::1:user/mori\"} | arn:aws:iam::1:user/mori",
                "{\"type\":\"AWSService\",\"invokedBy\":\"config.amazonaws.com\"} | config.amazonaws.com",
            })
    void findsWhoDidIt(String identity, String account) {
        assertThat(event(parser, record("\"eventName\":\"ListBuckets\",\"userIdentity\":" + identity))
                        .userId())
                .isEqualTo(account);
    }

    /** As Identity Center writes them, too: a name comes with some, and the directory's number of the person with all. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            nullValues = "nobody",
            value = {
                "signin | ConsoleLogin | \"userIdentity\":{\"userName\":\"mori\"},"
                        + "\"responseElements\":{\"ConsoleLogin\":\"Success\"} | login | success | mori",
                "signin | ConsoleLogin | \"userIdentity\":{\"userName\":\"HIDDEN_DUE_TO_SECURITY_REASONS\"},"
                        + "\"responseElements\":{\"ConsoleLogin\":\"Failure\"} | login | failure | nobody",
                "signin | UserAuthentication | \"userIdentity\":{\"type\":\"IdentityCenterUser\","
                    + "\"onBehalfOf\":{\"userId\":\"544894e8\"}},\"additionalEventData\":{\"UserName\":\"mori\","
                    + "\"CredentialType\":\"EXTERNAL_IDP\"},\"serviceEventDetails\":{\"UserAuthentication\":\"Success\"}"
                    + " | login | success | mori",
                "signin | UserAuthentication | \"userIdentity\":{\"type\":\"IdentityCenterUser\","
                    + "\"onBehalfOf\":{\"userId\":\"544894e8\"}},\"serviceEventDetails\":{\"UserAuthentication\":\"Success\"}"
                    + " | login | success | 544894e8",
                "signin | CredentialVerification |"
                    + " \"userIdentity\":{\"type\":\"Unknown\",\"principalId\":\"123456789012\",\"userName\":\"mori\"},\"serviceEventDetails\":{\"CredentialVerification\":\"Failure\"}"
                    + " | login | failure | mori",
                "sso | Federate |"
                    + " \"userIdentity\":{\"type\":\"IdentityCenterUser\",\"onBehalfOf\":{\"userId\":\"544894e8\"}} |"
                    + " login | success | 544894e8",
                "sso | Logout | \"userIdentity\":{\"userName\":\"mori\"} | logout | success | mori",
            })
    void tellsWhoSignedInAndWhoFailedTo(
            String service, String name, String members, String action, String outcome, @Nullable String account) {
        AccessEvent event = event(parser, record(service, "\"eventName\":\"" + name + "\"," + members));

        assertThat(event.action()).isEqualTo(Action.ofLabel(action).orElseThrow());
        assertThat(event.outcome()).isEqualTo(Outcome.ofLabel(outcome).orElseThrow());
        assertThat(event.userId()).isEqualTo(account);
        assertThat(event.eventCategories()).containsExactly("authentication");
        assertThat(event.dataset()).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"CredentialChallenge", "CredentialVerification"})
    void countsASignInOnceWhateverItsSteps(String step) {
        String members = "\"eventName\":\"" + step + "\",\"serviceEventDetails\":{\"" + step + "\":\"Success\"}";

        assertThat(ignored(parser, record("signin", members))).isEqualTo("step of a sign-in");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "GetObject | export/2026-12.csv | | download | crm.customers | ",
                "GetObject | export/2026-12.csv | AccessDenied | download | crm.customers | 0",
                "PutObject | export/2026-12.csv | | update | crm.orders | ",
                "GetObjectAcl | export/2026-12.csv | | read | crm.orders | ",
                "SelectObjectContent | export/2026-12.csv | | download | crm.customers | ",
                "GetObject | customers/10023 | | read | crm.customers | 1",
                "HeadObject | customers/10023 | | read | crm.customers | 0",
                "PutObject | customers/10023 | | update | crm.customers | 1",
                "GetObject | export/../logo.png | | download | crm.customers | ",
                "GetObject | orders/7 | | read | crm.orders | ",
            })
    void mapsAnObjectByBucketAndKey(
            String name, String key, @Nullable String error, String action, String dataset, @Nullable Long records) {
        LineParser s3 = new Cloudtrail().parser(OBJECTS);
        String failure = error == null ? "" : "\"errorCode\":\"" + error + "\",";

        AccessEvent event = event(
                s3,
                record(
                        "s3",
                        failure + "\"eventName\":\"" + name + "\",\"requestParameters\":{\"bucketName\":\"crm-files\","
                                + "\"key\":\"" + key + "\"}"));

        assertThat(event.action()).isEqualTo(Action.ofLabel(action).orElseThrow());
        assertThat(event.dataset()).isEqualTo(dataset);
        assertThat(event.records()).isEqualTo(records);
        assertThat(event.urlPath()).isEqualTo("/crm-files/" + key);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "CopyObject | /crm-files/customers/10023 | mine | | export | crm.customers | 1 |"
                        + " /crm-files/customers/10023",
                "CopyObject | crm-files/customers/10023 | crm-files | | read | crm.customers | 1 |"
                        + " /crm-files/customers/10023",
                "UploadPartCopy | crm-files/%63ustomers%2F10023?versionId=a | mine | | export | crm.customers | 1 |"
                        + " /crm-files/customers/10023",
                "CopyObject | crm-files/export/a.csv | mine | | download | crm.customers | | /crm-files/export/a.csv",
                "CopyObject | crm-files/export/a.csv | mine | AccessDenied | download | crm.customers | 0 |"
                        + " /crm-files/export/a.csv",
                "CopyObject | crm-files/orders/%E9%A1%A7 | mine | | export | crm.orders | | /crm-files/orders/顧",
                "CopyObject | mine/a | crm-files | | read | | | /mine/a",
                "CopyObject | arn:aws:s3:ap-northeast-1:1:accesspoint/ap/object/a%20b | mine | | read | | |"
                        + " arn:aws:s3:ap-northeast-1:1:accesspoint/ap/object/a b",
                "CopyObject | | crm-files | | update | crm.orders | | /crm-files/x",
            })
    void readsTheSourceOfACopy(
            String name,
            @Nullable String source,
            String target,
            @Nullable String error,
            String action,
            @Nullable String dataset,
            @Nullable Long records,
            String path) {
        String failure = error == null ? "" : "\"errorCode\":\"" + error + "\",";
        String copied = source == null ? "" : ",\"x-amz-copy-source\":\"" + source + "\"";

        AccessEvent event = event(
                new Cloudtrail().parser(OBJECTS),
                record(
                        "s3",
                        failure + "\"eventName\":\"" + name + "\",\"readOnly\":false,\"requestParameters\":"
                                + "{\"bucketName\":\"" + target + "\",\"key\":\"x\"" + copied + "}"));

        assertThat(event.action()).isEqualTo(Action.ofLabel(action).orElseThrow());
        assertThat(event.outcome()).isEqualTo(error == null ? Outcome.SUCCESS : Outcome.FAILURE);
        assertThat(event.dataset()).isEqualTo(dataset);
        assertThat(event.records()).isEqualTo(records);
        assertThat(event.urlPath()).isEqualTo(path);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "Scan | \"readOnly\":true,\"requestParameters\":{\"tableName\":\"Customers\"} | read",
                "Query | \"requestParameters\":{\"tableName\":\"arn:aws:dynamodb:eu-west-1:1:table/Customers\"} | read",
                "BatchGetItem |"
                    + " \"readOnly\":true,\"requestParameters\":{\"requestItems\":{\"Customers\":{}}},\"resources\":[{\"ARN\":\"arn:aws:dynamodb:eu-west-1:1:table/Customers/index/mail\"}]"
                    + " | read",
                "PutItem | \"readOnly\":false,\"requestParameters\":{\"tableName\":\"Customers\"} | update",
                "ExecuteStatement | \"readOnly\":false,\"requestParameters\":{\"statement\":\"SELECT * FROM"
                        + " Customers\"},\"resources\":[{\"ARN\":\"arn:aws:dynamodb:eu-west-1:1:table/Customers\"}] |"
                        + " read",
                "ExecuteStatement | \"requestParameters\":{\"statement\":\" update Customers SET a=?\"},"
                        + "\"resources\":[{\"ARN\":\"arn:aws:dynamodb:eu-west-1:1:table/Customers\"}] | update",
                "ExportTableToPointInTime | \"readOnly\":false,\"requestParameters\":{\"tableArn\":"
                        + "\"arn:aws:dynamodb:eu-west-1:1:table/Customers\",\"s3Bucket\":\"mine\"} | export",
            })
    void mapsATableOfDynamoDb(String name, String members, String action) {
        AccessEvent event = event(
                new Cloudtrail().parser(DYNAMODB), record("dynamodb", "\"eventName\":\"" + name + "\"," + members));

        assertThat(event.dataset()).isEqualTo("crm.customers");
        assertThat(event.action()).isEqualTo(Action.ofLabel(action).orElseThrow());
        assertThat(event.destination()).isEqualTo(action.equals("export") ? "file" : null);
    }

    /** As Lake Formation tells of what Athena and others read. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "GetDataAccess | \"requestParameters\":{\"tableArn\":\"arn:aws:glue:eu-west-1:1:table/crm/people\"} |"
                        + " crm.people",
                "GetDataAccess | \"requestParameters\":{\"tableArn\":\"arn:aws:glue:eu-west-1:1:table/customers/log\"}"
                        + " |",
                "GetTableMetadata | \"requestParameters\":{\"databaseName\":\"crm\",\"tableName\":\"people\"} |"
                        + " crm.people",
            })
    void mapsATableOfGluesCatalogueWithinItsDatabase(String name, String members, @Nullable String dataset) {
        SourceRules rules = new SourceRules(
                "host-1",
                null,
                ZoneOffset.UTC,
                AccountRules.keepAll(),
                null,
                List.of(),
                List.of(),
                Map.of("customers", "crm.customers", "crm.people", "crm.people", "hr.people", "hr.people"));
        AccessEvent event = event(
                new Cloudtrail().parser(rules), record("lakeformation", "\"eventName\":\"" + name + "\"," + members));

        assertThat(event.dataset()).isEqualTo(dataset);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "arn:aws:s3:eu-west-1:123456789012:accesspoint/sales",
                "sales-hrzrlukc5m36ft7okagglf3gmwluquse1b-s3alias",
                "sales-zz1f4b1b6b1b--ol-s3",
            })
    void findsTheBucketBehindAnAccessPoint(String accessPoint) {
        AccessEvent event = event(
                new Cloudtrail().parser(OBJECTS),
                record("\"eventName\":\"GetObject\",\"requestParameters\":{\"bucketName\":\"" + accessPoint
                        + "\",\"key\":\"customers/10023\"},\"resources\":["
                        + "{\"type\":\"AWS::S3::AccessPoint\",\"ARN\":\"arn:aws:s3:eu-west-1:123456789012:accesspoint/sales\"},"
                        + "{\"type\":\"AWS::S3::Object\",\"ARN\":\"arn:aws:s3:::crm-files/customers/10023\"},"
                        + "{\"type\":\"AWS::S3::Bucket\",\"ARN\":\"arn:aws:s3:::crm-files\"}]"));

        assertThat(event.urlPath()).isEqualTo("/crm-files/customers/10023");
        assertThat(event.dataset()).isEqualTo("crm.customers");
    }

    /** As the RDS Data API, Redshift's and Athena tell of it: the statement is not. */
    @ParameterizedTest
    @CsvSource({
        "athena, StartQueryExecution",
        "rdsdata, ExecuteStatement",
        "rdsdataapi, BatchExecuteStatement",
        "redshift-data, ExecuteStatement"
    })
    void takesAStatementThatIsNotToldForARead(String service, String name) {
        AccessEvent event = event(
                parser,
                record(
                        service,
                        "\"eventName\":\"" + name
                                + "\",\"readOnly\":false,\"requestParameters\":{\"sql\":\"**********\"}"));

        assertThat(event.action()).isEqualTo(Action.READ);
        assertThat(event.records()).isNull();
    }

    @Test
    void readsARecordWithBytesThatAreNoText() {
        AccessEvent event = event(parser, record("\"eventName\":\"Decrypt\",\"userAgent\":\"x\\xFF\""));

        assertThat(event.userAgent()).isEqualTo("x\\xFF");
    }

    @Test
    void keepsAnAddressThatIsAServiceOutOfTheIp() {
        AccessEvent event = event(parser, record("\"eventName\":\"Decrypt\",\"sourceIPAddress\":\"AWS Internal\""));

        assertThat(event.sourceAddress()).isEqualTo("AWS Internal");
        assertThat(event.sourceIp()).isNull();
    }

    /** It has no name of an event of its own, and counts calls that have records. */
    @Test
    void ignoresAnInsight() {
        assertThat(ignored(parser, """
            {"eventVersion":"1.07","eventTime":"2026-12-01T00:00:00Z","awsRegion":"ap-northeast-1","eventID":"x",
            "eventType":"AwsCloudTrailInsight","insightDetails":{"state":"Start","eventSource":"s3.amazonaws.com",
            "eventName":"GetObject","insightType":"ApiCallRateInsight"},"eventCategory":"Insight"}\
            """)).contains("insight");
    }

    @Test
    void rejectsWhatIsNoRecord() {
        assertThat(rejection(parser, "{}")).contains("no eventName and eventTime");
        assertThat(rejection(parser, "junk")).contains("not a CloudTrail record");
    }

    private static String record(String members) {
        return record("s3", members);
    }

    private static String record(String service, String members) {
        return "{\"eventTime\":\"2026-12-01T00:00:00Z\",\"eventSource\":\"" + service + ".amazonaws.com\"," + members
                + "}";
    }
}
