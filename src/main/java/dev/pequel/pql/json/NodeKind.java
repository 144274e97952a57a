package dev.pequel.pql.json;

import dev.pequel.pql.function.Function;
import dev.pequel.pql.json.LocatedJson.Items;
import dev.pequel.pql.json.LocatedJson.Members;
import dev.pequel.pql.json.LocatedJson.Text;
import java.util.Optional;

/** Classifies nodes by their members before they are read. */
final class NodeKind {

    private NodeKind() {}

    /**
     * Returns the part that is leftmost in text: a receiver, the start of a path, or the left operand of arithmetic.
     */
    static Optional<LocatedJson> leftOf(Members node) {
        LocatedJson left = switch (nodeType(node)) {
            case "fieldLookup" -> node.members().get("object");
            case "fnApply" ->
                (isArithmetic(node) || isMethod(node))
                                && node.members().get("params") instanceof Items params
                                && !params.items().isEmpty()
                        ? params.items().getFirst()
                        : null;
            default -> null;
        };
        return Optional.ofNullable(left).filter(value -> !(value instanceof LocatedJson.Null));
    }

    /** Whether the node, written as text, puts brackets around other expressions. */
    static boolean nests(Members node) {
        return switch (nodeType(node)) {
            case "fieldLookup", "parameterReference", "varRef", "occurs", "currentItem", "outerItem" -> false;
            case "literal" -> node.members().get("value") instanceof Items;
            case "fnApply" -> !isInfix(node);
            default -> true;
        };
    }

    private static boolean isInfix(Members application) {
        if (isCall(application)) {
            return false;
        }
        return switch (fnName(application)) {
            case "and", "AND", "or", "OR", "=", "!=", "<", "<=", ">", ">=" -> true;
            case "in", "IN", "notIn", "notin", "NOTIN", "like", "LIKE" -> true;
            default -> isArithmetic(application);
        };
    }

    private static boolean isArithmetic(Members application) {
        return switch (fnName(application)) {
            case "+", "*", "/", "%" -> true;
            case "-" ->
                application.members().get("params") instanceof Items params
                        && params.items().size() == 2;
            default -> false;
        };
    }

    /** Whether the function has a receiver in text. */
    private static boolean isMethod(Members application) {
        return switch (fnName(application)) {
            case "" -> false;
            case "not", "NOT", "!", "-", "if", "IF", "modelInstances" -> isCall(application);
            case "some", "all" -> !application.members().containsKey("varName");
            default ->
                !isInfix(application)
                        && Function.named(fnName(application))
                                .filter(NodeKind::standsAlone)
                                .isEmpty();
        };
    }

    private static String fnName(Members application) {
        return application.members().get("fnName") instanceof Text name ? name.value() : "";
    }

    /** Returns the member {@code nodeType}, or an empty string when it is absent or not a string. */
    static String nodeType(Members node) {
        return node.members().get("nodeType") instanceof Text type ? type.value() : "";
    }

    /** Whether a function is called that has the same name as an operator. */
    static boolean isCall(Members application) {
        return application.members().get("call") instanceof LocatedJson.Bool flag && flag.value();
    }

    /** Whether the function is written without a receiver. */
    static boolean standsAlone(Function function) {
        return function.form().startsWith(function.spelling() + "(");
    }

    static boolean isLambda(Members node) {
        return nodeType(node).equals("lambda") || nodeType(node).equals("fnCreate");
    }

    static boolean isDeclaration(Members node) {
        LocatedJson type = node.members().get("nodeType");
        return type == null
                ? node.members().containsKey("varName")
                : type instanceof Text text && text.value().equals("varDecl");
    }
}
