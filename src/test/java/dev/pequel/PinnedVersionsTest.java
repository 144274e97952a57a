package dev.pequel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/** The same sources give the same artifact next year: whatever goes into it is of one version. */
class PinnedVersionsTest {

    private static final Pattern ONE_VERSION = Pattern.compile("[0-9][0-9A-Za-z.-]*");
    private static final Pattern IMAGE = Pattern.compile("(?m)^\\s*(?:image: |FROM |ARG [A-Z_]*IMAGE=)(\\S+)");
    private static final Pattern STAGE = Pattern.compile("(?m)^FROM \\S+ AS (\\S+)");
    private static final Pattern BUILDER_IMAGE = Pattern.compile("(?m)^ARG BUILDER_IMAGE=(\\S+)");

    @Test
    void everyPluginNamesItsVersion() throws Exception {
        Set<String> named = new TreeSet<>();
        Set<String> pinned = new TreeSet<>();
        for (Element plugin : elements(pom(), "plugin")) {
            named.add(text(plugin, "artifactId"));
            // A profile may configure a plugin again.
            if (!text(plugin, "version").isEmpty()) {
                pinned.add(text(plugin, "artifactId"));
            }
        }

        assertEquals(named, pinned);
    }

    @Test
    void everyVersionIsOneVersion() throws Exception {
        Element properties = elements(pom(), "properties").getFirst();
        List<String> versions = new ArrayList<>();
        NodeList children = properties.getChildNodes();
        for (int i = 0; i < children.getLength(); i++) {
            if (children.item(i).getNodeName().endsWith(".version")) {
                versions.add(children.item(i).getTextContent());
            }
        }

        assertTrue(versions.size() > 10);
        for (String version : versions) {
            assertTrue(ONE_VERSION.matcher(version).matches(), version);
            assertFalse(version.contains("SNAPSHOT"), version);
        }
    }

    @Test
    void everyImageNamesItsVersion() throws IOException {
        List<String> images = new ArrayList<>();
        try (Stream<Path> files = Files.list(Path.of("docker"))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                String content = Files.readString(file);
                Set<String> stages = STAGE.matcher(content)
                        .results()
                        .map(stage -> stage.group(1))
                        .collect(Collectors.toSet());
                IMAGE.matcher(content)
                        .results()
                        .map(image -> image.group(1))
                        .filter(image -> !image.startsWith("$") && !stages.contains(image))
                        .forEach(images::add);
            }
        }

        assertFalse(images.isEmpty());
        for (String image : images) {
            assertTrue(image.matches("\\S+[:@]\\S*[0-9]\\S*"), image);
            assertFalse(image.endsWith(":latest"), image);
        }
    }

    /** So that a native executable is the same whether Maven or a container builds it. */
    @Test
    void everyNativeExecutableIsBuiltInTheSameImage() throws Exception {
        Matcher image = BUILDER_IMAGE.matcher(Files.readString(Path.of("docker", "Dockerfile.native")));

        assertTrue(image.find());
        assertEquals(image.group(1), text(elements(pom(), "properties").getFirst(), "native.builder-image"));
    }

    private static Document pom() throws Exception {
        return DocumentBuilderFactory.newInstance().newDocumentBuilder().parse("pom.xml");
    }

    private static List<Element> elements(Document document, String name) {
        NodeList found = document.getElementsByTagName(name);
        List<Element> elements = new ArrayList<>();
        for (int i = 0; i < found.getLength(); i++) {
            elements.add((Element) found.item(i));
        }
        return elements;
    }

    /** The text of a child, or nothing where there is none. */
    private static String text(Element element, String child) {
        NodeList children = element.getChildNodes();
        for (int i = 0; i < children.getLength(); i++) {
            if (children.item(i).getNodeName().equals(child)) {
                return children.item(i).getTextContent();
            }
        }
        return "";
    }
}
