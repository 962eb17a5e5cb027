package dev.metsuke.shipper.parse;

import dev.metsuke.events.access.AccessEvent;
import dev.metsuke.events.access.Action;
import dev.metsuke.events.access.Destination;
import dev.metsuke.events.access.Outcome;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** One record of AWS CloudTrail. */
final class CloudtrailParser implements LineParser {

    private static final List<String> API = List.of("api");
    private static final List<String> AUTHENTICATION = List.of("authentication");
    /** What begins and ends somebody's session, by service and event. */
    private static final Map<String, Action> SESSIONS = Map.of(
            "signin.amazonaws.com/ConsoleLogin", Action.LOGIN,
            "signin.amazonaws.com/UserAuthentication", Action.LOGIN,
            "signin.amazonaws.com/CredentialVerification", Action.LOGIN,
            "sso.amazonaws.com/Authenticate", Action.LOGIN,
            "sso.amazonaws.com/Federate", Action.LOGIN,
            "sso.amazonaws.com/Logout", Action.LOGOUT);
    // https://docs.aws.amazon.com/singlesignon/latest/userguide/understanding-sign-in-events.html
    private static final String CHALLENGE = "CredentialChallenge";
    private static final String VERIFICATION = "CredentialVerification";
    /** How S3 is asked for the operations on an object's content. */
    private static final Map<String, String> METHODS = Map.of(
            "GetObject", "GET",
            "HeadObject", "HEAD",
            "PutObject", "PUT",
            "CopyObject", "PUT",
            "UploadPart", "PUT",
            "UploadPartCopy", "PUT",
            "CompleteMultipartUpload", "POST",
            // What it shows is the object's, as by GET.
            "SelectObjectContent", "GET",
            "DeleteObject", "DELETE");

    private static final String READS = "GET";

    private static final List<String> READING = List.of(
            "Get",
            "List",
            "Describe",
            "Head",
            "Lookup",
            "Search",
            "Select",
            "Query",
            "Scan",
            "BatchGet",
            "TransactGet");
    /**
     * Of the RDS and the Redshift Data API, of DynamoDB, and of Athena
     * (https://docs.aws.amazon.com/athena/latest/ug/monitor-with-cloudtrail.html).
     */
    private static final Set<String> STATEMENTS = Set.of(
            "ExecuteStatement", "BatchExecuteStatement", "ExecuteSql", "ExecuteTransaction", "StartQueryExecution");

    private static final List<String> CHANGING = List.of("insert", "update", "delete");
    /** What takes a whole table or database to S3. */
    private static final Set<String> EXPORTS = Set.of("ExportTableToPointInTime", "StartExportTask");

    private static final String SINGLE_SIGN_ON = ":assumed-role/AWSReservedSSO_";
    private static final String FEDERATED_USER = ":federated-user/";
    /** What stands for a name that nobody has, since it may be a password typed into the wrong field. */
    private static final String HIDDEN = "HIDDEN_DUE_TO_SECURITY_REASONS";

