package dev.pequel.audience;

import io.quarkus.test.junit.QuarkusIntegrationTest;
import org.junit.jupiter.api.Tag;

/** {@link ListAudiencesTest}, of the packaged service. */
@QuarkusIntegrationTest
@Tag("native")
class ListAudiencesIT extends ListAudiencesTest {}
