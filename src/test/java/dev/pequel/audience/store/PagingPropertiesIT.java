package dev.pequel.audience.store;

import io.quarkus.test.junit.QuarkusIntegrationTest;
import org.junit.jupiter.api.Tag;

/** {@link PagingPropertiesTest}, of the packaged service. */
@QuarkusIntegrationTest
@Tag("native")
class PagingPropertiesIT extends PagingPropertiesTest {}