    private static final String EVENT_TIME = "/eventTime";
    private static final String EVENT_NAME = "/eventName";
    private static final String CATEGORY = "/eventCategory";
    private static final String EVENT_SOURCE = "/eventSource";
    private static final String READ_ONLY = "/readOnly";
    private static final String ERROR_CODE = "/errorCode";
    private static final String SOURCE_ADDRESS = "/sourceIPAddress";
    private static final String USER_AGENT = "/userAgent";
    private static final String USER_TYPE = "/userIdentity/type";
    private static final String USER_NAME = "/userIdentity/userName";
    private static final String SESSION_ISSUER = "/userIdentity/sessionContext/sessionIssuer/userName";
    private static final String SOURCE_IDENTITY = "/userIdentity/sessionContext/sourceIdentity";
    private static final String ON_BEHALF_OF = "/userIdentity/onBehalfOf/userId";
    private static final String PRINCIPAL = "/userIdentity/principalId";
    private static final String USER_ARN = "/userIdentity/arn";
    private static final String INVOKED_BY = "/userIdentity/invokedBy";
    private static final String BUCKET = "/requestParameters/bucketName";
    private static final String KEY = "/requestParameters/key";
    private static final String TABLE = "/requestParameters/tableName";
    private static final String TABLE_ARN = "/requestParameters/tableArn";
    private static final String DATABASE = "/requestParameters/databaseName";
    private static final String RESOURCE = "/resources/0/ARN";
    private static final List<String> RESOURCES = List.of(RESOURCE, "/resources/1/ARN", "/resources/2/ARN");
    private static final String STATEMENT = "/requestParameters/statement";
    private static final String TABLE_IN_ARN = ":table/";
    private static final String COPY_SOURCE = "/requestParameters/x-amz-copy-source";
    private static final Set<String> COPIES = Set.of("CopyObject", "UploadPartCopy");
    private static final String ARN = "arn:";
    private static final String VERSION = "?versionId=";
    private static final String OBJECT_OF_ACCESS_POINT = "/object/";
    private static final String BUCKET_IN_ARN = ":s3:::";
    private static final String TABLE_OF_GLUE = ":glue:";
    /** How no bucket's name ends: https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html. */
    private static final List<String> ALIASES = List.of("-s3alias", "--ol-s3");

    private static final String CONSOLE_LOGIN = "/responseElements/ConsoleLogin";
    private static final String SIGNED_IN = "/serviceEventDetails/UserAuthentication";
    private static final String VERIFIED = "/serviceEventDetails/CredentialVerification";
    private static final String SIGN_IN_NAME = "/additionalEventData/UserName";
    private static final List<String> POINTERS = List.of(
            EVENT_TIME,
            EVENT_NAME,
            CATEGORY,
            EVENT_SOURCE,
            READ_ONLY,
            ERROR_CODE,
            SOURCE_ADDRESS,
            USER_AGENT,
            USER_TYPE,
            USER_NAME,
            SESSION_ISSUER,
            SOURCE_IDENTITY,
            ON_BEHALF_OF,
            PRINCIPAL,
            USER_ARN,
            INVOKED_BY,
            BUCKET,
            KEY,
            COPY_SOURCE,
            TABLE,
            TABLE_ARN,
            DATABASE,
            RESOURCES.get(0),
            RESOURCES.get(1),
            RESOURCES.get(2),
            STATEMENT,
            CONSOLE_LOGIN,
            SIGNED_IN,
            VERIFIED,
            SIGN_IN_NAME);
    private static final JsonFields FIELDS =
            new JsonFields(POINTERS.stream().map(JsonPointer::parse).toList());

    private final SourceRules rules;

    CloudtrailParser(SourceRules rules) {
        this.rules = rules;
    }

    @Override
    public ParseResult parse(String line) {
        Map<String, String> values = new HashMap<>();
        try {
            @Nullable String[] found = FIELDS.read(HexEscapes.asJson(line));
            for (int i = 0; i < found.length; i++) {
                String value = found[i];
                if (value != null && !value.isBlank()) {
                    values.put(POINTERS.get(i), value);
                }
            }
        } catch (MalformedJsonException e) {
            return ParseResult.rejected("not a CloudTrail record: " + e.problem());
        }
        if ("Insight".equals(values.get(CATEGORY))) {
            return new ParseResult.Ignored("insight, which counts calls that have records of their own");
        }
        String name = values.get(EVENT_NAME);
        String written = values.get(EVENT_TIME);
        Instant time = written == null ? null : Times.iso(written, rules.zone());
        if (name == null || written == null) {
            return ParseResult.rejected("not a CloudTrail record: no eventName and eventTime");
        }
        if (time == null) {
            return ParseResult.unreadableTime(written);
        }
        Outcome outcome = outcome(values);
        // Whoever passed them all is told of by UserAuthentication; who failed at one is told of nowhere else.
        if (name.equals(CHALLENGE) || (name.equals(VERIFICATION) && outcome == Outcome.SUCCESS)) {
            return new ParseResult.Ignored("step of a sign-in");
        }
        return new ParseResult.Parsed(event(name, time, outcome, values));
    }

