package dev.pequel.export;

import dev.pequel.error.Conflict;
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
 * The directory of exports: {@code <organization>/<sandbox>/<datasetId>/<batchId>/}. A batch is written into a folder beside that
 * one and moved when it is complete, so that nobody sees a part of it. Where the file system has POSIX permissions, only the user
 * of the service can read what is written.
 */
@ApplicationScoped
class ExportFiles {

    /** The longest name of a folder, in bytes; no usual file system allows more than 255. */
    private static final int MAX_NAME = 200;

    private static final String KEPT = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789@_-.";

    private final ExportSettings settings;

    ExportFiles(ExportSettings settings) {
        this.settings = settings;
    }

    /** A batch of a tenant's job. */
    record Place(Tenant tenant, String datasetId, String batchId) {

        /** All batches of a job. */
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
     * The directory.
     *
     * @throws Conflict when none is configured
     */
    private Path directory() {
        return settings.directory()
                .orElseThrow(
                        () -> new Conflict(
                                "Exports are switched off: the operator of this service has not set `pequel.export.directory`."));
    }

    /**
     * Refuses what needs the directory when there is none.
     *
     * @throws Conflict when none is configured
     */
    void requireConfigured() {
        directory();
    }

    /** A file of a batch that is complete. */
    Path file(Place place, String name) {
        return published(place).resolve(name);
    }

    /** Creates the folder that the batch is written into. */
    void begin(Place place) throws IOException {
        Files.createDirectories(unpublished(place), ownerOnly(place, "rwx------"));
    }

    /** Creates a file of a batch that was begun. */
    OutputStream create(Place place, String name) throws IOException {
        Path file = unpublished(place).resolve(name);
        Files.createFile(file, ownerOnly(place, "rw-------"));
        return Files.newOutputStream(file, StandardOpenOption.WRITE);
    }

    /** Shows a batch that is complete, once its files are on the disk: a crash of the machine leaves no empty ones. */
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

    /** Removes the batches, complete or not, as far as they are there. */
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
            // Another replica removes it, too.
            if (Files.exists(folder)) {
                throw new IOException("The folder of a batch cannot be removed.", gone);
            }
        }
    }

    private Path published(Place place) {
        return dataset(place).resolve(place.batchId());
    }

    /** No batch has such an id. */
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
     * The name of a tenant's folder, another one for each name: letters, digits, {@code @_-.} stay, all other bytes of the name in
     * UTF-8 are percent-encoded. The rest of a long name is replaced by a hash.
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
        // No other name has two percent signs in succession.
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
