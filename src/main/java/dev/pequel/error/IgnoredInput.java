package dev.pequel.error;

import com.fasterxml.jackson.databind.JsonNode;
import jakarta.enterprise.context.RequestScoped;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What of a request is passed over: query parameters and properties of its body that the resource does not have. Clients of the
 * hosted service send more than this one knows, and what it passed over they can read in the header {@value #HEADER}.
 *
 * <p>Query parameters are passed over unless the resource says that it knows them.
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

    /** The names of what is passed over, of parameters and then of properties, each in their order. */
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
