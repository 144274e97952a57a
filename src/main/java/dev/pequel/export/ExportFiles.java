package dev.pequel.export;

import dev.pequel.problem.Conflict;
import dev.pequel.tenant.Tenant;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * Creates and removes the files of exports, in {@code <organization>/<sandbox>/<datasetId>/<batchId>/} below the export
 * directory. A batch is written into a folder beside its final one and moved when it is complete, so that readers see
 * only complete batches. If the file system has POSIX permissions, only the user of the service can read the files.
 */
@ApplicationScoped
class ExportFiles {

    /** Maximum length of a folder's name, in bytes. Common file systems allow at most 255. */
    private static final int MAX_NAME = 200;

    private static final String KEPT = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789@_-.";

    private final ExportSettings settings;

    ExportFiles(ExportSettings settings) {
        this.settings = settings;
    }

    /** The place of a batch of a tenant's job. */
    record Place(Tenant tenant, String datasetId, String batchId) {

        /** The places of all batches of a job. */
        static List<Place> of(Tenant tenant, UUID job, ExportRequest request) {
            return ExportBatch.of(job, request).stream()
                    .map(batch -> new Place(tenant, request.datasetId(), batch.id()))
                    .toList();
        }
    }

    boolean isConfigured() {
        return settings.directory().isPresent();
    }

    /**
     * The export directory.
     *
     * @throws Conflict when none is configured
     */
    private Path directory() {
        return settings.directory()
                .orElseThrow(
                        () -> new Conflict(
                                "Exports are switched off: the operator of this service has not set `pequel.export.directory`."));
    }

    /** @throws Conflict when no export directory is configured */
    void requireConfigured() {
        directory();
    }

    /** A file of a complete batch. */
    Path file(Place place, String name) {
        return published(place).resolve(name);
    }

    /** Creates the folder into which the batch is written. */
    void begin(Place place) throws IOException {
        Files.createDirectories(unpublished(place), ownerOnly(place, "rwx------"));
    }

    /** Creates a file of a batch after {@link #begin}. */
    OutputStream create(Place place, String name) throws IOException {
        Path file = unpublished(place).resolve(name);
        Files.createFile(file, ownerOnly(place, "rw-------"));
        return Files.newOutputStream(file, StandardOpenOption.WRITE);
    }

    /**
     * Moves a complete batch to its final folder. Its files are forced to the disk first, so that a crash of the
     * machine leaves no empty files there.
     */
    void publish(Place place) throws IOException {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(unpublished(place))) {
            for (Path file : files) {
                try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
                    channel.force(true);
                }
            }
        }
        Files.move(unpublished(place), published(place), StandardCopyOption.ATOMIC_MOVE);
    }

    /** Removes the batches, complete or not, that exist. */
    void remove(Iterable<Place> places) throws IOException {
        for (Place place : places) {
            removeFolder(unpublished(place));
            removeFolder(published(place));
        }
    }

    private static void removeFolder(Path folder) throws IOException {
        if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        try (Stream<Path> content = Files.walk(folder)) {
            for (Path path : content.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        } catch (NoSuchFileException | UncheckedIOException gone) {
            // Another replica removes the folder at the same time.
            if (Files.exists(folder)) {
                throw new IOException("The folder of a batch cannot be removed.", gone);
            }
        }
    }

    private Path published(Place place) {
        return dataset(place).resolve(place.batchId());
    }

    /** The folder of an incomplete batch. Its name is no batch id. */
    private Path unpublished(Place place) {
        return dataset(place).resolve("." + place.batchId() + ".part");
    }

    private Path dataset(Place place) {
        return directory()
                .resolve(folder(place.tenant().organization()))
                .resolve(folder(place.tenant().sandbox()))
                .resolve(place.datasetId());
    }

    /**
     * The name of a tenant's folder, which is unique for each name. Letters, digits and {@code @_-.} are kept; all
     * other bytes of the name in UTF-8 are percent-encoded. The end of a long name is replaced by a hash.
     */
    static String folder(String name) {
        StringBuilder encoded = new StringBuilder();
        boolean special = name.equals(".") || name.equals("..");
        for (byte one : name.getBytes(StandardCharsets.UTF_8)) {
            if (!special && KEPT.indexOf(one) >= 0) {
                encoded.append((char) one);
            } else {
                encoded.append('%').append("%02X".formatted(one & 0xFF));
            }
        }
        if (encoded.length() <= MAX_NAME) {
            return encoded.toString();
        }
        // No other encoded name has two consecutive percent signs.
        return encoded.substring(0, MAX_NAME - 40) + "%%"
                + UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8));
    }

    private FileAttribute<?>[] ownerOnly(Place place, String permissions) {
        Set<String> views = dataset(place).getFileSystem().supportedFileAttributeViews();
        List<FileAttribute<?>> attributes = views.contains("posix")
                ? List.of(PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions)))
                : List.of();
        return attributes.toArray(FileAttribute<?>[]::new);
    }
}
