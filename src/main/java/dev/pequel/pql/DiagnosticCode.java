package dev.pequel.pql;

/**
 * The stable codes of all diagnostics. The language page lists each with an example.
 *
 * <p>1xxx syntax, 2xxx names, 3xxx types, 4xxx evaluation methods, 5xxx warnings, 6xxx {@code pql/json}.
 */
public enum DiagnosticCode {
    SYNTAX("PQL1001", "The text does not follow the grammar at this position."),
    UNTERMINATED_STRING("PQL1002", "A string or a name in backticks has no closing quote."),
    INVALID_ESCAPE("PQL1003", "A backslash in a string is not followed by a known escape."),
    SINGLE_QUOTES("PQL1004", "Strings are written in double quotes."),
    DOUBLE_EQUALS("PQL1005", "Equality is written with one equals sign."),
    INVALID_NUMBER("PQL1006", "A number is malformed."),
    UNEXPECTED_CHARACTER("PQL1007", "A character has no meaning in the language."),
    EMPTY_EXPRESSION("PQL1008", "The expression is empty."),
    TOO_LONG("PQL1009", "The expression is longer than allowed."),
    TOO_DEEP("PQL1010", "The expression is nested more deeply than allowed."),
    TOO_MANY_ITEMS("PQL1011", "A list literal has more items than allowed."),
    CHAINED_COMPARISON("PQL1012", "Comparisons cannot be chained."),
    PARENTHESISED_LIST("PQL1013", "A list is written in square brackets."),
    LEGACY_SYNTAX("PQL1014", "The spelling is old or foreign and is not supported."),
    RESERVED_WORD("PQL1015", "A reserved word is used as a name without backticks."),
    PLURAL_UNIT("PQL1016", "`this`, `last` and `next` take a unit in the singular."),
    INVALID_COUNT("PQL1017", "A count must be a whole number that is not negative."),
    KEYWORD_CASE("PQL1018", "Keywords are written all in lower or all in upper case."),

    UNKNOWN_FIELD("PQL2001", "The schema has no field of this name."),
    UNKNOWN_FUNCTION("PQL2002", "There is no function of this name."),
    UNKNOWN_PARAMETER("PQL2003", "There is no input at this position."),
    TOO_MANY_CARETS("PQL2004", "The up operator leaves more scopes than there are."),
    NO_CURRENT_ITEM("PQL2005", "`this` is used where there is no current item."),
    UNKNOWN_AUDIENCE("PQL2006", "There is no audience with this id."),
    AUDIENCE_CYCLE("PQL2007", "The audience would depend on itself."),
    DUPLICATE_NAME("PQL2008", "A name is declared twice."),
    USED_BEFORE_DECLARATION("PQL2009", "A variable is used before its declaration."),

    TYPE_MISMATCH("PQL3001", "Two values have incompatible types, or a value has the wrong type."),
    WRONG_ARITY("PQL3002", "A function has too few or too many arguments."),
    NOT_A_LIST("PQL3003", "A list is needed here."),
    NOT_BOOLEAN("PQL3004", "A condition is needed here."),
    NOT_COMPARABLE("PQL3005", "Values of this type have no order."),
    MISPLACED_LAMBDA("PQL3006", "A lambda is used where none is allowed, or has the wrong number of parameters."),
    INVALID_PATTERN("PQL3007", "A regular expression cannot be used."),
    MISPLACED_MAP_ENTRY("PQL3008", "`mapEntry` is allowed only in the lambda of a `map` over groups."),
    FIELD_OF_TUPLE("PQL3009", "A list of tuples has no fields."),
    INVALID_DATE("PQL3010", "The date does not exist."),
    INCOMPATIBLE_BRANCHES("PQL3011", "The branches of `if` have no common type."),
    LITERAL_EXPECTED("PQL3012", "A literal is needed here."),

    NOT_ELIGIBLE("PQL4001", "The expression cannot be evaluated by the requested method."),

    LIST_COMPARED_WITH_SCALAR("PQL5001", Severity.WARNING, "A path that crosses a list is compared with one value."),
    MISSING_DROPPED("PQL5002", Severity.WARNING, "A negative comparison is false where the value is missing."),
    UNBOUNDED_EVENTS("PQL5003", Severity.WARNING, "All events are searched because there is no time window."),
    CONSTANT_CONDITION("PQL5004", Severity.WARNING, "A condition is always true or always false."),
    NAMED_ITEM("PQL5005", Severity.WARNING, "An undeclared name is read as the current item."),
    FIELD_OF_MAP("PQL5006", Severity.WARNING, "A map entry is read like a field."),
    DEEP_LISTS("PQL5007", Severity.WARNING, "Lists are nested more than two levels deep."),
    MANY_AGGREGATIONS("PQL5008", Severity.WARNING, "More than three aggregations in one expression."),
    LONG_SEQUENCE("PQL5009", Severity.WARNING, "More than three events in sequence."),
    WILDCARD_IN_PATTERN("PQL5010", Severity.WARNING, "A wildcard of `like` in a regular expression, or the reverse."),
    NO_CONTEXT("PQL5011", Severity.WARNING, "Context data is missing when profiles are evaluated."),
    OBJECT_AS_VALUE("PQL5012", Severity.WARNING, "An object or map is used where a single value is needed."),
    UNFAMILIAR_FIELD("PQL5013", Severity.WARNING, "A field is unknown, and there is a similar known name."),
    DAY_AS_INSTANT("PQL5014", Severity.WARNING, "A timestamp is compared with the first instant of a day."),
    UNKNOWN_AS_INSTANT("PQL5015", Severity.WARNING, "A value of unknown type is compared as a timestamp."),
    FIELD_WITHOUT_DATA("PQL5016", Severity.WARNING, "No profile of the sandbox has the field."),
    VALUE_WITHOUT_DATA("PQL5017", Severity.WARNING, "No profile of the sandbox has the string in the field."),

    INVALID_JSON("PQL6001", "The value is not JSON."),
    INVALID_NODE("PQL6002", "A node of the tree is malformed."),
    UNKNOWN_NODE("PQL6003", "The node type is unknown."),
    MISSING_MEMBER("PQL6004", "A node lacks a member it needs."),
    INVALID_MEMBER("PQL6005", "A member of a node has an invalid value."),
    UNKNOWN_VARIABLE("PQL6006", "A node refers to a variable that is not in scope."),
    UNKNOWN_MEMBER("PQL6007", Severity.WARNING, "A node has an unknown member, which is ignored."),
    UNSUPPORTED_MEMBER("PQL6008", "A node has an unsupported member, which may change its meaning.");

    private final String id;
    private final Severity severity;
    private final String meaning;

    DiagnosticCode(String id, String meaning) {
        this(id, Severity.ERROR, meaning);
    }

    DiagnosticCode(String id, Severity severity, String meaning) {
        this.id = id;
        this.severity = severity;
        this.meaning = meaning;
    }

    /** Returns the code for clients, such as {@code PQL2001}. */
    public String id() {
        return id;
    }

    public Severity severity() {
        return severity;
    }

    /** Returns a sentence for the table of the language page. */
    public String meaning() {
        return meaning;
    }
}
