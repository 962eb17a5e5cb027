package dev.metsuke.console;

import co.elastic.clients.elasticsearch.ElasticsearchClient;
import dev.metsuke.console.access.Caller;
import dev.metsuke.console.access.ClientAddress;
import dev.metsuke.console.access.Doorkeeper;
import dev.metsuke.console.access.RequestGuard;
import dev.metsuke.console.access.Role;
import dev.metsuke.console.alerts.Alerts;
import dev.metsuke.console.alerts.KibanaLink;
import dev.metsuke.console.approval.ApprovalRoutes;
import dev.metsuke.console.approval.ExportApprovals;
import dev.metsuke.console.directory.DirectoryRoutes;
import dev.metsuke.console.entry.CsvTable;
import dev.metsuke.console.http.Answer;
import dev.metsuke.console.http.HeadAsGet;
import dev.metsuke.console.http.Refusal;
import dev.metsuke.console.language.Text;
import dev.metsuke.console.policy.PolicyRoutes;
import dev.metsuke.console.publish.ReadingTrace;
import dev.metsuke.console.publish.SerialWriter;
import dev.metsuke.console.publish.TopicContents;
import dev.metsuke.console.scim.ScimRoutes;
import dev.metsuke.console.search.Archive;
import dev.metsuke.console.search.ArchiveSearch;
import dev.metsuke.console.search.SearchRoutes;
import dev.metsuke.console.status.StatusReports;
import dev.metsuke.console.status.StatusRoutes;
import dev.metsuke.operations.http.OperationsEndpoints;
import dev.metsuke.operations.kafka.KafkaSettings;
import dev.metsuke.operations.metrics.Metrics;
import dev.metsuke.operations.part.Condition;
import dev.metsuke.operations.part.Part;
import dev.metsuke.operations.search.ElasticsearchConnection;
import dev.metsuke.operations.search.ElasticsearchSettings;
import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpResponseException;
import io.javalin.router.Endpoint;
import io.javalin.util.JavalinBindException;
import io.javalin.util.JavalinLogger;
import io.micrometer.core.instrument.Tag;
import jakarta.servlet.DispatcherType;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Clock;
import java.time.ZoneId;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** HTTP API and pages for security officer, HR clerk and auditor. */
public final class Console implements Part {

    private static final Logger LOG = LoggerFactory.getLogger(Console.class);

    private final ConsoleSettings settings;
    private final Metrics metrics;
    private final Supplier<OperationsEndpoints> operations;
    private final ElasticsearchClient elasticsearch;
    private final Archive archive;
    private final ReadingTrace trace;
    private final TopicContents directory;
    private final StatusReports statusReports;
    private final SerialWriter accounts;
    private final ExportApprovals exportApprovals;
    private final Alerts alerts;
    private final ZoneId zone;
    private @Nullable Javalin server;
    private volatile @Nullable RequestGuard guard;
    private volatile @Nullable URI address;
    private volatile boolean closed;
    private volatile @Nullable String failure;

    /**
     * Puts the console together; nothing is bound or sent yet.
     *
     * @param operations what {@code /live}, {@code /ready} and {@code /metrics} answer; asked at each request, so it may
     *     name the console itself and any other part of the process
     * @throws IOException where Elasticsearch's certificate authority cannot be read
     */
    public Console(
            ConsoleSettings settings,
            KafkaSettings kafka,
            ElasticsearchSettings elasticsearchSettings,
            Metrics metrics,
            Supplier<OperationsEndpoints> operations)
            throws IOException {
        this.settings = settings;
        this.metrics = metrics;
        this.operations = operations;
        zone = settings.zoneOrSystems();
        elasticsearch = ElasticsearchConnection.open(elasticsearchSettings, Archive.CLIENT_PATIENCE);
        archive = new Archive(elasticsearch, elasticsearchSettings.url());
        SerialWriter writer = new SerialWriter(kafka);
        directory = new TopicContents(kafka);
        statusReports = new StatusReports(writer);
        accounts = writer;
        exportApprovals = new ExportApprovals(kafka);
        trace = ReadingTrace.ofConsole(kafka, settings.readings());
        alerts = new Alerts(
                kafka,
                archive,
                trace,
                new KibanaLink(settings.kibanaUrl()),
                settings::mayTriage,
                settings.alertsInMemory(),
                settings.heartbeat(),
                zone,
                metrics.registry());
    }

    @Override
    public String name() {
        return "console";
    }

    /**
     * Binds and serves.
     *
     * @throws UncheckedIOException where the address cannot be bound; the message names it
     */
    @Override
    public void start() {
        Javalin javalin = Javalin.create(this::configure);
        server = javalin;
        // What fails is thrown and told once; Javalin would log it with its trace as well.
        JavalinLogger.enabled = false;
        try {
            javalin.start(settings.host(), settings.port());
        } catch (JavalinBindException e) {
            failure = "cannot listen on " + settings.host() + ":" + settings.port()
                    + "; set console.port to a free port or 0, and console.host to an address of this machine";
            throw new UncheckedIOException(failure, new IOException(failure, e));
        } finally {
            JavalinLogger.enabled = true;
        }
        guard = new RequestGuard(settings.host(), javalin.port(), settings.publicUrl());
        String host = settings.host().indexOf(':') >= 0 && !settings.host().startsWith("[")
                ? "[" + settings.host() + "]"
                : settings.host();
        address = URI.create("http://" + host + ":" + javalin.port());
        alerts.start();
        LOG.info("Console at {}", address);
    }

