package dev.pequel.problem;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pequel.pql.Diagnostic;
import java.util.List;

/**
 * Writes failures as JSON. All have the same shape:
 * {@code {"requestId","type","title","status","errors":{"<status>":[{"code","message"}]}}}, with
 * {@code "diagnostics"} for expressions.
 */
public final class ErrorBody {

    private ErrorBody() {}

    public static ObjectNode of(RequestFailure failure, String requestId) {
        Problem problem = failure.problem();
        ObjectNode body = head(problem, problem.status(), requestId);
        if (failure instanceof InvalidExpression invalid) {
            ArrayNode errors = errors(body, problem.status());
            List<Diagnostic> diagnostics = invalid.diagnostics();
            diagnostics.stream()
                    .filter(Diagnostic::isError)
                    .forEach(diagnostic -> errors.addObject()
                            .put("code", diagnostic.code().id())
                            .put("message", InvalidExpression.sentence(diagnostic)));
            body.set("diagnostics", DiagnosticsJson.of(diagnostics, invalid.source()));
        } else {
            ArrayNode errors = errors(body, problem.status());
            failure.messages()
                    .forEach(message ->
                            errors.addObject().put("code", problem.code()).put("message", message));
        }
        return body;
    }

    public static ObjectNode of(Problem problem, int status, String message, String requestId) {
        ObjectNode body = head(problem, status, requestId);
        errors(body, status).addObject().put("code", problem.code()).put("message", message);
        return body;
    }

    private static ObjectNode head(Problem problem, int status, String requestId) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("requestId", requestId)
                .put("type", "urn:pequel:error:" + problem.code())
                .put("title", problem.title())
                .put("status", status);
    }

    public static ArrayNode errors(ObjectNode body, int status) {
        return body.putObject("errors").putArray(String.valueOf(status));
    }
}
