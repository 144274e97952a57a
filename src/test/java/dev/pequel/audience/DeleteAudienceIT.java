package dev.pequel.audience;

import io.quarkus.test.junit.QuarkusIntegrationTest;
import org.junit.jupiter.api.Tag;

/** {@link DeleteAudienceTest}, of the packaged service. */
@QuarkusIntegrationTest
@Tag("native")
class DeleteAudienceIT extends DeleteAudienceTest {}
