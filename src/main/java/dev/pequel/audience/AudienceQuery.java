package dev.pequel.audience;

import dev.pequel.error.Characters;
import dev.pequel.error.InvalidRequest;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Collectors;

/**
 * What a request for a list of audiences asks for. All of it can be combined; parameters that the contract does not have are
 * passed over.
 *
 * @param start the page, from 0
 * @param limit audiences on a page; empty for all on one
 * @param sort empty for the newest first
 * @param passedOn the other parameters as they belong into the address of the next page, {@code &} before each
 */
record AudienceQuery(
        int start,
        OptionalInt limit,
        Optional<Sort> sort,
        List<AudienceFilter> filters,
        boolean withMetrics,
        String passedOn) {

    /** An order of audiences, those without a value last. */
    record Sort(AudienceField field, boolean descending) {}

    private static final List<String> FILTERS = List.of("property", "name", "description");
    private static final String WITH_METRICS = "withMetrics";

    /**
     * @param parameters decoded
     * @param mostFilters how many there may be
     * @throws InvalidRequest when a value is malformed or names an attribute that audiences do not have, or there are too many
     *     filters
     */
    static AudienceQuery of(Map<String, List<String>> parameters, int mostFilters) {
        parameters.forEach((name, values) -> values.forEach(value -> requireStorable(name, value)));
        requireFew(parameters, mostFilters);
        List<AudienceFilter> filters = new ArrayList<>();
        boolean withMetrics = isWithMetrics(parameters);
        for (String property : values(parameters, "property")) {
            if (!namesMetrics(property)) {
                filters.add(AudienceFilter.of(property));
            }
        }
        for (String text : values(parameters, "name")) {
            filters.add(AudienceFilter.contains("foldedName", text));
        }
        for (String text : values(parameters, "description")) {
            filters.add(AudienceFilter.contains("foldedDescription", text));
        }
        return new AudienceQuery(
                wholeNumber(parameters, "start", 0).orElse(0),
                wholeNumber(parameters, "limit", 1),
                single(parameters, "sort").map(AudienceQuery::sort),
                filters,
                withMetrics,
                passedOn(parameters));
    }

    /** The same with pages that are at most so long. */
    AudienceQuery within(int most) {
        return new AudienceQuery(
                start, OptionalInt.of(Math.min(limit.orElse(most), most)), sort, filters, withMetrics, passedOn);
    }

    /** What the database can check. */
    List<AudienceFilter.Condition> conditions() {
        return filters.stream()
                .filter(AudienceFilter.Condition.class::isInstance)
                .map(AudienceFilter.Condition.class::cast)
                .toList();
    }

    /** The numbers of profiles that are asked for. */
    List<Long> totals() {
        return filters.stream()
                .filter(AudienceFilter.Total.class::isInstance)
                .map(filter -> ((AudienceFilter.Total) filter).profiles())
                .toList();
    }

    /** Whether the numbers of all audiences must be known to tell which ones are on the page. */
    boolean needsTotals() {
        return !totals().isEmpty() || sort.isPresent() && sort.get().field().kind() == AudienceField.Kind.TOTAL;
    }

    /** Whether metrics are asked for, as {@code property=withMetrics==true} or {@code withMetrics=true} in any letter case. */
    static boolean isWithMetrics(Map<String, List<String>> parameters) {
        boolean withMetrics = false;
        for (Map.Entry<String, List<String>> parameter : parameters.entrySet()) {
            for (String value : parameter.getValue()) {
                if (parameter.getKey().equalsIgnoreCase(WITH_METRICS)) {
                    withMetrics |= flag(parameter.getKey(), value);
                } else if (parameter.getKey().equals("property") && namesMetrics(value)) {
                    withMetrics |= flag("property", value.substring(value.indexOf("==") + 2));
                }
            }
        }
        return withMetrics;
    }

    private static boolean namesMetrics(String property) {
        int equals = property.indexOf("==");
        return equals >= 0 && property.substring(0, equals).equalsIgnoreCase(WITH_METRICS);
    }

    private static boolean flag(String parameter, String value) {
        return switch (value.toLowerCase(Locale.ROOT)) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new InvalidRequest(parameter, WITH_METRICS + " must be true or false, but is " + value);
        };
    }

    private static Sort sort(String value) {
        int colon = value.lastIndexOf(':');
        String direction = value.substring(colon + 1).toLowerCase(Locale.ROOT);
        if (colon < 1 || !direction.equals("asc") && !direction.equals("desc")) {
            throw new InvalidRequest("sort", "must be written attribute:asc or attribute:desc, but is " + value);
        }
        String path = value.substring(0, colon);
        AudienceField field = AudienceField.at(path)
                .orElseThrow(() -> new InvalidRequest("sort", path + " is not an attribute of audiences"));
        if (!field.isScalar()) {
            throw new InvalidRequest("sort", path + " is not a single value and has no order");
        }
        return new Sort(field, direction.equals("desc"));
    }

    private static OptionalInt wholeNumber(Map<String, List<String>> parameters, String name, int least) {
        Optional<String> text = single(parameters, name);
        if (text.isEmpty()) {
            return OptionalInt.empty();
        }
        try {
            int number = Integer.parseInt(text.get());
            if (number >= least) {
                return OptionalInt.of(number);
            }
        } catch (NumberFormatException notANumber) {
            // Told below, like a number out of range.
        }
        throw new InvalidRequest(name, "must be a whole number from " + least + ", but is " + text.get());
    }

    private static Optional<String> single(Map<String, List<String>> parameters, String name) {
        List<String> values = values(parameters, name);
        if (values.size() > 1) {
            throw new InvalidRequest(name, "is given " + values.size() + " times");
        }
        return values.stream().findFirst();
    }

    private static List<String> values(Map<String, List<String>> parameters, String name) {
        return parameters.getOrDefault(name, List.of());
    }

    private static void requireFew(Map<String, List<String>> parameters, int mostFilters) {
        int filters = FILTERS.stream()
                .mapToInt(name -> values(parameters, name).size())
                .sum();
        if (filters > mostFilters) {
            throw InvalidRequest.because("The list has " + filters + " filters (" + String.join(", ", FILTERS)
                    + "), and may have " + mostFilters + ".");
        }
    }

    private static void requireStorable(String name, String value) {
        Characters.unstorable(value).ifPresent(character -> {
            throw new InvalidRequest(name, "contains " + character + ", which nothing stored can contain");
        });
    }

    private static String passedOn(Map<String, List<String>> parameters) {
        return parameters.entrySet().stream()
                .filter(parameter -> !List.of("start", "limit", "totalCount").contains(parameter.getKey()))
                .flatMap(parameter -> parameter.getValue().stream()
                        .map(value -> "&" + encoded(parameter.getKey()) + "=" + encoded(value)))
                .collect(Collectors.joining());
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
