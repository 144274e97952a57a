package dev.pequel.http;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pequel.problem.ErrorBody;
import dev.pequel.problem.Problem;
import jakarta.enterprise.context.ApplicationScoped;

/** Creates the entries for missing resources in the response of a bulk request. */
@ApplicationScoped
public class BulkErrors {

    private final RequestId requestId;

    BulkErrors(RequestId requestId) {
        this.requestId = requestId;
    }

    /** Returns {@code {"requestId","errors":{"404":[{"code","message"}]}}}. */
    public ObjectNode notFound(String message) {
        ObjectNode entry = JsonNodeFactory.instance.objectNode().put("requestId", requestId.value());
        ErrorBody.errors(entry, Problem.NOT_FOUND.status())
                .addObject()
                .put("code", Problem.NOT_FOUND.code())
                .put("message", message);
        return entry;
    }
}
