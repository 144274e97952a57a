package dev.pequel.problem;

import java.util.List;

/** 400: part of a request is missing, malformed or out of range. */
public final class InvalidRequest extends RequestFailure {

    /**
     * One error in a request.
     *
     * @param field a header, a query parameter, a property of the body ({@code expression.value}) or a path of a
     *     patch
     * @param message the error, as the rest of a sentence that begins with the field's name
     */
    public record Violation(String field, String message) {}

    private final transient List<Violation> violations;

    public InvalidRequest(String field, String message) {
        this(List.of(new Violation(field, message)));
    }

    /** Reports all violations, so that the client can correct them together. */
    public InvalidRequest(List<Violation> violations) {
        super(
                Problem.INVALID_REQUEST,
                violations.stream()
                        .map(violation -> "`" + violation.field() + "`: " + violation.message())
                        .toList());
        this.violations = List.copyOf(violations);
    }

    /** Returns a failure without a field, such as for a body that is not JSON. */
    public static InvalidRequest because(String message) {
        return new InvalidRequest(message);
    }

    private InvalidRequest(String message) {
        super(Problem.INVALID_REQUEST, List.of(message));
        violations = List.of(new Violation("", message));
    }

    /** What is wrong, each with its field; the field is empty where the message is a sentence of its own. */
    public List<Violation> violations() {
        return violations;
    }
}
