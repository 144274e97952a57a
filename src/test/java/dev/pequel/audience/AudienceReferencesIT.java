package dev.pequel.audience;

import io.quarkus.test.junit.QuarkusIntegrationTest;

/** {@link AudienceReferencesTest}, of the packaged service. */
@QuarkusIntegrationTest
class AudienceReferencesIT extends AudienceReferencesTest {}
