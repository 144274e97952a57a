package dev.pequel.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.http.ContentType;
import io.restassured.specification.RequestSpecification;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code pequel diff} and {@code pequel apply}, and what {@code docs/command-line.md} says, with the service itself. */
@QuarkusTest
class SandboxCommandsTest {

    private static final String AUDIENCES = "/data/core/ups/audiences";

    @TestHTTPResource
    URL service;

    @TempDir
    Path directory;

    private final String organization = "commands-" + UUID.randomUUID() + "@Pequel";

    @Test
    void theDocumentationIsTrue() throws IOException {
        assertPageIsTrue("docs/command-line.md");
    }

    @Test
    void changesAreMadeInAnOrderInWhichTheyCanBeMade() throws IOException {
        assertPageIsTrue("src/test/resources/command/sandbox/order.md");
    }

    @Test
    void audiencesWithoutAnIdAreFoundByTheirNames() throws IOException {
        assertPageIsTrue("src/test/resources/command/sandbox/names.md");
    }

    private void assertPageIsTrue(String page) throws IOException {
        Map<String, String> here = Map.of("http://localhost:8080", url(), "acme@Org", organization);
        String shown = Files.readString(Path.of(page));
        assertEquals(shown, new CommandSession(directory, here, Map.of()).run(shown));
    }

    @Test
    void allPagesAreRead() throws IOException {
        for (int i = 0; i < 101; i++) {
            create("A" + i);
        }
        StringBuilder files = new StringBuilder("[");
        for (int i = 0; i < 101; i++) {
            files.append(i == 0 ? "" : ",").append(body("A" + i));
        }
        Files.writeString(directory.resolve("all.json"), files.append("]"));

        assertEquals(
                "0 to create, 0 to change, 0 to delete, 0 only in the sandbox, 101 unchanged\n",
                run("diff", "--prune").output());
    }

    @Test
    void audiencesOfTheHostedServiceMoveIn() throws IOException {
        Files.copy(Path.of("src/test/resources/moving-in/audiences.json"), directory.resolve("audiences.json"));

        Ended apply = run("apply", "--yes");
        Ended diff = run("diff", "--prune");

        assertEquals(0, apply.status(), apply.output());
        assertEquals(0, diff.status(), diff.output());
    }

    /** Whether it was changed or deleted after the plan was made. */
    @Test
    void changesOfOthersAreNotOverwritten() throws Exception {
        String changed = create("Changed");
        String deleted = create("Deleted");
        Files.writeString(directory.resolve("all.json"), """
                [{"id": "%s", "name": "New name", "expression": {"value": "person.birthYear > 1990"}},
                 {"id": "%s", "name": "New name", "expression": {"value": "person.birthYear > 1990"}}]
                """.formatted(changed, deleted));
        ByteArrayOutputStream output = new ByteArrayOutputStream();
        Terminal terminal = Terminal.of(InputStream.nullInputStream(), output, output, Map.of());
        DiffCommand diff = new DiffCommand(
                ServiceAddress.of(
                        url(),
                        Optional.of(organization),
                        Optional.of("prod"),
                        Optional.empty(),
                        Optional.empty(),
                        Map.of()),
                false,
                List.of(directory.toString()));

        int status = diff.run(terminal, (sandbox, plan) -> {
            request()
                    .body("[{\"op\": \"add\", \"path\": \"/description\", \"value\": \"Somebody else's\"}]")
                    .patch(AUDIENCES + "/" + changed)
                    .then()
                    .statusCode(200);
            request().delete(AUDIENCES + "/" + deleted).then().statusCode(204);
            return ApplyCommand.apply(sandbox, plan, terminal);
        });

        assertEquals(2, status);
        String text = output.toString(StandardCharsets.UTF_8);
        assertTrue(text.contains("was answered with 412"), text);
        assertTrue(text.contains("0 of 2 changes were made."), text);
        assertEquals(
                "Changed",
                request().get(AUDIENCES + "/" + changed).then().extract().path("name"));
    }

    @Test
    void theSchemaOfTheSandboxApplies() throws IOException {
        request()
                .body("{\"type\": \"object\", \"properties\": {\"age\": {\"type\": \"integer\"}}}")
                .put("/data/core/ups/config/schema")
                .then()
                .statusCode(200);
        Files.writeString(directory.resolve("old.pql"), "age > 60");
        assertEquals(1, run("diff").status());
        Files.writeString(directory.resolve("rich.pql"), "income > 60");

        Ended diff = run("diff");

        assertEquals(2, diff.status());
        assertTrue(diff.output().contains("rich.pql:1:1: error: "), diff.output());
    }

    @Test
    void tokenAndKeyAreSent() throws Exception {
        BlockingQueue<String> seen = new LinkedBlockingQueue<>();
        HttpServer server = HttpServer.create(new InetSocketAddress("localhost", 0), 0);
        server.createContext("/", exchange -> {
            seen.add(exchange.getRequestURI().getPath() + " "
                    + exchange.getRequestHeaders().getFirst("Authorization") + " "
                    + exchange.getRequestHeaders().getFirst("x-api-key"));
            byte[] answer = "<html>".getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, answer.length);
            exchange.getResponseBody().write(answer);
            exchange.close();
        });
        server.start();
        try {
            Files.writeString(directory.resolve("a.pql"), "person.birthYear > 1990");
            Path token = Files.writeString(directory.resolve("token"), "from-file\n");
            String url = "http://localhost:" + server.getAddress().getPort() + "/base/";

            Ended ended = run(
                    Map.of("PEQUEL_TOKEN", "from-environment", "PEQUEL_API_KEY", "key"),
                    "diff",
                    "--url",
                    url,
                    directory.toString());
            run(Map.of(), "diff", "--url", url, "--token-file", token.toString(), directory.toString());

            assertEquals("/base/data/core/ups/config/schema Bearer from-environment key", seen.take());
            assertEquals("/base/data/core/ups/config/schema Bearer from-file null", seen.take());
            assertEquals(2, ended.status());
            assertTrue(ended.output().contains("was not answered with JSON"), ended.output());
        } finally {
            server.stop(0);
        }
    }

    private record Ended(int status, String output) {}

    private Ended run(String... command) {
        String[] arguments = new String[command.length + 7];
        System.arraycopy(command, 0, arguments, 0, command.length);
        List<String> rest =
                List.of("--url", url(), "--organization", organization, "--sandbox", "prod", directory.toString());
        for (int i = 0; i < rest.size(); i++) {
            arguments[command.length + i] = rest.get(i);
        }
        return run(Map.of(), arguments);
    }

    private static Ended run(Map<String, String> environment, String... arguments) {
        ByteArrayOutputStream output = new ByteArrayOutputStream();
        int status = Commands.run(Terminal.of(InputStream.nullInputStream(), output, output, environment), arguments);
        return new Ended(status, output.toString(StandardCharsets.UTF_8));
    }

    private String url() {
        return "http://localhost:" + URI.create(service.toString()).getPort();
    }

    private RequestSpecification request() {
        return RestAssured.given()
                .header("x-gw-ims-org-id", organization)
                .header("x-sandbox-name", "prod")
                .contentType(ContentType.JSON);
    }

    private String create(String name) {
        return request()
                .body(body(name))
                .post(AUDIENCES)
                .then()
                .statusCode(200)
                .extract()
                .path("id");
    }

    private static String body(String name) {
        return "{\"name\": \"" + name + "\", \"expression\": {\"value\": \"person.birthYear > 1990\"}}";
    }
}
