package dev.pequel.http;

import io.quarkus.test.junit.QuarkusIntegrationTest;
import org.junit.jupiter.api.Tag;

/** {@link RequestIdTest}, of the packaged service. */
@QuarkusIntegrationTest
@Tag("native")
class RequestIdIT extends RequestIdTest {}
