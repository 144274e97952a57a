package dev.pequel;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.restassured.RestAssured;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;

/**
 * Requests to the service under test without REST Assured, for tests that send hundreds of them: REST Assured takes 10 to 40 ms for
 * each request and compiles a script for each path that is asserted.
 */
public final class BareRequests {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final String organization;
    private final String sandbox;

    /** Requests of one tenant. */
    public BareRequests(String organization, String sandbox) {
        this.organization = organization;
        this.sandbox = sandbox;
    }

    /** @return the body, which must be JSON and come with this status */
    public JsonNode get(String path, int status) {
        return send(request(path).GET(), status);
    }

    /** @return the body, which must be JSON and come with this status */
    public JsonNode post(String path, String body, int status) {
        return send(request(path).POST(BodyPublishers.ofString(body)), status);
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(RestAssured.baseURI + ":" + RestAssured.port + path))
                .header("x-gw-ims-org-id", organization)
                .header("x-sandbox-name", sandbox)
                .header("Content-Type", "application/json");
    }

    private JsonNode send(HttpRequest.Builder request, int status) {
        try {
            HttpResponse<String> response = client.send(request.build(), BodyHandlers.ofString());
            if (response.statusCode() != status) {
                throw new AssertionError(
                        "Expected status " + status + ", got " + response.statusCode() + " " + response.body());
            }
            return JSON.readTree(response.body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
