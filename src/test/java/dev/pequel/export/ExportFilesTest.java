package dev.pequel.export;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pequel.problem.Conflict;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The folders of tenants. */
class ExportFilesTest {

    @Test
    void aFolderIsNamedLikeItsTenant() {
        assertEquals("acme-1.b_c@Org", ExportFiles.folder("acme-1.b_c@Org"));
        assertEquals("a%2F..%2Fb", ExportFiles.folder("a/../b"));
        assertEquals("%2E", ExportFiles.folder("."));
        assertEquals("%2E%2E", ExportFiles.folder(".."));
        assertEquals("...", ExportFiles.folder("..."));
        assertEquals("Zo%C3%AB%20%25", ExportFiles.folder("Zoë %"));
        assertEquals("C%3A%5Cx%00", ExportFiles.folder("C:\\x\0"));
    }

    @Test
    void aLongNameIsShortenedAndStaysDifferentFromOthers() {
        List<String> names =
                List.of("x".repeat(200), "x".repeat(201), "x".repeat(256), "x".repeat(255) + "y", "/".repeat(256));

        List<String> folders = names.stream().map(ExportFiles::folder).toList();

        assertEquals(names.size(), folders.stream().distinct().count());
        assertEquals("x".repeat(200), folders.getFirst());
        folders.forEach(folder -> assertTrue(folder.length() <= 200, folder));
    }

    @Test
    void withoutADirectoryExportsAreRefused() {
        ExportFiles files = new ExportFiles(new SmallRyeConfigBuilder()
                .addDiscoveredConverters()
                .withMapping(ExportSettings.class)
                .build()
                .getConfigMapping(ExportSettings.class));

        assertTrue(assertThrows(Conflict.class, files::requireConfigured)
                .getMessage()
                .contains("pequel.export.directory"));
    }
}
