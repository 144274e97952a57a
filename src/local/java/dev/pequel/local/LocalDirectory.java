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
 * Where one {@code pequel-local} has its database and its exports: a directory that is kept, or a temporary one.
 *
 * @param lock keeps a second process out; the operating system releases it however this one ends
 */
record LocalDirectory(Path path, boolean isKept, Optional<FileLock> lock) {

    /**
     * Opens the directory, and makes it where there is none.
     *
     * @throws IOException when it cannot be made, or another process uses it
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

    /** What belongs to PostgreSQL, and to nobody else. */
    Path postgresql() {
        return path.resolve("postgresql");
    }

    Path exports() {
        return path.resolve("exports");
    }

    /** Deletes a temporary directory. */
    void close() {
        if (!isKept) {
            deleteTree(path);
        }
    }

    /** Deletes a directory with everything in it, if it is there. */
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
