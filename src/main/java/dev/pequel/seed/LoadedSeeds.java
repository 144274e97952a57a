package dev.pequel.seed;

import dev.pequel.database.Database;
import dev.pequel.database.Sql;
import dev.pequel.tenant.Sandbox;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.util.HexFormat;

/**
 * The files that were loaded into a sandbox, by name and checksum, so that a restart loads only new and changed files.
 */
@ApplicationScoped
class LoadedSeeds {

    private final Database database;
    private final Clock clock;

    LoadedSeeds(Database database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    boolean contains(Sandbox sandbox, SeedFile file, String checksum) {
        return database.call(connection -> Sql.first(
                        connection,
                        "select true from seed_file where sandbox_id = ? and name = ? and checksum = ?",
                        row -> true,
                        sandbox.id(),
                        file.name(),
                        checksum)
                .isPresent());
    }

    void add(Sandbox sandbox, SeedFile file, String checksum) {
        database.call(connection -> Sql.update(connection, """
                insert into seed_file (sandbox_id, name, checksum, loaded_at) values (?, ?, ?, ?)
                on conflict (sandbox_id, name) do update set checksum = excluded.checksum, loaded_at = excluded.loaded_at
                """, sandbox.id(), file.name(), checksum, clock.instant()));
    }

    static String checksum(SeedFile file) throws IOException {
        MessageDigest digest;
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
        try (InputStream content = new DigestInputStream(Files.newInputStream(file.path()), digest)) {
            content.transferTo(OutputStream.nullOutputStream());
        }
        return HexFormat.of().formatHex(digest.digest());
    }
}
