package dev.pequel.http;

import static io.restassured.RestAssured.given;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.quarkus.test.junit.QuarkusTest;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.jboss.logmanager.ExtLogRecord;
import org.junit.jupiter.api.Test;

/** The id of a request in the log. */
@QuarkusTest
class LoggedRequestIdTest {

    @Test
    void whatIsLoggedMeanwhileCarriesIt() {
        List<String> logged = new CopyOnWriteArrayList<>();
        Handler handler = new Handler() {
            @Override
            public void publish(LogRecord entry) {
                if (entry instanceof ExtLogRecord record
                        && record.getFormattedMessage().startsWith("Imported")) {
                    logged.add(record.getMdc("requestId"));
                }
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        };
        Logger logger = Logger.getLogger("dev.pequel.profile");
        logger.addHandler(handler);
        try {
            given().header("x-request-id", "import-1")
                    .header("x-sandbox-name", "logged")
                    .contentType("application/x-ndjson")
                    .body("{}".getBytes(StandardCharsets.UTF_8))
                    .post("/data/core/ups/profiles/import")
                    .then()
                    .statusCode(200);
        } finally {
            logger.removeHandler(handler);
        }

        assertEquals(List.of("import-1"), logged);
    }
}
