import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How fast packaged services start and answer: Pequel and the bare application of {@code src/benchmark/bare}, native and on a
 * JVM, on one PostgreSQL. {@code src/benchmark/run} packages them and starts this.
 */
final class ServiceBenchmark {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Pattern FIRST_ID = Pattern.compile("\"id\" ?: ?\"([^\"]+)\"");
    private static final Pattern RATE = Pattern.compile("Requests/sec: +([0-9.]+)");
    private static final Pattern P99 = Pattern.compile("99% +(\\S+)");
    private static final Pattern FAILED = Pattern.compile("Non-2xx or 3xx responses: (\\d+)|Socket errors: (.*)");
    private static final int ROWS = 100;
    private static final int PREVIEWERS = 8;
    private static final String NONE_FAILED = "none";

    /** Of a load; an odd number, so that one of them is the median. */
    private static final int TURNS = 5;

    private final EmbeddedPostgres postgres;
    private final Options options;

    private ServiceBenchmark(EmbeddedPostgres postgres, Options options) {
        this.postgres = postgres;
        this.options = options;
    }

    private record Options(int runs, int seconds, int connections, List<String> parts, List<String> services) {
        static Options of(String[] arguments) {
            Map<String, String> given = new LinkedHashMap<>();
            for (String argument : arguments) {
                String[] pair = argument.replaceFirst("^--", "").split("=", 2);
                given.put(pair[0], pair[1]);
            }
            return new Options(
                    Integer.parseInt(given.getOrDefault("runs", "20")),
                    Integer.parseInt(given.getOrDefault("seconds", "30")),
                    Integer.parseInt(given.getOrDefault("connections", "32")),
                    List.of(given.getOrDefault("parts", "start,load").split(",")),
                    List.of(given.getOrDefault(
                                    "services", "bare-native,pequel-native,bare-jvm,pequel-jvm,bare-cache,pequel-cache")
                            .split(",")));
        }
    }

    /** A request, and under which name it is in the table. */
    private record Load(String name, String path, Optional<String> body) {}

    /**
     * @param collection where its rows are
     * @param body of the request that creates a row
     */
    private record Application(String collection, String body, Map<String, String> settings) {

        static final Application PEQUEL = new Application(
                "/data/core/ups/audiences",
                """
                {"name": "Customers in the United States", "type": "SegmentDefinition", "description": "Whoever lives there",
                 "expression": {"type": "PQL", "format": "pql/text", "value": "homeAddress.countryCode = \\"US\\""}}""",
                Map.of(
                        "PEQUEL_TENANT_DEFAULT_ORGANIZATION", "bench@Pequel",
                        "PEQUEL_TENANT_DEFAULT_SANDBOX", "prod",
                        "PEQUEL_AUTHENTICATION_OPEN", "true",
                        "PEQUEL_TENANT_REQUESTS_PER_SECOND", "1000000",
                        "PEQUEL_AUDIENCE_PER_SANDBOX", "1000000"));

        static final Application BARE = new Application("/items", """
                {"name": "Customers in the United States", "description": "Whoever lives there",
                 "expression": "homeAddress.countryCode = \\"US\\""}""", Map.of());

        /** What is asked for first. */
        String list() {
            return collection + "?limit=20";
        }

        List<Load> loads(String id) {
            return List.of(
                    new Load("read one", collection + "/" + id, Optional.empty()),
                    new Load("list 20", list(), Optional.empty()),
                    new Load("create", collection, Optional.of(body)));
        }
    }

    /** A packaged application and how it is started. */
    private record Service(String name, Application application, List<String> command) {

        static Service of(String name) throws IOException {
            boolean pequel = name.startsWith("pequel");
            Path target = Path.of(pequel ? "target" : "target/bare").toAbsolutePath();
            List<String> command = switch (name.substring(name.indexOf('-') + 1)) {
                case "native" -> List.of(runner(target));
                case "jvm" -> java(target, List.of());
                case "cache" -> java(target, List.of("-XX:AOTCache=" + cache(target)));
                default -> throw new IllegalArgumentException(name);
            };
            return new Service(name, pequel ? Application.PEQUEL : Application.BARE, command);
        }

