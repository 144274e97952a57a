package dev.pequel;

import io.quarkus.runtime.configuration.ConfigUtils;
import io.smallrye.config.PropertiesConfigSourceLoader;
import io.smallrye.config.SmallRyeConfig;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;

/**
 * Reads settings that are needed before Quarkus starts. A native executable has no configuration at that point, so
 * the sources are read individually, in Quarkus' order of precedence.
 */
public final class BootstrapConfig {

    /** The ordinal of this file in Quarkus, below that of the environment. */
    private static final int FILE_ORDINAL = 260;

    private final Optional<SmallRyeConfig> file = file();

    /** Returns the value of a setting; empty if it is not set or blank. */
    public Optional<String> find(String name) {
        return Optional.ofNullable(System.getenv(
                        name.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_')))
                .or(() -> Optional.ofNullable(System.getProperty(name)))
                .or(() -> file.flatMap(settings -> settings.getOptionalValue(name, String.class)))
                .filter(value -> !value.isBlank());
    }

    private static Optional<SmallRyeConfig> file() {
        Path file = Path.of("config", "application.properties");
        // Reading takes a tenth of the start of a native executable, even if the file does not exist.
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        return Optional.of(ConfigUtils.emptyConfigBuilder()
                .withSources(PropertiesConfigSourceLoader.inFileSystem(
                        file.toUri().toString(), FILE_ORDINAL, BootstrapConfig.class.getClassLoader()))
                .build());
    }
}
