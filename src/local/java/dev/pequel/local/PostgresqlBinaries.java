package dev.pequel.local;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermission;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.tukaani.xz.XZInputStream;

/** Unpacks the PostgreSQL server for this platform from an archive in the package. */
final class PostgresqlBinaries {

    /** File with the checksum of the unpacked archive. A later package may contain another archive. */
    private static final String CHECKSUM = "checksum";

    private PostgresqlBinaries() {}

    /**
     * Unpacks the server, unless the directory already contains it.
     *
     * @throws IOException if the package is for another platform, or the directory cannot be written
     */
    static void unpack(Path directory) throws IOException {
        String archive = archive();
        String checksum = checksum(archive);
        Path written = directory.resolve(CHECKSUM);
        if (Files.exists(written) && Files.readString(written).equals(checksum)) {
            return;
        }
        if (!unpackBySystem(archive, directory)) {
            unpackByJava(archive, directory);
        }
        // The checksum is written last, so that an incomplete directory is unpacked again.
        Files.writeString(written, checksum);
    }

    /**
     * Unpacks with the system's {@code tar}, which takes a third of the time of Java.
     *
     * @return false if that fails, for example because xz is not installed
     */
    private static boolean unpackBySystem(String archive, Path directory) throws IOException {
        prepare(directory);
        try {
            Process tar = new ProcessBuilder("tar", "-xJf", "-", "-C", directory.toString())
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            try (InputStream file = open(archive);
                    OutputStream input = tar.getOutputStream()) {
                file.transferTo(input);
            }
            return tar.onExit().join().exitValue() == 0;
        } catch (IOException notInstalled) {
            return false;
        }
    }

    private static void unpackByJava(String archive, Path directory) throws IOException {
        prepare(directory);
        try (InputStream file = open(archive);
                TarArchiveInputStream entries =
                        new TarArchiveInputStream(new BufferedInputStream(new XZInputStream(file)))) {
            for (TarArchiveEntry entry = entries.getNextEntry(); entry != null; entry = entries.getNextEntry()) {
                unpack(entry, entries, directory);
            }
        }
    }

    private static void prepare(Path directory) throws IOException {
        LocalDirectory.deleteTree(directory);
        Files.createDirectories(directory);
    }

    private static void unpack(TarArchiveEntry entry, InputStream content, Path directory) throws IOException {
        Path file = directory.resolve(entry.getName()).normalize();
        if (entry.isDirectory()) {
            Files.createDirectories(file);
            return;
        }
        Files.createDirectories(file.getParent());
        if (entry.isSymbolicLink()) {
            Files.createSymbolicLink(file, Path.of(entry.getLinkName()));
            return;
        }
        Files.copy(content, file, StandardCopyOption.REPLACE_EXISTING);
        Files.setPosixFilePermissions(file, permissions((entry.getMode() & 0100) != 0));
    }

    private static Set<PosixFilePermission> permissions(boolean isExecutable) {
        EnumSet<PosixFilePermission> permissions = EnumSet.of(
                PosixFilePermission.OWNER_READ,
                PosixFilePermission.OWNER_WRITE,
                PosixFilePermission.GROUP_READ,
                PosixFilePermission.OTHERS_READ);
        if (isExecutable) {
            permissions.addAll(EnumSet.of(
                    PosixFilePermission.OWNER_EXECUTE,
                    PosixFilePermission.GROUP_EXECUTE,
                    PosixFilePermission.OTHERS_EXECUTE));
        }
        return permissions;
    }

    private static String checksum(String archive) throws IOException {
        try (CheckedInputStream file = new CheckedInputStream(open(archive), new CRC32())) {
            file.transferTo(OutputStream.nullOutputStream());
            return Long.toHexString(file.getChecksum().getValue());
        }
    }

    private static InputStream open(String archive) throws IOException {
        return Optional.ofNullable(PostgresqlBinaries.class.getResourceAsStream("/" + archive))
                .orElseThrow(() -> new IOException("this pequel-local was built for another platform: it has no "
                        + archive + ". Build it here, or set PEQUEL_LOCAL_POSTGRESQL to the directory of a PostgreSQL"
                        + " installation."));
    }

    /** Returns the name of the archive, as in the artifacts with PostgreSQL binaries. */
    private static String archive() {
        String system = System.getProperty("os.name").toLowerCase(Locale.ROOT).contains("mac") ? "darwin" : "linux";
        String processor = System.getProperty("os.arch").equals("aarch64") ? "arm_64" : "x86_64";
        return "postgres-" + system + "-" + processor + ".txz";
    }
}
