package dev.pequel.error;

import io.quarkus.test.junit.QuarkusIntegrationTest;

/** {@link ErrorShapeTest}, of the packaged service. */
@QuarkusIntegrationTest
class ErrorShapeIT extends ErrorShapeTest {}
