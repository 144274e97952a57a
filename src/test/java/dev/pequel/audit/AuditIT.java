package dev.pequel.audit;

import io.quarkus.test.junit.QuarkusIntegrationTest;

/** {@link AuditTest}, of the packaged service. */
@QuarkusIntegrationTest
class AuditIT extends AuditTest {}
