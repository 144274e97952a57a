package dev.pequel.audit;

import io.quarkus.test.junit.QuarkusIntegrationTest;
import org.junit.jupiter.api.Tag;

/** {@link AuditTest}, of the packaged service. */
@QuarkusIntegrationTest
@Tag("native")
class AuditIT extends AuditTest {}