    /** Where it listens, without a slash at the end; known after {@link #start}. */
    public URI address() {
        URI bound = address;
        if (bound == null) {
            throw new IllegalStateException("the console has no address before it is started");
        }
        return bound;
    }

    @Override
    public Condition condition() {
        if (failure != null) {
            return new Condition.Failed(failure);
        }
        if (closed) {
            return new Condition.Stopped();
        }
        return address == null ? new Condition.Starting() : alerts.condition();
    }

    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        // Streams first: the server would wait for them.
        alerts.close();
        if (server != null) {
            server.stop();
        }
        trace.close();
        try {
            elasticsearch.close();
        } catch (IOException e) {
            LOG.warn("Closing the connection to Elasticsearch failed", e);
        }
    }

    private void configure(JavalinConfig config) {
        config.startup.showJavalinBanner = false;
        config.startup.showOldJavalinVersionWarning = false;
        config.concurrency.useVirtualThreads = true;
        config.http.maxRequestSize = CsvTable.MOST_BYTES;
        config.http.generateEtags = false;
        config.requestLogger.http(this::measure);
        config.jetty.modifyServletContextHandler(
                pages -> pages.addFilter(new HeadAsGet(), "/*", EnumSet.of(DispatcherType.REQUEST)));
        RoutesConfig routes = config.routes;
        new Doorkeeper(
                        this::currentGuard,
                        new ClientAddress(settings.trustedProxies()),
                        settings.users(),
                        settings.sessions(),
                        Clock.systemUTC(),
                        metrics.registry())
                .addTo(routes);
        routes.exception(Exception.class, Console::answerFailure);
        routes.exception(HttpResponseException.class, Console::answerRefusal);
        routes.error(404, Console::answerNotHere);
        new Pages(settings.language(), !settings.users().isEmpty()).addTo(routes);
        routes.get("/api/me", this::me);
        alerts.addTo(routes);
        new StatusRoutes(statusReports, directory, archive, zone, Clock.systemUTC(), metrics.registry()).addTo(routes);
        new DirectoryRoutes(accounts, directory, zone).addTo(routes);
        new ScimRoutes(accounts, directory, settings.scim(), Clock.systemUTC(), settings.publicUrl()).addTo(routes);
        new ApprovalRoutes(exportApprovals, directory, archive, zone, Clock.systemUTC()).addTo(routes);
        new PolicyRoutes(directory).addTo(routes);
        new SearchRoutes(new ArchiveSearch(archive), trace, zone).addTo(routes);
        routes.get("/live", request -> answer(request, operations.get().live()));
        routes.get("/ready", request -> answer(request, operations.get().ready()));
        routes.get("/metrics", request -> answer(request, operations.get().metrics()), Role.OPERATOR);
    }

    // Between binding and the first request that is let in there is a moment in which the port is not known yet.
    private RequestGuard currentGuard() {
        RequestGuard known = guard;
        return known == null ? new RequestGuard("0.0.0.0", 0, null) : known;
    }

    private void me(Context request) {
        Caller caller = Caller.of(request);
        Map<String, @Nullable Object> body = Answer.body();
        body.put("name", caller.name());
        body.put("roles", caller.roles().stream().map(Role::label).sorted().toList());
        body.put("zone", zone.getId());
        body.put("officers", settings.officers());
        body.put("until", Objects.toString(caller.until(), null));
        Answer.json(request, 200, body);
    }

    private void measure(Context request, float milliseconds) {
        Endpoint endpoint = request.endpoints().lastHttpEndpoint();
        String route = endpoint == null ? "none" : endpoint.path;
        // A stream lasts as long as somebody watches; its length says nothing about the server.
        if (!route.equals("/api/alerts/live")) {
            metrics.registry()
                    .timer(
                            "metsuke.console.requests",
                            List.of(Tag.of("route", route), Tag.of("status", Integer.toString(request.statusCode()))))
                    .record(Math.round(milliseconds * 1_000.0), TimeUnit.MICROSECONDS);
        }
    }

    private static void answer(Context request, OperationsEndpoints.Answer answer) {
        request.status(answer.status()).contentType(answer.contentType()).result(answer.body());
    }

    private static void answerNotHere(Context request) {
        if (Answer.refusal(request) == null) {
            Answer.refuse(request, 404, notHere(request));
        }
    }

    private static void answerRefusal(HttpResponseException refused, Context request) {
        Text why = switch (refused.getStatus()) {
            case 404 -> notHere(request);
            case 413 -> Text.of("answer.too-large", CsvTable.MOST_BYTES / (1 << 20));
            default ->
                refused instanceof Refusal refusal
                        ? refusal.reason()
                        : Text.english(String.valueOf(refused.getMessage()));
        };
        Answer.refuse(request, refused.getStatus(), why);
    }

    private static Text notHere(Context request) {
        return Text.of("answer.not-here", request.path());
    }

    private static void answerFailure(Exception failure, Context request) {
        LOG.error("{} {} failed", request.method(), request.path(), failure);
        Answer.refuse(request, 500, Text.of("answer.failed"));
    }
}
