package dev.pequel.answer;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** The links of a page of a list: {@code _links}. */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
@Schema(name = "PageLinks")
public record PageLinks(
        @Schema(description = "Absent on the last page.") Optional<Next> next) {

    /** The link to the next page. */
    @JsonInclude(JsonInclude.Include.NON_ABSENT)
    @Schema(name = "NextPage")
    public record Next(
            @Schema(description = "The next page; `@` stands for the API's base path.")
            String href) {}

    /** @param next the path of the next page, below {@code @}, the base path of the API; empty on the last page */
    public static PageLinks next(Optional<String> next) {
        return new PageLinks(next.map(Next::new));
    }
}
