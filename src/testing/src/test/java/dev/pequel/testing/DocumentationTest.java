package dev.pequel.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The files that {@code docs/testing.md} shows are those that are tested here. */
class DocumentationTest {

    private static final Pattern FILE = Pattern.compile("(?ms)^`(src/test/[^`]+)`:\\n\\n```\\w+\\n(.*?)^```$");

    @Test
    void showsTheFilesThatAreTested() throws IOException {
        List<MatchResult> files = FILE.matcher(Files.readString(Path.of("../../docs/testing.md")))
                .results()
                .toList();

        assertEquals(4, files.size());
        for (MatchResult file : files) {
            assertEquals(Files.readString(Path.of(file.group(1))), file.group(2), file.group(1));
        }
    }
}