        String database() {
            return name.replace('-', '_');
        }

        private static String runner(Path target) throws IOException {
            try (var files = Files.list(target)) {
                return files.filter(file -> file.toString().endsWith("-runner"))
                        .findFirst()
                        .orElseThrow(() -> new IllegalStateException("no native executable in " + target))
                        .toString();
            }
        }

        private static List<String> java(Path target, List<String> options) {
            List<String> command = new ArrayList<>();
            command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
            command.addAll(options);
            command.add("-jar");
            command.add(target.resolve("quarkus-app/quarkus-run.jar").toString());
            return command;
        }

        private static Path cache(Path target) {
            return target.resolve("benchmark.aot");
        }

        /** The same service, started so that the virtual machine writes down what it loads; empty where it needs no cache. */
        Optional<Service> training() {
            Path target = Path.of(application == Application.PEQUEL ? "target" : "target/bare")
                    .toAbsolutePath();
            return name.endsWith("cache")
                    ? Optional.of(new Service(
                            name, application, java(target, List.of("-XX:AOTCacheOutput=" + cache(target)))))
                    : Optional.empty();
        }
    }

    private record Started(double milliseconds, double mebibytes) {}

    private record Answered(double rate, String p99, String failed, double mebibytes) {}

    public static void main(String... arguments) throws Exception {
        Options options = Options.of(arguments);
        // Each of the services has up to fifty connections. A commit waits for the disk, as by PostgreSQL's own
        // default, which is not that of this one for tests.
        try (EmbeddedPostgres postgres = EmbeddedPostgres.builder()
                .setServerConfig("max_connections", "400")
                .setServerConfig("synchronous_commit", "on")
                .start()) {
            new ServiceBenchmark(postgres, options).run();
        }
    }

    private void run() throws Exception {
        List<Service> services = new ArrayList<>();
        for (String name : options.services()) {
            services.add(Service.of(name));
        }
        for (Service service : services) {
            prepare(service);
        }
        if (options.parts().contains("start")) {
            start(services);
        }
        if (options.parts().contains("load")) {
            load(services);
        }
        if (options.parts().contains("neighbour")) {
            neighbour(services.stream()
                    .filter(service -> service.application() == Application.PEQUEL)
                    .toList());
        }
    }

    /** Gives a service a database of its own, has it migrated, and puts rows into it. */
    private void prepare(Service service) throws Exception {
        sql("postgres", "create database " + service.database());
        Application application = service.application();
        if (application == Application.BARE) {
            sql(
                    service.database(),
                    "create table Item (id uuid primary key, name text, description text, expression text, created timestamptz);"
                            + " create index on Item (created)");
        }
        try (Running running = start(service.training().orElse(service), application.list())) {
            for (int i = 0; i < ROWS; i++) {
                running.send(application.collection(), Optional.of(application.body()));
            }
        }
    }

    private void sql(String database, String statement) throws Exception {
        try (var connection = postgres.getDatabase("postgres", database).getConnection();
                var sql = connection.createStatement()) {
            sql.execute(statement);
        }
    }

    private void start(List<Service> services) throws Exception {
        Map<Service, List<Started>> all = new LinkedHashMap<>();
        // In turns, so that whatever else the machine does strikes all alike.
        for (int i = 0; i < options.runs(); i++) {
            for (Service service : services) {
                try (Running running = start(service, service.application().list())) {
                    all.computeIfAbsent(service, key -> new ArrayList<>())
                            .add(new Started(running.startMilliseconds, running.mebibytes()));
                }
            }
        }
        System.out.printf(
                "%nFrom the start of the process to its first answer (200) to `GET %s`, %d starts:%n%n",
                "…?limit=20", options.runs());
        System.out.println("| service | ms, median | ms, least to most | MiB after it, median |");
        System.out.println("|---|---|---|---|");
        all.forEach((service, runs) -> System.out.printf(
                Locale.ROOT,
                "| %s | %.0f | %.0f to %.0f | %.0f |%n",
                service.name(),
                median(runs.stream().mapToDouble(Started::milliseconds).toArray()),
                runs.stream().mapToDouble(Started::milliseconds).min().orElseThrow(),
                runs.stream().mapToDouble(Started::milliseconds).max().orElseThrow(),
                median(runs.stream().mapToDouble(Started::mebibytes).toArray())));
    }

