package dev.pequel.audience;

import io.quarkus.test.junit.QuarkusIntegrationTest;

/** {@link OpenApiTest}, of the packaged service. */
@QuarkusIntegrationTest
class OpenApiIT extends OpenApiTest {}
