package dev.pequel.tenant;

import io.quarkus.test.junit.QuarkusIntegrationTest;

/** {@link TenantTest}, of the packaged service. */
@QuarkusIntegrationTest
class TenantIT extends TenantTest {}
