package dev.pequel.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The directory of a {@code pequel-local}, with its database and exports. It is either kept or temporary.
 *
 * @param lock prevents a second process from using the directory; the operating system releases it when this process
 *     ends
 */
record LocalDirectory(Path path, boolean isKept, Optional<FileLock> lock) {

    /**
     * Opens a directory. Creates it if necessary.
     *
     * @param kept the directory to keep; empty for a temporary directory
     * @throws IOException if the directory cannot be created, or another process uses it
     */
    static LocalDirectory open(Optional<Path> kept) throws IOException {
        if (kept.isEmpty()) {
            return new LocalDirectory(Files.createTempDirectory("pequel-local-"), false, Optional.empty());
        }
        Path path = Files.createDirectories(kept.get());
        FileChannel channel =
                FileChannel.open(path.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        Optional<FileLock> lock = Optional.ofNullable(channel.tryLock());
        if (lock.isEmpty()) {
            channel.close();
            throw new IOException("Another pequel-local uses the directory " + path + ".");
        }
        return new LocalDirectory(path, true, lock);
    }

    /** Returns the directory for the files of PostgreSQL. */
    Path postgresql() {
        return path.resolve("postgresql");
    }

    Path exports() {
        return path.resolve("exports");
    }

    /** Deletes the directory if it is temporary. */
    void close() {
        if (!isKept) {
            deleteTree(path);
        }
    }

    /** Deletes a directory with its contents, if it exists. */
    static void deleteTree(Path directory) {
        if (!Files.exists(directory)) {
            return;
        }
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
