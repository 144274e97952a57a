package dev.pequel.compatibility;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What Pequel has of one operation of the hosted service, or of one of its parameters, and the request that proves it.
 *
 * @param operation method and path as the hosted service documents them; {@code *} for all
 * @param parameter empty for the operation itself
 * @param note what the table says about it; may be empty
 * @param givens requests to send first
 * @param request empty where there is nothing to send
 */
record CompatibilityRow(
        String section,
        String operation,
        Optional<Parameter> parameter,
        Verdict verdict,
        String note,
        List<Given> givens,
        Optional<Request> request,
        List<Expectation> expectations) {

    enum Verdict {
        YES,
        DIFFERS,
        IGNORED,
        NO;

        String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** @param place {@code query}, {@code header} or {@code body} */
    record Parameter(String place, String name) {}

    /** @param address below {@code /data/core/ups}, perhaps with a query */
    record Request(String method, String address, Map<String, String> headers, String body) {}

    /** A request whose answer has something that later requests name. */
    record Given(String name, String pointer, Request request) {}

    /** Something that an answer must have. */
    sealed interface Expectation {}

    record Status(int code) implements Expectation {}

    record Header(String name, String value) implements Expectation {}

    /** @param json as it is written, perhaps with names in braces */
    record Equal(String pointer, String json) implements Expectation {}

    record Contained(String pointer, String text) implements Expectation {}

    record Present(String pointer, boolean present) implements Expectation {}

    /** The operation with its parameter, as {@code hosted-operations.tsv} has them. */
    String key() {
        return parameter
                .map(named -> operation + "\t" + named.place() + "\t" + named.name())
                .orElse(operation);
    }
}
