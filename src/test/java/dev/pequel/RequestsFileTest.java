package dev.pequel;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Sends the requests of {@code docs/requests.http}, one after the other. */
@QuarkusTest
class RequestsFileTest {

    private static final Path FILE = Path.of("docs/requests.http");
    private static final Pattern VARIABLE = Pattern.compile("\\{\\{([^}]+)}}");
    private static final Pattern ANSWER = Pattern.compile("(\\w+)\\.response\\.body\\.(.+)");

    private final Map<String, String> variables = new HashMap<>();
    private final Map<String, Response> answers = new LinkedHashMap<>();

    @Test
    void allAreAnswered() throws IOException {
        List<String> parts = List.of(Files.readString(FILE).split("(?m)^###"));
        parts.getFirst().lines().filter(line -> line.startsWith("@")).forEach(line -> {
            int equals = line.indexOf('=');
            variables.put(
                    line.substring(1, equals).strip(),
                    line.substring(equals + 1).strip());
        });
        variables.put("host", "http://localhost:" + RestAssured.port);
        variables.put("sandbox", "requests-" + UUID.randomUUID());

        parts.stream().skip(1).forEach(this::send);
    }

    private void send(String part) {
        List<String> lines = part.lines().toList();
        List<String> head = lines.stream()
                .skip(1)
                .takeWhile(line -> !line.isEmpty())
                .filter(line -> !line.startsWith("#"))
                .map(this::filled)
                .toList();
        String body = lines.stream()
                .dropWhile(line -> !line.isEmpty())
                .skip(1)
                .reduce("", (text, line) -> text + line + "\n")
                .strip();
        String[] request = head.getFirst().split(" ", 2);
        RequestSpecification sending = RestAssured.given().urlEncodingEnabled(false);
        for (String header : head.subList(1, head.size())) {
            String[] sides = header.split(": ", 2);
            sending.header(sides[0], sides[1]);
        }
        if (!body.isEmpty()) {
            sending.body(filled(body).getBytes(StandardCharsets.UTF_8));
        }
        Response answer = sending.request(request[0], request[1]);

        assertTrue(answer.statusCode() < 300, lines.getFirst() + ": " + answer.asString());
        name(lines).ifPresent(name -> answers.put(name, answer));
    }

    private static Optional<String> name(List<String> lines) {
        return lines.stream()
                .filter(line -> line.startsWith("# @name "))
                .map(line -> line.substring("# @name ".length()))
                .findFirst();
    }

    private String filled(String text) {
        String filled = VARIABLE.matcher(text).replaceAll(variable -> value(variable.group(1)));
        return filled.equals(text) ? text : filled(filled);
    }

    private String value(String name) {
        var ofAnswer = ANSWER.matcher(name);
        return ofAnswer.matches()
                ? String.valueOf(answers.get(ofAnswer.group(1)).<Object>path(ofAnswer.group(2)))
                : variables.get(name);
    }
}
