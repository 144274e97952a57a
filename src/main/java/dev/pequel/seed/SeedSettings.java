package dev.pequel.seed;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.util.Optional;

/** Files that are loaded at start. */
@ConfigMapping(prefix = "pequel.seed")
interface SeedSettings {

    /**
     * Directory of seeds, with a folder per sandbox, whose files are loaded at start. When it is not set, nothing is
     * loaded.
     */
    Optional<Path> directory();

    /** Organization of the folders that are directly in the directory of seeds. */
    @WithDefault("dev@Pequel")
    String organization();

    /** Sandbox of the files that are directly in the directory of seeds. */
    @WithDefault("prod")
    String sandbox();
}
