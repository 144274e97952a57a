package dev.pequel.pql.compile;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Random profiles, and random expressions about them that mostly make sense: they go through lists in lists, with filters,
 * variables and the up operator, and compare, aggregate and order what they find there. The same field often holds values of
 * different kinds, and often nothing.
 */
public final class RandomQueries {

    /** Names that make an object wide. */
    private static final int WIDE_NAMES = 400;

    /** What can be named where. */
    private enum Kind {
        PROFILE,
        ORDER,
        ITEM,
        EVENT,
        PRODUCT,
        /** A number or string, which has no fields. */
        VALUE
    }

    /** The kinds of objects that have some of {@link #WIDE_NAMES} more fields each. */
    private final Set<Kind> wide = EnumSet.noneOf(Kind.class);

    private boolean usesOrderOfKeys;

    /**
     * Something that fields can be taken from.
     *
     * @param path how it is written, empty for the implicit item
     */
    private record Access(String path, Kind kind) {

        String field(String name) {
            return path.isEmpty() ? name : path + "." + name;
        }

        String itself() {
            return path.isEmpty() ? "this" : path;
        }
    }

    /**
     * Names that are visible.
     *
     * @param items implicit items, the current one first
     * @param variables variables that were declared
     */
    private record Scope(List<Kind> items, List<Access> variables) {

        Scope item(Kind kind) {
            List<Kind> inner = new ArrayList<>(items);
            inner.addFirst(kind);
            return new Scope(inner, variables);
        }

        Scope variable(String name, Kind kind) {
            List<Access> inner = new ArrayList<>(variables);
            inner.removeIf(variable -> variable.path().equals(name));
            inner.add(new Access(name, kind));
            return new Scope(items, inner);
        }
    }

    private static final Scope PROFILE = new Scope(List.of(Kind.PROFILE), List.of());

    private final Random random;

    public RandomQueries(Random random) {
        this.random = random;
    }

    /**
     * Like {@link #RandomQueries(Random)}, for profiles whose objects have many more names, of some of their kinds or of all, that
     * are stored with their fields in one order.
     */
    public static RandomQueries ofWideProfiles(Random random) {
        RandomQueries queries = new RandomQueries(random);
        queries.usesOrderOfKeys = true;
        for (Kind kind : Kind.values()) {
            if (queries.chance(40)) {
                queries.wide.add(kind);
            }
        }
        return queries;
    }

    private boolean chance(int percent) {
        return random.nextInt(100) < percent;
    }

    private String one(String... choices) {
        return choices[random.nextInt(choices.length)];
    }

    private int under(int bound) {
        return random.nextInt(bound);
    }

    // ---- Profiles

    /** JSON of a profile with its events. */
    public String profile() {
        List<String> events = new ArrayList<>();
        field(events, "xEvent", list(5, this::event));
        return joined(attributes(), String.join(",", events));
    }

    /** JSON of a profile without events. */
    public String attributes() {
        List<String> fields = new ArrayList<>();
        field(fields, "n", whole());
        field(fields, "d", fraction());
        field(fields, "mixed", scalar());
        field(fields, "s", text());
        field(fields, "flag", one("true", "false"));
        field(fields, "when", time());
        field(fields, "numbers", list(5, this::number));
        field(fields, "words", list(4, this::text));
        field(fields, "anything", chance(50) ? scalar() : list(4, this::scalar));
        field(fields, "nested", list(3, () -> list(3, this::number)));
        field(fields, "orders", chance(90) ? list(4, this::order) : chance(50) ? order() : scalar());
        field(
                fields,
                "map",
                chance(80) ? widened(Kind.VALUE, maybeWide(object("a", scalar(), "b", whole()), 30)) : scalar());
        return widened(Kind.PROFILE, "{" + String.join(",", fields) + "}");
    }