    private AccessEvent.Builder event(String name, Instant time, Outcome outcome, Map<String, String> values) {
        String account = account(values);
        String service = values.get(EVENT_SOURCE);
        Action session = SESSIONS.get(service + "/" + name);
        AccessEvent.Builder event = rules.event()
                .timestamp(time)
                .action(session == null ? action(name, values) : session)
                .outcome(outcome)
                .eventCategories(session == null ? API : AUTHENTICATION)
                .userId(rules.accounts().normalise(account))
                .userName(account)
                .userAgent(values.get(USER_AGENT));
        if (service != null) {
            event.serviceName(service);
        }
        Address.put(event, values.get(SOURCE_ADDRESS));
        if (session == null) {
            touch(event, name, outcome, values);
        }
        return event;
    }

    /**
     * Who did it; for an assumed role the role, for a service acting by itself the service. Where a person came by single
     * sign-on, by a federation or with a source identity, that person: others share the role or the account that let them in.
     */
    private static @Nullable String account(Map<String, String> values) {
        String type = values.getOrDefault(USER_TYPE, "");
        if (type.equals("Root")) {
            return "root";
        }
        for (String person : Arrays.asList(
                behind(SINGLE_SIGN_ON, values.get(USER_ARN)),
                behind(FEDERATED_USER, values.get(USER_ARN)),
                values.get(SOURCE_IDENTITY),
                values.get(SIGN_IN_NAME))) {
            if (person != null) {
                return person.equals(HIDDEN) ? null : person;
            }
        }
        for (String pointer : List.of(USER_NAME, ON_BEHALF_OF, SESSION_ISSUER, PRINCIPAL, USER_ARN, INVOKED_BY)) {
            String value = values.get(pointer);
            if (value != null) {
                return value.equals(HIDDEN) ? null : value;
            }
        }
        return null;
    }

    /**
     * The last part of {@code arn:aws:sts::123456789012:assumed-role/AWSReservedSSO_Auditor_0a1b2c3d4e5f6a7b/sato@example.jp}
     * or {@code arn:aws:sts::123456789012:federated-user/sato}.
     */
    private static @Nullable String behind(String mark, @Nullable String arn) {
        int marked = arn == null ? -1 : arn.indexOf(mark);
        if (arn == null || marked < 0) {
            return null;
        }
        int slash = arn.indexOf('/', marked + mark.length() - 1);
        return slash < 0 || slash + 1 == arn.length() ? null : arn.substring(slash + 1);
    }

    private void touch(AccessEvent.Builder event, String name, Outcome outcome, Map<String, String> values) {
        String bucket = bucket(values);
        String key = values.get(KEY);
        String copied = values.get(COPY_SOURCE);
        if (copied != null && COPIES.contains(name)) {
            copied(event, S3Object.copied(copied), bucket, outcome);
        } else if (bucket != null && key != null) {
            S3Object object = new S3Object(bucket, "/" + bucket + "/" + key);
            touch(event, object, METHODS.get(name), outcome);
        } else {
            rules.touch(event, bucket == null ? tableDataset(values) : tableDataset(null, bucket));
        }
        if (EXPORTS.contains(name)) {
            event.destination(Destination.FILE);
        }
    }

    /**
     * Who asks through an access point names that, by its ARN or its alias; the bucket stands among what was touched
     * (https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-points-monitoring-logging.html).
     */
    private static @Nullable String bucket(Map<String, String> values) {
        String named = values.get(BUCKET);
        if (named == null || !(named.startsWith(ARN) || ALIASES.stream().anyMatch(named::endsWith))) {
            return named;
        }
        for (String pointer : RESOURCES) {
            String arn = values.getOrDefault(pointer, "");
            int bucket = arn.indexOf(BUCKET_IN_ARN);
            if (bucket >= 0) {
                String path = arn.substring(bucket + BUCKET_IN_ARN.length());
                int slash = path.indexOf('/');
                return slash < 0 ? path : path.substring(0, slash);
            }
        }
        return named;
    }

