package dev.pequel.audience;

import io.quarkus.test.junit.QuarkusIntegrationTest;
import org.junit.jupiter.api.Tag;

/** {@link AudienceReferencesTest}, of the packaged service. */
@QuarkusIntegrationTest
@Tag("native")
class AudienceReferencesIT extends AudienceReferencesTest {}
