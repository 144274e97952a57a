package dev.pequel.audience;

import io.quarkus.test.junit.QuarkusIntegrationTest;

/** {@link PagingPropertiesTest}, of the packaged service. */
@QuarkusIntegrationTest
class PagingPropertiesIT extends PagingPropertiesTest {}
