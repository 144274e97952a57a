package dev.pequel.http;

import io.quarkus.test.junit.QuarkusIntegrationTest;
import org.junit.jupiter.api.Tag;

/** {@link ErrorShapeTest}, of the packaged service. */
@QuarkusIntegrationTest
@Tag("native")
class ErrorShapeIT extends ErrorShapeTest {}
