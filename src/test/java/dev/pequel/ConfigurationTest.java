package dev.pequel;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.ConfigMappings.ConfigClass;
import io.smallrye.config.common.utils.StringUtil;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** {@code docs/configuration.md} lists every setting of Pequel's own, with its default and the words of its Javadoc. */
class ConfigurationTest {
    private static final Pattern ROW =
            Pattern.compile("(?m)^\\| `(pequel\\.[^`]+)` \\| (?:`([^`]*)`)?[^|]*\\| (.+) \\|$");
    private static final Pattern PREFIX = Pattern.compile("@ConfigMapping\\(prefix = \"([^\"]+)\"\\)");
    private static final Pattern SETTING = Pattern.compile(
            "/\\*\\*((?:(?!\\*/)[\\s\\S])*)\\*/\\s+(?:@WithDefault\\(.*\\)\\s+)?[\\w<>]+ (\\w+)\\(\\);");

    @Test
    void thePageListsEverySettingAndItsDefault() throws IOException {
        assertEquals(settings(), listed(row -> line(row.group(1), row.group(2))));
    }

    @Test
    void thePageDescribesSettingsInTheWordsOfTheirJavadoc() throws IOException {
        assertEquals(documented(), listed(row -> line(row.group(1), row.group(3))));
    }

    private static String listed(Function<MatchResult, String> line) throws IOException {
        return ROW.matcher(Files.readString(Path.of("docs/configuration.md")))
                .results()
                .map(line)
                .sorted()
                .collect(Collectors.joining("\n"));
    }

    private static String settings() {
        return new ClassFileImporter()
                .withImportOption(location -> location.contains("Settings")).importPackages("dev.pequel").stream()
                        .filter(type -> type.isAnnotatedWith(ConfigMapping.class))
                        .map(type -> ConfigClass.configClass(type.reflect()).getProperties())
                        .flatMap(properties -> properties.entrySet().stream())
                        // The elements of a list are no settings of their own.
                        .filter(property -> !property.getKey().endsWith("[*]"))
                        .map(property -> line(property.getKey(), property.getValue()))
                        .sorted()
                        .collect(Collectors.joining("\n"));
    }

    private static String documented() throws IOException {
        try (Stream<Path> files = Files.walk(Path.of("src/main/java"))) {
            return files.filter(file -> file.toString().endsWith("Settings.java"))
                    .flatMap(file -> documented(file).stream())
                    .sorted()
                    .collect(Collectors.joining("\n"));
        }
    }

    private static List<String> documented(Path file) {
        try {
            String source = Files.readString(file);
            return PREFIX.matcher(source)
                    .results()
                    .flatMap(prefix -> SETTING.matcher(source)
                            .results()
                            .map(setting -> line(
                                    prefix.group(1) + "." + StringUtil.skewer(setting.group(2)),
                                    asMarkdown(setting.group(1)))))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String asMarkdown(String javadoc) {
        String text =
                javadoc.replaceAll("\\R\\s*\\*", " ").replaceAll("\\s+", " ").strip();
        return text.replaceAll("\\{@code ([^}]*)}", "`$1`");
    }

    private static String line(String name, String value) {
        return name + " = " + (value == null ? "(none)" : value);
    }
}
