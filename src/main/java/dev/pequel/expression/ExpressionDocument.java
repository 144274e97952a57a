package dev.pequel.expression;

import dev.pequel.error.BodyFields;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * An expression as the contract carries it.
 *
 * @param type the language; only {@link #PQL} is known
 * @param format how the value is written: {@link #TEXT} or {@link #JSON}
 * @param value the text, or the tree as JSON text
 */
@Schema(name = "Expression", description = "An expression of the Profile Query Language.")
public record ExpressionDocument(
        @Schema(description = "The language, `PQL` by default.", examples = "PQL")
        String type,

        @Schema(
                description = "How the value is written, `pql/text` by default.",
                enumeration = {TEXT, JSON})
        String format,

        @Schema(
                required = true,
                description = "The text; or, for `pql/json`, the tree as a string with JSON in it.",
                examples = "homeAddress.countryCode = \"US\"")
        String value) {

    public static final String PQL = "PQL";
    public static final String TEXT = "pql/text";
    public static final String JSON = "pql/json";

    /** An expression in text. */
    public static ExpressionDocument ofText(String value) {
        return new ExpressionDocument(PQL, TEXT, value);
    }

    /**
     * Reads the property {@code expression}, which is required, of a request's body. What is wrong is noted in the body; a type
     * and a format that are not known are noted too.
     */
    public static Optional<ExpressionDocument> read(BodyFields body) {
        BodyFields expression = body.object("expression");
        if (!expression.present()) {
            if (!body.has("expression")) {
                body.refuse("expression", "is required");
            }
            return Optional.empty();
        }
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

    /** The longest type or format that is looked at. */
    private static final int WORD = 64;
}