    /** All run all the time, and are asked in turns, so that whatever else the machine does strikes all alike. */
    private void load(List<Service> services) throws Exception {
        int seconds = Math.max(1, options.seconds() / TURNS);
        System.out.printf(
                "%nRequests a second, %d connections, median of %d turns of %d s, warm:%n%n",
                options.connections(), TURNS, seconds);
        System.out.println("| service | request | requests/s | least to most | 99% within | MiB after it | failed |");
        System.out.println("|---|---|---|---|---|---|---|");
        Map<Service, Running> running = new LinkedHashMap<>();
        try {
            Map<Service, List<Load>> loads = new LinkedHashMap<>();
            for (Service service : services) {
                running.put(service, start(service, service.application().list()));
                loads.put(service, loads(service, running.get(service)));
            }
            for (int i = 0; i < loads.get(services.getFirst()).size(); i++) {
                Map<Service, List<Answered>> all = new LinkedHashMap<>();
                for (Service service : services) {
                    warmUp(running.get(service), loads.get(service).get(i));
                }
                for (int turn = 0; turn < TURNS; turn++) {
                    for (Service service : services) {
                        all.computeIfAbsent(service, none -> new ArrayList<>())
                                .add(wrk(
                                        running.get(service), loads.get(service).get(i), seconds));
                    }
                }
                for (Service service : services) {
                    print(service, loads.get(service).get(i), all.get(service));
                }
            }
        } finally {
            for (Running one : running.values()) {
                one.close();
            }
        }
    }

    private void warmUp(Running running, Load load) throws Exception {
        wrk(running, load, Math.max(5, options.seconds() / 2));
    }

    private static List<Load> loads(Service service, Running running) throws Exception {
        Matcher id = FIRST_ID.matcher(running.send(service.application().list(), Optional.empty()));
        if (!id.find()) {
            throw new IllegalStateException(service.name() + " lists nothing");
        }
        return service.application().loads(id.group(1));
    }

    private static void print(Service service, Load load, List<Answered> turns) {
        List<Answered> byRate = turns.stream()
                .sorted(Comparator.comparingDouble(Answered::rate))
                .toList();
        Answered median = byRate.get(TURNS / 2);
        System.out.printf(
                Locale.ROOT,
                "| %s | %s | %.0f | %.0f to %.0f | %s | %.0f | %s |%n",
                service.name(),
                load.name(),
                median.rate(),
                byRate.getFirst().rate(),
                byRate.getLast().rate(),
                median.p99(),
                turns.getLast().mebibytes(),
                turns.stream()
                        .map(Answered::failed)
                        .filter(failed -> !failed.equals(NONE_FAILED))
                        .findFirst()
                        .orElse(NONE_FAILED));
    }

    /** One tenant's requests alone, and beside another tenant that asks for heavy previews, as many as it may and more. */
    private void neighbour(List<Service> services) throws Exception {
        System.out.printf(
                "%nRequests a second of one tenant, %d connections for %d s, warm, and beside another's %d clients that ask for"
                        + " heavy previews all the time:%n%n",
                options.connections(), options.seconds(), PREVIEWERS);
        System.out.println(
                "| service | request | alone | 99% within | beside previews | 99% within | failed | previews |");
        System.out.println("|---|---|---|---|---|---|---|---|");
        for (Service service : services) {
            try (Running running = start(service, service.application().list())) {
                List<Load> loads = loads(service, running);
                Neighbour neighbour = new Neighbour(running);
                neighbour.fill();
                for (Load load : loads) {
                    warmUp(running, load);
                    Answered alone = wrk(running, load, options.seconds());
                    neighbour.begin();
                    Answered beside = wrk(running, load, options.seconds());
                    String previews = neighbour.end();
                    System.out.printf(
                            Locale.ROOT,
                            "| %s | %s | %.0f | %s | %.0f | %s | %s | %s |%n",
                            service.name(),
                            load.name(),
                            alone.rate(),
                            alone.p99(),
                            beside.rate(),
                            beside.p99(),
                            beside.failed(),
                            previews);
                }
            }
        }
    }

