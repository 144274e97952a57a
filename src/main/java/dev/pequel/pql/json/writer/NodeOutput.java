package dev.pequel.pql.json.writer;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.pequel.pql.ast.Scalar;
import java.io.IOException;
import java.util.List;
import java.util.Set;

/** Writes nodes as JSON: whole nodes without children, and the beginnings of others. */
final class NodeOutput {

    /** Values of {@code fnName} that mean an operator, not the function of that name. */
    private static final Set<String> OPERATORS = Set.of(
            "and",
            "AND",
            "or",
            "OR",
            "not",
            "NOT",
            "in",
            "IN",
            "notIn",
            "notin",
            "NOTIN",
            "like",
            "LIKE",
            "if",
            "IF",
            "modelInstances",
            "notEquals",
            "notEqualsTo",
            "forall");

    private final JsonGenerator json;

    NodeOutput(JsonGenerator json) {
        this.json = json;
    }

    /** Returns the generator, for the children of a node. */
    JsonGenerator json() {
        return json;
    }

    void start(String nodeType) throws IOException {
        json.writeStartObject();
        json.writeStringField("nodeType", nodeType);
    }

    void startLookup(String fieldName) throws IOException {
        start("fieldLookup");
        json.writeStringField("fieldName", fieldName);
        json.writeFieldName("object");
    }

    /** Starts an operator, or a function that cannot be taken for one; its parameters follow. */
    void startApplication(String name) throws IOException {
        start("fnApply");
        json.writeStringField("fnName", name);
        json.writeArrayFieldStart("params");
    }

    void endApplication() throws IOException {
        json.writeEndArray();
        json.writeEndObject();
    }

    /** Starts a call of a function with any name; its parameters follow. */
    void startCall(String name) throws IOException {
        start("fnApply");
        json.writeStringField("fnName", name);
        if (OPERATORS.contains(name)) {
            json.writeBooleanField("call", true);
        }
        json.writeArrayFieldStart("params");
    }

    void startLambda(List<String> variables) throws IOException {
        start("lambda");
        json.writeArrayFieldStart("varNames");
        for (String variable : variables) {
            json.writeString(variable);
        }
        json.writeEndArray();
    }

    void literal(Scalar value) throws IOException {
        start("literal");
        switch (value) {
            case Scalar.Null none -> {
                json.writeStringField("literalType", "Null");
                json.writeNullField("value");
            }
            case Scalar.Bool bool -> {
                json.writeStringField("literalType", "Boolean");
                json.writeBooleanField("value", bool.value());
            }
            case Scalar.Int whole -> {
                json.writeStringField("literalType", "Integer");
                json.writeNumberField("value", whole.value());
            }
            case Scalar.Real real -> {
                json.writeStringField("literalType", "Double");
                json.writeNumberField("value", real.value());
            }
            case Scalar.Text text -> {
                json.writeStringField("literalType", "String");
                json.writeStringField("value", text.value());
            }
        }
        json.writeEndObject();
    }

    void literal(String literalType, String value) throws IOException {
        start("literal");
        json.writeStringField("literalType", literalType);
        json.writeStringField("value", value);
        json.writeEndObject();
    }

    void scalar(Scalar value) throws IOException {
        switch (value) {
            case Scalar.Null none -> json.writeNull();
            case Scalar.Bool bool -> json.writeBoolean(bool.value());
            case Scalar.Int whole -> json.writeNumber(whole.value());
            case Scalar.Real real -> json.writeNumber(real.value());
            case Scalar.Text text -> json.writeString(text.value());
        }
    }

    void variable(String name) throws IOException {
        start("varRef");
        json.writeStringField("varName", name);
        json.writeEndObject();
    }

    void parameter(int position) throws IOException {
        start("parameterReference");
        json.writeNumberField("position", position);
        json.writeEndObject();
    }
}
