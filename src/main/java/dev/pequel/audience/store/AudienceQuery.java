package dev.pequel.audience.store;

import dev.pequel.audience.content.AudienceType;
import dev.pequel.http.request.Characters;
import dev.pequel.http.request.RequestText;
import dev.pequel.problem.InvalidRequest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The query of a request for a list of audiences: page, order and filters. Unknown parameters are ignored.
 *
 * @param offset number of audiences before the first page
 * @param page the page, from 0
 * @param limit maximum number of audiences on a page; empty for all on one page
 * @param sort the sort keys, most significant first; empty for newest first
 * @param passedOn the other parameters for the link to the next page, each preceded by {@code &}
 */
public record AudienceQuery(
        int offset,
        int page,
        OptionalInt limit,
        List<Sort> sort,
        List<AudienceFilter> filters,
        boolean withMetrics,
        String passedOn) {

    /** A sort key. Audiences without a value are last. */
    public record Sort(AudienceField field, boolean descending) {

        private boolean isByTotal() {
            return field.kind() == AudienceField.Kind.TOTAL;
        }
    }

    private static final String WITH_METRICS = "withMetrics";

    /** Filters by evaluation method, which are separate parameters of the older path. */
    private static final List<String> EVALUATION_METHODS = List.of(
            "evaluationInfo.batch.enabled", "evaluationInfo.continuous.enabled", "evaluationInfo.synchronous.enabled");

    private static final List<String> FILTERS = Stream.concat(
                    Stream.of("property", "name", "description"), EVALUATION_METHODS.stream())
            .toList();

    private static final int MOST_SORTS = 5;

    /** Name of the creation time as a sort key in examples of the hosted service's documentation. */
    private static final String INTERNAL_ID = "internalId";

    /** Returns the names of the known query parameters of a list of audiences. */
    public static Set<String> parameters(Map<String, List<String>> parameters) {
        return known(parameters, FILTERS, List.of("start", "limit", "sort", "totalCount"));
    }

    /** Returns the names of the known query parameters of a list of segment definitions. */
    public static Set<String> parametersOfDefinitions(Map<String, List<String>> parameters) {
        return known(parameters, FILTERS, List.of("start", "limit", "page", "sort"));
    }

    /** Returns the names of the known query parameters of a single audience. */
    public static Set<String> parametersOfOne(Map<String, List<String>> parameters) {
        return known(parameters, List.of("property"), List.of());
    }

    private static Set<String> known(Map<String, List<String>> parameters, List<String> filters, List<String> others) {
        Set<String> known = parameters.keySet().stream()
                .filter(WITH_METRICS::equalsIgnoreCase)
                .collect(Collectors.toCollection(HashSet::new));
        known.addAll(filters);
        known.addAll(others);
        return known;
    }

    /**
     * Parses the parameters of a list of audiences, where {@code start} is the number of the page.
     *
     * @param parameters decoded
     * @param maxFilters maximum number of filters
     * @throws InvalidRequest when a value is malformed or names an attribute that audiences do not have, or there are
     *     too many filters
     */
    public static AudienceQuery of(Map<String, List<String>> parameters, int maxFilters) {
        return new AudienceQuery(
                0,
                wholeNumber(parameters, "start", 0).orElse(0),
                wholeNumber(parameters, "limit", 1),
                sort(parameters),
                filters(parameters, maxFilters),
                isWithMetrics(parameters),
                passedOn(parameters, "start"));
    }

    /**
     * Parses the parameters of a list of segment definitions, where {@code start} is the number of segment
     * definitions before the first page.
     */
    public static AudienceQuery ofDefinitions(Map<String, List<String>> parameters, int maxFilters, int defaultLimit) {
        List<AudienceFilter> filters = new ArrayList<>(filters(parameters, maxFilters));
        filters.add(AudienceFilter.of("type==" + AudienceType.SEGMENT_DEFINITION.word()));
        return new AudienceQuery(
                wholeNumber(parameters, "start", 0).orElse(0),
                wholeNumber(parameters, "page", 0).orElse(0),
                OptionalInt.of(wholeNumber(parameters, "limit", 1).orElse(defaultLimit)),
                sort(parameters),
                filters,
                isWithMetrics(parameters),
                passedOn(parameters, "page"));
    }

    private static List<AudienceFilter> filters(Map<String, List<String>> parameters, int maxFilters) {
        parameters.forEach((name, values) -> values.forEach(value -> requireStorable(name, value)));
        requireFew(parameters, maxFilters);
        List<AudienceFilter> filters = new ArrayList<>();
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
        for (String method : EVALUATION_METHODS) {
            for (String enabled : values(parameters, method)) {
                filters.add(AudienceFilter.of(method + "==" + enabled.toLowerCase(Locale.ROOT)));
            }
        }
        return filters;
    }

    /** Returns this query with at most {@code max} audiences on a page. */
    public AudienceQuery within(int max) {
        return new AudienceQuery(
                offset, page, OptionalInt.of(Math.min(limit.orElse(max), max)), sort, filters, withMetrics, passedOn);
    }

    /** Returns the number of audiences before this page. */
    public long first() {
        return offset + (long) page * limit.orElseThrow();
    }

    /** The filters that the database can apply. */
    List<AudienceFilter.Condition> conditions() {
        return filters.stream()
                .filter(AudienceFilter.Condition.class::isInstance)
                .map(AudienceFilter.Condition.class::cast)
                .toList();
    }

    /** The filters by the number of profiles. */
    public List<Long> totals() {
        return filters.stream()
                .filter(AudienceFilter.Total.class::isInstance)
                .map(filter -> ((AudienceFilter.Total) filter).profiles())
                .toList();
    }

    /** Whether the page depends on the numbers of profiles of all matching audiences. */
    public boolean needsTotals() {
        return !totals().isEmpty() || sortsByTotal().isPresent();
    }

    /** The sort key by the number of profiles, if any. It can only be the first one. */
    public Optional<Sort> sortsByTotal() {
        return sort.stream().filter(Sort::isByTotal).findFirst();
    }

    /**
     * Whether the request asks for metrics, by {@code property=withMetrics==true} or {@code withMetrics=true},
     * ignoring case.
     */
    public static boolean isWithMetrics(Map<String, List<String>> parameters) {
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

    private static List<Sort> sort(Map<String, List<String>> parameters) {
        Optional<String> value = single(parameters, "sort");
        if (value.isEmpty()) {
            return List.of();
        }
        String[] parts = value.get().split(",", -1);
        if (parts.length > MOST_SORTS) {
            throw new InvalidRequest(
                    "sort", "has " + parts.length + " attributes, more than the " + MOST_SORTS + " that are allowed");
        }
        List<Sort> sort = Arrays.stream(parts).map(AudienceQuery::sort).toList();
        // This sort key is applied after the database has applied all others.
        if (sort.stream().skip(1).anyMatch(Sort::isByTotal)) {
            throw new InvalidRequest("sort", "supports the number of profiles only as the first attribute");
        }
        return sort;
    }

    private static Sort sort(String value) {
        int colon = value.lastIndexOf(':');
        String direction = value.substring(colon + 1).toLowerCase(Locale.ROOT);
        if (colon < 1 || !direction.equals("asc") && !direction.equals("desc")) {
            throw new InvalidRequest("sort", "must be written attribute:asc or attribute:desc, but is " + value);
        }
        String path = value.substring(0, colon);
        AudienceField field = AudienceField.at(path.equals(INTERNAL_ID) ? "creationTime" : path)
                .orElseThrow(() -> new InvalidRequest("sort", path + " is not an attribute of audiences"));
        if (!field.isScalar()) {
            throw new InvalidRequest("sort", path + " is not a single value and cannot be sorted by");
        }
        return new Sort(field, direction.equals("desc"));
    }

    private static OptionalInt wholeNumber(Map<String, List<String>> parameters, String name, int min) {
        Optional<String> text = single(parameters, name);
        if (text.isEmpty()) {
            return OptionalInt.empty();
        }
        try {
            int number = Integer.parseInt(text.get());
            if (number >= min) {
                return OptionalInt.of(number);
            }
        } catch (NumberFormatException notANumber) {
            // Refused below, like a number out of range.
        }
        throw new InvalidRequest(name, "must be a whole number from " + min + ", but is " + text.get());
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

    private static void requireFew(Map<String, List<String>> parameters, int maxFilters) {
        List<String> present = FILTERS.stream().filter(parameters::containsKey).toList();
        int filters = present.stream()
                .mapToInt(name -> values(parameters, name).size())
                .sum();
        if (filters > maxFilters) {
            throw InvalidRequest.because("The list has " + filters + " filters (" + String.join(", ", present)
                    + "), more than the " + maxFilters + " that are allowed.");
        }
    }

    private static void requireStorable(String name, String value) {
        Characters.unstorable(value).ifPresent(character -> {
            throw new InvalidRequest(name, "contains " + character + ", which stored text cannot contain");
        });
    }

    private static String passedOn(Map<String, List<String>> parameters, String page) {
        return RequestText.query(parameters, Set.of(page, "limit", "totalCount"));
    }
}
