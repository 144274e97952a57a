package dev.pequel;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.ConfigMappings.ConfigClass;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** README.md lists every setting of Pequel's own, with its default. */
class ConfigurationTest {
    private static final Pattern ROW = Pattern.compile("(?m)^\\| `(pequel\\.[^`]+)` \\| (?:`([^`]*)`)? *\\|");

    @Test
    void theReadmeListsEverySettingAndItsDefault() throws IOException {
        String listed = ROW.matcher(Files.readString(Path.of("README.md")))
                .results()
                .map(row -> line(row.group(1), row.group(2)))
                .sorted()
                .collect(Collectors.joining("\n"));

        assertEquals(settings(), listed);
    }

    private static String settings() {
        return new ClassFileImporter()
                .importPackages("dev.pequel").stream()
                        .filter(type -> type.isAnnotatedWith(ConfigMapping.class))
                        .map(type -> ConfigClass.configClass(type.reflect()).getProperties())
                        .flatMap(properties -> properties.entrySet().stream())
                        // The elements of a list are no settings of their own.
                        .filter(property -> !property.getKey().endsWith("[*]"))
                        .map(property -> line(property.getKey(), property.getValue()))
                        .sorted()
                        .collect(Collectors.joining("\n"));
    }

    private static String line(String name, String byDefault) {
        return name + " = " + (byDefault == null ? "(none)" : byDefault);
    }
}
