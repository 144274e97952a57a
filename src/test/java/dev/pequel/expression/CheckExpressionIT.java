package dev.pequel.expression;

import io.quarkus.test.junit.QuarkusIntegrationTest;
import org.junit.jupiter.api.Tag;

/** {@link CheckExpressionTest}, of the packaged service. */
@QuarkusIntegrationTest
@Tag("native")
class CheckExpressionIT extends CheckExpressionTest {}
