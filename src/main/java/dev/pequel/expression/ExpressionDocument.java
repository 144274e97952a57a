package dev.pequel.expression;

import dev.pequel.http.request.BodyFields;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * An expression in the JSON of the contract.
 *
 * @param type the language; only {@link #PQL} is known
 * @param format the format of the value, {@link #TEXT} or {@link #JSON}
 * @param value the text, or the tree as JSON text
 */
@Schema(name = "Expression", description = "An expression of the Profile Query Language.")
public record ExpressionDocument(
        @Schema(description = "The language, `PQL` by default.", examples = "PQL")
        String type,

        @Schema(
                description = "Format of the value; `pql/text` by default.",
                enumeration = {TEXT, JSON},
                examples = TEXT)
        String format,

        @Schema(
                required = true,
                description = "The text; or, for `pql/json`, the tree as a string with JSON in it.",
                examples = "homeAddress.countryCode = \"US\"")
        String value) {

    public static final String PQL = "PQL";
    public static final String TEXT = "pql/text";
    public static final String JSON = "pql/json";

    /** Returns an expression in the format {@link #TEXT}. */
    public static ExpressionDocument ofText(String value) {
        return new ExpressionDocument(PQL, TEXT, value);
    }

    /**
     * Reads the required property {@code expression} of a request's body. Errors, including an unknown type or
     * format, are added to the violations of the body.
     */
    public static Optional<ExpressionDocument> read(BodyFields body) {
        BodyFields expression = body.object("expression");
        if (!expression.present()) {
            if (!body.has("expression")) {
                body.refuse("expression", "is required");
            }
            return Optional.empty();
        }
        return of(expression);
    }

    /** Reads an expression from its properties. Errors are added to their violations. */
    public static Optional<ExpressionDocument> of(BodyFields expression) {
        String type = expression.text("type", WORD).orElse(PQL);
        if (!type.equalsIgnoreCase(PQL)) {
            expression.refuse("type", "must be " + PQL);
        }
        String format = expression.text("format", WORD).orElse(TEXT);
        if (!format.equals(TEXT) && !format.equals(JSON)) {
            expression.refuse("format", "must be " + TEXT + " or " + JSON);
        }
        return expression
                .required("value", expression.text("value", Integer.MAX_VALUE))
                .map(value -> new ExpressionDocument(PQL, format, value));
    }

    /** Maximum length of a type or format. */
    private static final int WORD = 64;
}