    /** JSON of an event. */
    public String event() {
        return widened(
                Kind.EVENT,
                object(
                        "_id",
                        text(),
                        "timestamp",
                        time(),
                        "eventType",
                        one("\"view\"", "\"buy\""),
                        "commerce",
                        object("order", object("priceTotal", number())),
                        "productListItems",
                        list(3, () -> widened(Kind.PRODUCT, object("SKU", text(), "quantity", whole())))));
    }

    /** The object, with some of many more names if objects of its kind have such. */
    private String widened(Kind kind, String object) {
        if (!wide.contains(kind) || chance(40)) {
            return object;
        }
        List<String> fields = new ArrayList<>();
        int percent = chance(10) ? 100 : under(30);
        for (int i = 0; i < WIDE_NAMES; i++) {
            if (chance(i < 5 ? 50 : percent)) {
                fields.add("\"w" + i + "\":" + wideValue());
            }
        }
        if (chance(20)) {
            // Repeats a name, most often.
            fields.add("\"w1\":" + wideValue());
        }
        return joined(object, String.join(",", fields));
    }

    private String wideValue() {
        return switch (under(12)) {
            case 0 -> "null";
            case 1 -> list(3, this::scalar);
            case 2 -> object("a", scalar(), "w1", text());
            case 3 -> number() + "e" + under(4);
            case 4 -> one("1e300", "-2.5e18", "9223372036854775807", "-9223372036854775808", "0.10", "-0.0");
            case 5 -> list(2, () -> object("qty", whole(), "w2", number()));
            default -> scalar();
        };
    }

    /** The object with more fields, which are written as in JSON. */
    public static String joined(String object, String fields) {
        String comma = object.equals("{}") || fields.isEmpty() ? "" : ",";
        return object.substring(0, object.length() - 1) + comma + fields + "}";
    }

    private void field(List<String> fields, String name, String value) {
        if (chance(85)) {
            fields.add("\"" + name + "\":" + (chance(5) ? "null" : value));
        }
    }

