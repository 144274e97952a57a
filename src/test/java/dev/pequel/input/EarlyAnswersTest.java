package dev.pequel.input;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.pequel.input.WireRequest.Header;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A request that is refused before its body is read is answered all the same, and so is the next one on the connection. */
@QuarkusTest
class EarlyAnswersTest {

    private static final String AUDIENCES = "/data/core/ups/audiences";

    /** More than the system keeps of a connection that nobody reads. */
    private static final int LONG = 12_000_000;

    @ParameterizedTest
    @CsvSource({
        "get, /data/core/ups/audiences, x, x, 405",
        "PATCH, /data/core/ups/audiences, x, x, 405",
        "POST, /data/core/ups/nothing, x, x, 404",
        "POST, /data/core/ups/audiences?name=%zz, x, x, 400",
        "POST, /data/core/ups/audiences, x-sandbox-name, ../x, 400",
        "POST, /data/core/ups/audiences, Content-Type, text/html, 415",
        "PUT, /data/core/ups/audiences/60ccea95-1435-4180-97a5-58af4aa285ab/members, x, x, 415",
        "POST, /data/core/ups/audiences, Accept, text/html, 406",
        "POST, /data/core/ups/audiences, Content-Type, application/json, 413",
        "GET, /data/core/ups/audiences, x, x, 200",
        "POST, /q/health/live, x, x, 200",
    })
    void theConnectionGoesOn(String method, String target, String header, String value, int status) throws IOException {
        WireRequest refused =
                new WireRequest(method, target, List.of(new Header(header, value)), Optional.of(new byte[LONG]));
        WireRequest next = new WireRequest("GET", AUDIENCES + "?limit=1", List.of(), Optional.empty());

        assertEquals(List.of(status, 200), WireRequest.statuses("localhost", RestAssured.port, List.of(refused, next)));
    }
}
