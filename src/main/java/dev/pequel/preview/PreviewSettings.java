package dev.pequel.preview;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How previews are kept and paged. */
@ConfigMapping(prefix = "pequel.preview")
interface PreviewSettings {

    /** How long a preview can be read. */
    @WithDefault("24H")
    Duration keep();

    /** Previews of one sandbox that are kept; the oldest is removed for one more. */
    @WithDefault("100")
    int perSandbox();

    /** Profiles on a page when the client does not say. */
    @WithDefault("1000")
    int pageSize();

    /** Most profiles on a page. */
    @WithDefault("10000")
    int maxPageSize();
}