    /** A tenant whose previews look at every combination of four of a profile's events. */
    private static final class Neighbour {

        private static final int PROFILES = 40_000;
        private static final int EVENTS = 24;

        private final Running service;
        private final Map<Integer, Integer> answers = new ConcurrentSkipListMap<>();
        private final List<Thread> clients = new ArrayList<>();
        private volatile boolean asking;

        Neighbour(Running service) {
            this.service = service;
        }

        void fill() throws Exception {
            StringBuilder profiles = new StringBuilder();
            StringBuilder events = new StringBuilder();
            for (int i = 0; i < PROFILES; i++) {
                String identity = "\"identityMap\": {\"crmid\": [{\"id\": \"C" + i + "\"}]}}\n";
                profiles.append("{\"n\": 1, ").append(identity);
                for (int event = 0; event < EVENTS && i % 400 == 0; event++) {
                    events.append("{\"_id\": \"%d-%d\", \"timestamp\": 1, \"n\": 1, ".formatted(i, event))
                            .append(identity);
                }
            }
            send("/data/core/ups/profiles/import", "application/x-ndjson", profiles.toString());
            send("/data/core/ups/events/import", "application/x-ndjson", events.toString());
            preview();
        }

        void begin() {
            answers.clear();
            asking = true;
            for (int i = 0; i < PREVIEWERS; i++) {
                clients.add(Thread.startVirtualThread(() -> {
                    while (asking) {
                        try {
                            int status = preview();
                            answers.merge(status, 1, Integer::sum);
                            if (status == 429) {
                                Thread.sleep(200);
                            }
                        } catch (IOException e) {
                            throw new UncheckedIOException(e);
                        } catch (InterruptedException ended) {
                            return;
                        }
                    }
                }));
            }
        }

        /** How the previews were answered, and how often. */
        String end() throws InterruptedException {
            asking = false;
            String counted = answers.toString();
            for (Thread client : clients) {
                client.interrupt();
                client.join();
            }
            clients.clear();
            return counted;
        }

        private int preview() throws IOException, InterruptedException {
            return send("/data/core/ups/preview", "application/json", """
                    {"predicateType": "pql/text", "predicateExpression":
                     "select A from xEvent, B from xEvent, C from xEvent, D from xEvent where A.n + B.n + C.n + D.n > 1000000"}
                    """);
        }

        private int send(String path, String mediaType, String body) throws IOException, InterruptedException {
            return service.client
                    .send(
                            HttpRequest.newBuilder(URI.create("http://localhost:" + service.port + path))
                                    .header("Content-Type", mediaType)
                                    .header("x-gw-ims-org-id", "neighbour@Pequel")
                                    .POST(BodyPublishers.ofString(body))
                                    .build(),
                            BodyHandlers.discarding())
                    .statusCode();
        }
    }

