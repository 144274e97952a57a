package dev.pequel.http;

import com.fasterxml.jackson.databind.JsonNode;
import jakarta.enterprise.context.RequestScoped;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Collects the query parameters and properties of the body that a request has but the resource does not know. Clients
 * of the hosted service may send such input; it is ignored, and the response header {@value #HEADER} lists it.
 *
 * <p>All query parameters count as ignored, except those that the resource declares.
 */
@RequestScoped
public class IgnoredInput {

    static final String HEADER = "Pequel-Ignored";

    private final Set<String> knownParameters = new LinkedHashSet<>();
    private final Set<String> properties = new LinkedHashSet<>();

    /** The resource takes these query parameters. */
    public void parametersBut(String... known) {
        parametersBut(List.of(known));
    }

    /** The resource takes these query parameters. */
    public void parametersBut(Collection<String> known) {
        knownParameters.addAll(known);
    }

    /** The resource takes these properties of the request's body. */
    public void propertiesBut(JsonNode body, Collection<String> known) {
        body.fieldNames().forEachRemaining(name -> {
            if (!known.contains(name)) {
                properties.add(name);
            }
        });
    }

    /** Returns the names of ignored parameters, sorted, followed by those of ignored properties in their order. */
    List<String> names(Set<String> parameters) {
        return Stream.concat(
                        parameters.stream()
                                .filter(name -> !knownParameters.contains(name))
                                .sorted(),
                        properties.stream())
                .distinct()
                .toList();
    }
}
