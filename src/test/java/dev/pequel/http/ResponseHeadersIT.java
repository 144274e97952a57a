package dev.pequel.http;

import io.quarkus.test.junit.QuarkusIntegrationTest;
import org.junit.jupiter.api.Tag;

/** {@link ResponseHeadersTest}, of the packaged service. */
@QuarkusIntegrationTest
@Tag("native")
class ResponseHeadersIT extends ResponseHeadersTest {}