    /** DynamoDB's, or one of Glue's catalogue: by its name or its ARN, in the request, or in what it touched where it names several. */
    private @Nullable String tableDataset(Map<String, String> values) {
        for (String pointer : List.of(TABLE, TABLE_ARN, RESOURCE)) {
            String written = values.get(pointer);
            int named = written == null ? -1 : written.indexOf(TABLE_IN_ARN);
            if (written != null && named >= 0) {
                String[] names =
                        written.substring(named + TABLE_IN_ARN.length()).split("/", -1);
                boolean inDatabase = written.contains(TABLE_OF_GLUE) && names.length > 1;
                return inDatabase ? tableDataset(names[0], names[1]) : tableDataset(null, names[0]);
            }
            if (written != null && pointer.equals(TABLE)) {
                return tableDataset(values.get(DATABASE), written);
            }
        }
        return rules.dataset();
    }

    private @Nullable String tableDataset(@Nullable String database, String table) {
        return rules.touched(rules.tableDataset(database, table));
    }

    /** A copy shows its source, as a GET of it would; to another bucket it takes personal data out of its own. */
    private void copied(AccessEvent.Builder event, S3Object source, @Nullable String target, Outcome outcome) {
        UrlRule rule = rules.urlRule(READS, List.of(source.path));
        String dataset = rule == null ? tableDataset(null, source.bucket) : rules.touched(rule.dataset());
        boolean leaves = target != null && !target.equals(source.bucket) && dataset != null;
        event.action(leaves ? Action.EXPORT : Action.READ);
        touch(event, source, READS, outcome);
    }

    /** What a rule says of {@code /bucket/key}, as S3 has it; else what the tables call the bucket. */
    private void touch(AccessEvent.Builder event, S3Object object, @Nullable String method, Outcome outcome) {
        UrlRule rule = rules.urlRule(method, List.of(object.path));
        // Not resolved as a web server does: to S3 dots and percent signs are characters like others.
        event.urlOriginal(object.path).urlPath(object.path);
        if (rule == null) {
            rules.touch(event, tableDataset(null, object.bucket));
        } else {
            WebAccess.apply(rule, method, object.path, outcome == Outcome.FAILURE, event, rules);
        }
    }

    private static Action action(String name, Map<String, String> values) {
        String readOnly = values.get(READ_ONLY);
        boolean reads = readOnly == null ? READING.stream().anyMatch(name::startsWith) : readOnly.equals("true");
        if (reads || (STATEMENTS.contains(name) && mayShowData(values.get(STATEMENT)))) {
            return Action.READ;
        }
        if (EXPORTS.contains(name)) {
            return Action.EXPORT;
        }
        return name.startsWith("Delete") ? Action.DELETE : Action.UPDATE;
    }

    /** Of most statements nothing is told but that they ran. */
    private static boolean mayShowData(@Nullable String statement) {
        String text = statement == null ? "" : statement.stripLeading().toLowerCase(Locale.ROOT);
        return CHANGING.stream().noneMatch(text::startsWith);
    }

    private static Outcome outcome(Map<String, String> values) {
        boolean failed = values.containsKey(ERROR_CODE)
                || Stream.of(CONSOLE_LOGIN, SIGNED_IN, VERIFIED)
                        .map(values::get)
                        .anyMatch("Failure"::equals);
        return failed ? Outcome.FAILURE : Outcome.SUCCESS;
    }

    private record S3Object(String bucket, String path) {

        /** {@code /bucket/key} or {@code bucket/key}, percent-encoded, maybe with a version; or an access point's ARN. */
        static S3Object copied(String source) {
            int version = source.indexOf(VERSION);
            String decoded = UrlPath.decoded(version < 0 ? source : source.substring(0, version));
            if (decoded.startsWith(ARN)) {
                int object = decoded.indexOf(OBJECT_OF_ACCESS_POINT);
                return new S3Object(object < 0 ? decoded : decoded.substring(0, object), decoded);
            }
            String path = decoded.startsWith("/") ? decoded : "/" + decoded;
            int slash = path.indexOf('/', 1);
            return new S3Object(path.substring(1, slash < 0 ? path.length() : slash), path);
        }
    }
}
