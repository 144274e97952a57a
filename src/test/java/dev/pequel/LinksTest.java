package dev.pequel;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Relative links of the documentation lead to files and headings that exist. */
class LinksTest {
    private static final Pattern CODE = Pattern.compile("(?ms)^```.*?^```$|`[^`\n]*`");
    private static final Pattern CODE_BLOCK = Pattern.compile("(?ms)^```.*?^```$");
    private static final Pattern LINK = Pattern.compile("\\[[^\\]]*]\\(([^)\\s]+)\\)");
    private static final Pattern HEADING = Pattern.compile("(?m)^#+ (.+)$");

    @Test
    void leadToFilesAndHeadings() throws IOException {
        List<String> broken = pages().stream()
                .flatMap(page ->
                        links(page).filter(link -> !resolves(page, link)).map(link -> page + ": " + link))
                .toList();

        assertEquals(List.of(), broken);
    }

    @Test
    void everyPageHasOneThatLeadsToIt() throws IOException {
        List<Path> linked = pages().stream()
                .flatMap(page -> links(page).map(link -> target(page, link)))
                .toList();
        List<Path> pages =
                pages().stream().filter(page -> !linked.contains(page)).toList();

        assertEquals(List.of(), pages, "pages without a link to them");
    }

    private static List<Path> pages() throws IOException {
        try (Stream<Path> docs = Files.list(Path.of("docs"))) {
            return Stream.concat(
                            Stream.of("README.md", "CONTRIBUTING.md", "antlr/language.md")
                                    .map(Path::of),
                            docs.filter(file -> file.toString().endsWith(".md")))
                    .sorted()
                    .toList();
        }
    }

    /** The targets of links to files of the project. */
    private static Stream<String> links(Path page) {
        return LINK.matcher(CODE.matcher(read(page)).replaceAll(""))
                .results()
                .map(link -> link.group(1))
                .filter(link -> !link.contains("://"));
    }

    private static boolean resolves(Path page, String link) {
        Path file = target(page, link);
        int fragment = link.indexOf('#');
        return Files.exists(file) && (fragment < 0 || headings(file).anyMatch(link.substring(fragment + 1)::equals));
    }

    private static Path target(Path page, String link) {
        String file = link.replaceFirst("#.*", "");
        return file.isEmpty() ? page : page.resolveSibling(file).normalize();
    }

    /** As GitHub makes anchors of them. */
    private static Stream<String> headings(Path page) {
        return HEADING.matcher(CODE_BLOCK.matcher(read(page)).replaceAll(""))
                .results()
                .map(heading -> heading.group(1)
                        .toLowerCase(Locale.ROOT)
                        .replaceAll("[^\\p{L}\\p{N} _-]", "")
                        .replace(' ', '-'));
    }

    private static String read(Path page) {
        try {
            return Files.readString(page);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
