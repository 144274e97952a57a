package dev.pequel.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pequel.PackagedService;
import dev.pequel.PackagedService.Ended;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Commands of the package: they need no settings, and write nothing of their own. */
class CommandsIT {

    @TempDir
    Path directory;

    @Test
    void checksFiles() throws Exception {
        Path audience = directory.resolve("joes.json");
        Files.writeString(audience, """
                {"name": "Joes", "expression": {"value": "person.name.firstName.startWith(\\"Jo\\")"}}
                """);

        assertEquals(new Ended(1, audience + """
                        :1:65: error: There is no function `startWith`. [PQL2002]
                          {"name": "Joes", "expression": {"value": "person.name.firstName.startWith(\\"Jo\\")"}}
                                                                                          ^^^^^^^^^
                          help: write `startsWith`

                        1 file: 1 error, 0 warnings
                        """), PackagedService.run("check", audience.toString()));
        Ended sarif = PackagedService.run("check", "--format", "sarif", audience.toString());
        assertTrue(sarif.output().startsWith("{"), sarif.output());
    }

    @Test
    void asksAService() throws Exception {
        Path audience = directory.resolve("adults.pql");
        Files.writeString(audience, "person.birthYear <= 2008");

        assertEquals(
                new Ended(2, """
                        pequel: GET http://localhost:1/data/core/ups/config/schema failed: nothing is listening at this address
                        """), PackagedService.run("diff", "--url", "http://localhost:1", audience.toString()));
    }

    @Test
    void tellsItsVersionAndItsUse() throws Exception {
        Ended version = PackagedService.run("--version");
        assertTrue(version.output().matches("pequel [0-9]\\S+\n"), version.output());
        Ended wrong = PackagedService.run("check");
        assertEquals(2, wrong.status());
        assertTrue(wrong.output().contains("Usage: pequel check"), wrong.output());
    }
}