    private Answered wrk(Running running, Load load, int seconds) throws Exception {
        Path script = Files.createTempFile("load", ".lua");
        Files.writeString(
                script,
                load.body()
                        .map(body -> "wrk.method = \"POST\"\nwrk.headers[\"Content-Type\"] = \"application/json\"\n"
                                + "wrk.body = [==[" + body + "]==]\n")
                        .orElse(""));
        Process wrk = new ProcessBuilder(
                        "wrk",
                        "-t2",
                        "-c" + options.connections(),
                        "-d" + seconds + "s",
                        "--latency",
                        "-s",
                        script.toString(),
                        "http://localhost:" + running.port + load.path())
                .redirectErrorStream(true)
                .start();
        String output = new String(wrk.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        Files.delete(script);
        if (wrk.waitFor() != 0) {
            throw new IllegalStateException(output);
        }
        Matcher failed = FAILED.matcher(output);
        return new Answered(
                Double.parseDouble(group(RATE, output)),
                group(P99, output),
                failed.find() ? failed.group() : NONE_FAILED,
                running.mebibytes());
    }

    private static String group(Pattern pattern, String output) {
        Matcher matcher = pattern.matcher(output);
        if (!matcher.find()) {
            throw new IllegalStateException(output);
        }
        return matcher.group(1);
    }

    private static double median(double[] values) {
        Arrays.sort(values);
        int half = values.length / 2;
        return values.length % 2 == 1 ? values[half] : (values[half - 1] + values[half]) / 2;
    }

    /** Starts a service and waits for its first answer. */
    private Running start(Service service, String path) throws Exception {
        int port = freePort();
        ProcessBuilder builder = new ProcessBuilder(service.command());
        Path log = Files.createTempFile(service.name(), ".log");
        builder.redirectErrorStream(true).redirectOutput(log.toFile());
        builder.environment().putAll(service.application().settings());
        builder.environment().put("QUARKUS_HTTP_PORT", String.valueOf(port));
        builder.environment()
                .put(
                        "QUARKUS_DATASOURCE_JDBC_URL",
                        "jdbc:postgresql://localhost:" + postgres.getPort() + "/" + service.database());
        builder.environment().put("QUARKUS_DATASOURCE_USERNAME", "postgres");
        builder.environment().put("QUARKUS_DATASOURCE_PASSWORD", "postgres");
        byte[] request = ("GET " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII);
        long begin = System.nanoTime();
        Process process = builder.start();
        while (!answers(port, request)) {
            if (!process.isAlive() || System.nanoTime() - begin > PATIENCE.toNanos()) {
                process.destroyForcibly();
                throw new IllegalStateException(service.name() + " does not start:\n" + Files.readString(log));
            }
            Thread.sleep(Duration.ofNanos(200_000));
        }
        double milliseconds = (System.nanoTime() - begin) / 1e6;
        Files.delete(log);
        return new Running(process, port, milliseconds);
    }

    private static boolean answers(int port, byte[] request) throws IOException {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress("127.0.0.1", port));
            socket.getOutputStream().write(request);
            InputStream in = socket.getInputStream();
            return new String(in.readNBytes(12), StandardCharsets.US_ASCII).endsWith(" 200");
        } catch (java.net.ConnectException notYet) {
            return false;
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    private static final class Running implements AutoCloseable {
        private final Process process;
        private final int port;
        private final double startMilliseconds;
        private final HttpClient client = HttpClient.newHttpClient();

        Running(Process process, int port, double startMilliseconds) {
            this.process = process;
            this.port = port;
            this.startMilliseconds = startMilliseconds;
        }

        /** Resident memory of the process. */
        double mebibytes() throws IOException {
            String status = Files.readString(Path.of("/proc/" + process.pid() + "/status"));
            return Double.parseDouble(group(Pattern.compile("VmRSS:\\s+(\\d+) kB"), status)) / 1024;
        }

        String send(String path, Optional<String> body) throws Exception {
            HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://localhost:" + port + path))
                    .header("Content-Type", "application/json");
            body.ifPresent(text -> request.POST(BodyPublishers.ofString(text)));
            HttpResponse<String> response = client.send(request.build(), BodyHandlers.ofString());
            if (response.statusCode() != 200) {
                throw new IllegalStateException(path + " answers " + response.statusCode() + " " + response.body());
            }
            return response.body();
        }

        @Override
        public void close() throws InterruptedException {
            process.destroy();
            process.waitFor();
            client.close();
        }
    }
}
