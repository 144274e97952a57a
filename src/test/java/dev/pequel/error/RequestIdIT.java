package dev.pequel.error;

import io.quarkus.test.junit.QuarkusIntegrationTest;

/** {@link RequestIdTest}, of the packaged service. */
@QuarkusIntegrationTest
class RequestIdIT extends RequestIdTest {}
