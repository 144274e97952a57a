package dev.pequel.schema;

import io.quarkus.test.junit.QuarkusIntegrationTest;

/** {@link SandboxSchemaTest}, of the packaged service. */
@QuarkusIntegrationTest
class SandboxSchemaIT extends SandboxSchemaTest {}
