package dev.pequel.schema;

import io.quarkus.test.junit.QuarkusIntegrationTest;
import org.junit.jupiter.api.Tag;

/** {@link SandboxSchemaTest}, of the packaged service. */
@QuarkusIntegrationTest
@Tag("native")
class SandboxSchemaIT extends SandboxSchemaTest {}
