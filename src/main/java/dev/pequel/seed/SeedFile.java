package dev.pequel.seed;

import dev.pequel.tenant.Tenant;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.jboss.logging.Logger;

/**
 * A file in the seed directory.
 *
 * @param tenant the tenant into whose sandbox it is loaded
 * @param path path of the file
 * @param name path relative to the directory, with slashes
 * @param kind kind of its content
 */
record SeedFile(Tenant tenant, Path path, String name, SeedKind kind) {

    private static final Logger LOG = Logger.getLogger(SeedFile.class);

    /**
     * The files of all sandboxes, grouped by sandbox and in alphabetical order: {@code <sandbox>/<file>}, {@code
     * <organization>/<sandbox>/<file>} or {@code <file>}. Files and folders whose names begin with a dot are skipped.
     *
     * @throws SeedFailure when the directory cannot be read, or the name of a folder cannot be that of a sandbox
     */
    static List<SeedFile> in(Path directory, SeedSettings settings) {
        List<SeedFile> found = new ArrayList<>();
        for (Path first : children(directory)) {
            String name = first.getFileName().toString();
            if (!Files.isDirectory(first)) {
                add(found, directory, first, new Tenant(settings.organization(), settings.sandbox()));
                continue;
            }
            for (Path second : children(first)) {
                if (!Files.isDirectory(second)) {
                    add(found, directory, second, new Tenant(settings.organization(), name));
                    continue;
                }
                for (Path third : children(second)) {
                    add(
                            found,
                            directory,
                            third,
                            new Tenant(name, second.getFileName().toString()));
                }
            }
        }
        return List.copyOf(found);
    }

    private static void add(List<SeedFile> found, Path directory, Path file, Tenant tenant) {
        String fileName = file.getFileName().toString();
        String name = directory.relativize(file).toString().replace('\\', '/');
        if (!tenant.isNameable()) {
            throw new SeedFailure(
                    name, "requests cannot address the sandbox " + tenant.sandbox() + " of " + tenant.organization());
        }
        SeedKind.of(fileName)
                .ifPresentOrElse(
                        kind -> found.add(new SeedFile(tenant, file, name, kind)),
                        () -> LOG.warnf("%s is not loaded, because its name does not indicate its kind.", name));
    }

    private static List<Path> children(Path directory) {
        try (Stream<Path> children = Files.list(directory)) {
            return children.filter(child -> !child.getFileName().toString().startsWith("."))
                    .sorted(Comparator.comparing(child -> child.getFileName().toString()))
                    .toList();
        } catch (IOException e) {
            throw new SeedFailure(directory.toString(), "cannot be read");
        }
    }

    byte[] content() throws IOException {
        return Files.readAllBytes(path);
    }
}
