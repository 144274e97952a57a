package dev.pequel.expression;

import com.fasterxml.jackson.databind.JsonNode;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** The response of {@code POST /pql/evaluate}. */
@Schema(
        name = "EvaluateAnswer",
        requiredProperties = {"value", "resultType"})
record EvaluateAnswer(
        @Schema(
                description = "The value; `null` when it is missing. A timestamp is a string in ISO 8601.",
                implementation = Object.class,
                nullable = true)
        JsonNode value,

        @Schema(
                description = "The type of the value, as far as it is known before the evaluation.",
                examples = "Boolean")
        String resultType) {}
