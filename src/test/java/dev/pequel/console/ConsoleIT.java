package dev.pequel.console;

import io.quarkus.test.junit.QuarkusIntegrationTest;
import org.junit.jupiter.api.Tag;

/** {@link ConsoleTest}, of the packaged service. */
@QuarkusIntegrationTest
@Tag("native")
class ConsoleIT extends ConsoleTest {}
