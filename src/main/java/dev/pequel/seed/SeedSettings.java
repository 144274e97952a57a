package dev.pequel.seed;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.util.Optional;

/** Files that are loaded at start. */
@ConfigMapping(prefix = "pequel.seed")
interface SeedSettings {

    /** Directory of the files, with a folder for each sandbox; without it, nothing is loaded. */
    Optional<Path> directory();

    /** Organization of the folders that are directly in the directory. */
    @WithDefault("dev@Pequel")
    String organization();

    /** Sandbox of the files that are directly in the directory. */
    @WithDefault("prod")
    String sandbox();
}
