package dev.pequel;

import io.quarkus.runtime.configuration.ConfigUtils;
import io.smallrye.config.PropertiesConfigSourceLoader;
import io.smallrye.config.SmallRyeConfig;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;

/**
 * Settings that are asked for before Quarkus starts. A native executable has no configuration yet at that point, so the places
 * where they may be are looked at one by one, in the order that Quarkus has.
 */
public final class BootstrapConfig {

    /** Below that of the environment, as Quarkus has it. */
    private static final int FILE_ORDINAL = 260;

    private final Optional<SmallRyeConfig> file = file();

    /** A setting's value; empty where there is none, or it is blank. */
    public Optional<String> find(String name) {
        return Optional.ofNullable(System.getenv(
                        name.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_')))
                .or(() -> Optional.ofNullable(System.getProperty(name)))
                .or(() -> file.flatMap(settings -> settings.getOptionalValue(name, String.class)))
                .filter(value -> !value.isBlank());
    }

    private static Optional<SmallRyeConfig> file() {
        Path file = Path.of("config", "application.properties");
        // Reading takes a native executable as long as a tenth of its start, whether the file is there or not.
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        return Optional.of(ConfigUtils.emptyConfigBuilder()
                .withSources(PropertiesConfigSourceLoader.inFileSystem(
                        file.toUri().toString(), FILE_ORDINAL, BootstrapConfig.class.getClassLoader()))
                .build());
    }
}
