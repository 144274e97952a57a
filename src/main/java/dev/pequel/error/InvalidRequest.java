package dev.pequel.error;

import java.util.List;

/** 400: something that the client sent is missing, of the wrong form or out of range. */
public final class InvalidRequest extends RequestFailure {

    /**
     * One thing that is wrong.
     *
     * @param field where: a header, a query parameter, a property of the body ({@code expression.value}) or a path of a patch
     * @param message what is wrong with it, as the rest of a sentence that begins with the field's name
     */
    public record Violation(String field, String message) {}

    private final transient List<Violation> violations;

    public InvalidRequest(String field, String message) {
        this(List.of(new Violation(field, message)));
    }

    /** Everything that is wrong, so that the client can correct it at once. */
    public InvalidRequest(List<Violation> violations) {
        super(
                Problem.INVALID_REQUEST,
                violations.stream()
                        .map(violation -> "`" + violation.field() + "`: " + violation.message())
                        .toList());
        this.violations = List.copyOf(violations);
    }

    /** For what has no name, such as a body that is not JSON. */
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
