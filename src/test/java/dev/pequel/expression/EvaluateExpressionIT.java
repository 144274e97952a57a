package dev.pequel.expression;

import io.quarkus.test.junit.QuarkusIntegrationTest;
import org.junit.jupiter.api.Tag;

/** {@link EvaluateExpressionTest}, of the packaged service. */
@QuarkusIntegrationTest
@Tag("native")
class EvaluateExpressionIT extends EvaluateExpressionTest {}
