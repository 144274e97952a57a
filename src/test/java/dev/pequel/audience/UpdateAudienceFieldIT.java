package dev.pequel.audience;

import io.quarkus.test.junit.QuarkusIntegrationTest;

/** {@link UpdateAudienceFieldTest}, of the packaged service. */
@QuarkusIntegrationTest
class UpdateAudienceFieldIT extends UpdateAudienceFieldTest {}
