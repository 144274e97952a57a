package dev.pequel.audience;

import io.quarkus.test.junit.QuarkusIntegrationTest;

/** {@link EntityTagTest}, of the packaged service. */
@QuarkusIntegrationTest
class EntityTagIT extends EntityTagTest {}
