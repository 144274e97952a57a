package dev.pequel.preview;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** Retention and pages of previews. */
@ConfigMapping(prefix = "pequel.preview")
interface PreviewSettings {

    /** Time for which a preview can be read. Afterwards the response is 404. */
    @WithDefault("24H")
    Duration keep();

    /** Maximum number of previews that are kept for a sandbox. When exceeded, the oldest is removed. */
    @WithDefault("100")
    int perSandbox();

    /** Number of profiles on a page of a preview when the request has no {@code limit}. */
    @WithDefault("1000")
    int pageSize();

    /** Maximum {@code limit} of a page of a preview. When exceeded, the response is 400. */
    @WithDefault("10000")
    int maxPageSize();
}