    private String object(String... namesAndValues) {
        List<String> fields = new ArrayList<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            field(fields, namesAndValues[i], namesAndValues[i + 1]);
        }
        return "{" + String.join(",", fields) + "}";
    }

    private interface Source {
        String next();
    }

    private String list(int most, Source source) {
        List<String> items = new ArrayList<>();
        for (int i = under(most + 1); i > 0; i--) {
            items.add(chance(4) ? "null" : source.next());
        }
        return "[" + String.join(",", items) + "]";
    }

    private String order() {
        return chance(3)
                ? scalar()
                : widened(
                        Kind.ORDER,
                        maybeWide(
                                object(
                                        "id", text(),
                                        "price", number(),
                                        "open", one("true", "false"),
                                        "when", time(),
                                        "tags", chance(90) ? list(3, this::text) : text(),
                                        "items", chance(90) ? list(3, this::item) : item()),
                                2));
    }

    /** The object, sometimes with so many more fields that its column is one of maps. */
    private String maybeWide(String object, int percent) {
        if (!chance(percent)) {
            return object;
        }
        String more =
                IntStream.range(0, 260).mapToObj(i -> "\"f" + i + "\":" + i).collect(Collectors.joining(","));
        return joined(object, more);
    }

    private String item() {
        return widened(Kind.ITEM, object("sku", text(), "qty", chance(90) ? whole() : scalar()));
    }

    private String whole() {
        return String.valueOf(under(7) - 2);
    }

    /** Quarters: their sums do not depend on the order. */
    private String fraction() {
        return String.valueOf((under(20) - 4) / 4.0);
    }

    private String number() {
        return chance(70) ? whole() : fraction();
    }

    private String text() {
        return one("\"\"", "\"a\"", "\"b\"", "\"A\"", "\"ab\"", "\"5\"", "\"2018-08-28\"", "\"é😀\"");
    }

    private String scalar() {
        return switch (under(5)) {
            case 0 -> whole();
            case 1 -> fraction();
            case 2 -> text();
            case 3 -> one("true", "false");
            default -> time();
        };
    }

    private String time() {
        return switch (under(8)) {
            case 0 -> String.valueOf(1535450400000L + (under(5) - 2) * 3_600_000L);
            case 1 -> "\"2018-08-" + (26 + under(5)) + "\"";
            case 2 -> "\"2018-0" + (1 + under(9)) + "-28T12:00:00+02:00\"";
            case 3 -> one("\"soon\"", "true", "5.5");
            default -> "\"2018-08-" + (26 + under(4)) + "T" + (10 + under(3)) + ":00:00Z\"";
        };
    }

    // ---- Expressions

    /** An expression of any type. */
    public String expression() {
        return any(PROFILE, 4);
    }

    /** A condition. */
    public String condition() {
        return condition(PROFILE, 4);
    }

    private String any(Scope scope, int depth) {
        return switch (under(7)) {
            case 0 -> number(scope, depth);
            case 1 -> text(scope, depth);
            case 2, 3 -> condition(scope, depth);
            case 4 -> list(scope, depth);
            case 5 -> objects(scope, depth).path();
            default -> computed(scope, depth);
        };
    }

    private String computed(Scope scope, int depth) {
        if (depth <= 0) {
            return field(scope);
        }
        return switch (under(6)) {
            case 0 ->
                "let V = " + bracketed(any(scope, depth - 1)) + " in "
                        + any(scope.variable("V", Kind.VALUE), depth - 1);
            case 1 -> "{\"a\": " + any(scope, depth - 1) + ", \"b\": " + any(scope, depth - 2) + "}";
            case 2 -> "[" + any(scope, depth - 1) + ", " + any(scope, depth - 2) + "]";
            case 3 -> {
                Access list = objects(scope, depth - 1);
                yield list.path() + ".groupBy(" + text(scope.item(list.kind()), depth - 2)
                        + ").map((K, G) => mapEntry(K, G.count()))";
            }
            case 4 -> {
                Access list = objects(scope, depth - 1);
                yield list.path() + ".groupBy(" + any(scope.item(list.kind()), depth - 2) + ").map(this.count())";
            }
            default -> "(select A from " + objects(scope, 1).path() + ", B from numbers)";
        };
    }

    private static String bracketed(String expression) {
        return "(" + expression + ")";
    }

    /** Some field, of whatever is in sight. */
    private String field(Scope scope) {
        Access access = access(scope);
        boolean isObject = access.kind() != Kind.VALUE;
        if (usesOrderOfKeys && isObject && chance(10)) {
            return "$1.map." + one("keys()", "values()") + ".head()";
        }
        if (!wide.isEmpty() && isObject && chance(40)) {
            String name = "w" + (chance(70) ? under(5) : under(WIDE_NAMES));
            return access.field((access.kind() == Kind.PROFILE && chance(30) ? "map." : "") + name)
                    + (chance(20) ? one(".a", ".qty", ".w1", ".w2") : "");
        }
        return switch (access.kind()) {
            case PROFILE ->
                access.field(one("n", "d", "mixed", "s", "flag", "when", "anything", "map.a", "map.get(\"b\")"));
            case ORDER -> access.field(one("id", "price", "open", "when", "items.qty"));
            case ITEM -> access.field(one("sku", "qty"));
            case EVENT -> access.field(one("_id", "eventType", "commerce.order.priceTotal"));
            case PRODUCT -> access.field(one("SKU", "quantity"));
            case VALUE -> access.itself();
        };
    }

    private Access access(Scope scope) {
        int choice = under(scope.items().size() + scope.variables().size() + 2);
        if (choice < scope.items().size()) {
            return new Access("^".repeat(choice), scope.items().get(choice));
        }
        choice -= scope.items().size();
        return choice < scope.variables().size()
                ? scope.variables().get(choice)
                : new Access("", scope.items().getFirst());
    }

    /** A list of objects: how it is written, and what its items are. */
    private Access objects(Scope scope, int depth) {
        Access from = access(scope);
        Access list = switch (from.kind()) {
            case ORDER -> new Access(from.field("items"), Kind.ITEM);
            case EVENT -> new Access(from.field("productListItems"), Kind.PRODUCT);
            case PROFILE -> profileList(from);
            case ITEM, PRODUCT, VALUE -> profileList(new Access("$1", Kind.PROFILE));
        };
        if (depth <= 0 || chance(50)) {
            return list;
        }
        Scope inner = scope.item(list.kind());
        String path = list.path();
        return new Access(
                switch (under(5)) {
                    case 0, 1 -> path + "[" + condition(inner, depth - 1) + "]";
                    case 2 ->
                        path + "." + one("topN", "bottomN") + "(" + number(inner, depth - 1) + ", " + under(3) + ")";
                    case 3 -> path + ".distinct()";
                    default ->
                        "(select A from " + path + " where " + condition(scope.variable("A", list.kind()), depth - 1)
                                + ")";
                },
                list.kind());
    }

    private Access profileList(Access profile) {
        return switch (under(5)) {
            case 0, 1 -> new Access(profile.field("orders"), Kind.ORDER);
            case 2 -> new Access(profile.field("orders.items"), Kind.ITEM);
            case 3 -> new Access(profile.field("xEvent"), Kind.EVENT);
            default -> new Access(profile.field("xEvent.productListItems"), Kind.PRODUCT);
        };
    }

    /** A list of numbers or strings, more or less. */
    private String list(Scope scope, int depth) {
        if (depth <= 0 || chance(30)) {
            return one(
                    "$1.numbers",
                    "$1.words",
                    "$1.anything",
                    "$1.orders.tags",
                    "$1.orders.price",
                    "$1.nested",
                    "[1, 2, 2.0]");
        }
        Access objects = objects(scope, depth - 1);
        Scope inner = scope.item(objects.kind());
        return switch (under(5)) {
            case 0 -> objects.path() + ".map(" + any(inner, depth - 1) + ")";
            case 1 -> list(scope, depth - 1) + "[" + condition(scope.item(Kind.VALUE), depth - 1) + "]";
            case 2 -> list(scope, depth - 1) + ".distinct()";
            case 3 -> list(scope, depth - 1) + "." + one("topN", "bottomN") + "(this, " + under(4) + ")";
            default -> list(scope, depth - 1) + ".intersection(" + list(scope, depth - 2) + ")";
        };
    }

    private String number(Scope scope, int depth) {
        if (depth <= 0) {
            return chance(50) ? String.valueOf(under(6) - 1) : bracketed(field(scope));
        }
        return switch (under(8)) {
            case 0 ->
                bracketed(number(scope, depth - 1) + one(" + ", " - ", " * ", " / ", " % ") + number(scope, depth - 1));
            case 1 ->
                (chance(50) ? list(scope, depth - 1) : objects(scope, depth - 1).path()) + ".count()";
            case 2 -> list(scope, depth - 1) + "." + one("sum", "average", "min", "max") + "()";
            case 3 -> {
                Access list = objects(scope, depth - 1);
                yield list.path() + "." + one("sum", "average", "min", "max") + "("
                        + number(scope.item(list.kind()), depth - 1) + ")";
            }
            case 4 -> {
                Access list = objects(scope, depth - 2);
                Scope inner = scope.variable("X", list.kind());
                yield bracketed(one("sum ", "average ", "min ", "max ") + number(inner, depth - 2) + " over X from "
                        + list.path() + " where " + condition(inner, depth - 2));
            }
            case 5 ->
                "if(" + condition(scope, depth - 1) + ", " + number(scope, depth - 1) + ", " + number(scope, depth - 1)
                        + ")";
            case 6 -> "-" + number(scope, depth - 1);
            default -> bracketed(field(scope));
        };
    }

    private String text(Scope scope, int depth) {
        return switch (under(4)) {
            case 0 -> one("\"a\"", "\"b\"", "\"5\"", "\"\"");
            case 1 -> bracketed(field(scope)) + ".regexGroup(\"(.)\")";
            default -> bracketed(field(scope));
        };
    }

    private String condition(Scope scope, int depth) {
        if (depth <= 0) {
            return chance(60) ? comparison(scope, 0) : bracketed(field(scope));
        }
        return bracketed(
                switch (under(14)) {
                    case 0, 1, 2 -> comparison(scope, depth);
                    case 3 -> condition(scope, depth - 1) + one(" and ", " or ") + condition(scope, depth - 1);
                    case 4 -> one("not ", "!") + condition(scope, depth - 1);
                    case 5 ->
                        text(scope, depth - 1) + "."
                                + one("startsWith", "doesNotContain", "equals", "notEqualTo", "contains") + "("
                                + text(scope, depth - 1) + one("", ", false") + ")";
                    case 6 -> bracketed(any(scope, depth - 1)) + one(" in ", " notIn ") + list(scope, depth - 1);
                    case 7 -> bracketed(any(scope, depth - 1)) + one(".isNull()", ".isNotNull()");
                    case 8 -> quantifier(scope, depth);
                    case 9 -> {
                        Access list = objects(scope, depth - 1);
                        yield list.path() + ".exists(" + condition(scope.item(list.kind()), depth - 1) + ")";
                    }
                    case 10 ->
                        list(scope, depth - 1) + "." + one("intersects", "subsetOf", "supersetOf", "includes") + "("
                                + list(scope, depth - 1) + ")";
                    case 11 -> occurs(scope);
                    case 12 -> {
                        Scope inner = scope.item(Kind.EVENT);
                        yield "chain($1.xEvent, timestamp, [A: WHAT(" + condition(inner, depth - 2)
                                + one(") COUNT(2)", ") WHEN(< 20 hours before now)", ")") + ", B: WHAT("
                                + condition(inner, depth - 2) + ")])";
                    }
                    default -> any(scope, depth - 1);
                });
    }

    private String comparison(Scope scope, int depth) {
        return one(
                        bracketed(number(scope, depth - 1)),
                        bracketed(field(scope)),
                        "$1.orders.price",
                        "$1.xEvent.eventType",
                        "$1.orders.items.qty",
                        bracketed(any(scope, depth - 1)))
                + one(" = ", " != ", " < ", " <= ", " > ", " >= ")
                + (chance(60) ? bracketed(number(scope, depth - 1)) : bracketed(field(scope)));
    }

    private String quantifier(Scope scope, int depth) {
        Access list = objects(scope, depth - 1);
        Scope inner = scope.variable("E", list.kind());
        String first = one("exists", "forall") + " E from " + list.path() + " where " + condition(inner, depth - 1);
        if (chance(60)) {
            return first;
        }
        Access second = objects(inner, 0);
        return first + ", F from " + second.path() + " where "
                + condition(inner.variable("F", second.kind()), depth - 2);
    }

    private String occurs(Scope scope) {
        String timestamp = one("$1.when", "$1.orders.when", "$1.xEvent.timestamp", bracketed(field(scope)));
        return timestamp + " occurs "
                + switch (under(5)) {
                    case 0 -> one("before ", "after ") + one("now", "today", "$1.when", "date(2018, 8, 27)");
                    case 1 ->
                        one("= ", "< ", "<= ", "> ", ">= ", "!= ")
                                + under(3)
                                + one(" hours", " days", " months")
                                + one(" before ", " after ")
                                + one("now", "today", "$1.when", "this week");
                    case 2 -> "between $1.when and " + one("now", "tomorrow");
                    case 3 -> one("this ", "last ", "next ") + one("hour", "day", "week", "month", "year");
                    default -> one("today", "yesterday", "on date(2018, 8, 28)", "$1.when");
                };
    }
}
