package dev.pequel.local;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Runs a PostgreSQL server on a free port of this machine until this process ends.
 *
 * <p>A shell script starts the server and waits for the end of its standard input, which is closed when this process
 * ends for any reason. Then the script stops the server, and deletes the directory if it is temporary.
 */
final class LocalPostgresql {

    static final String USER = "postgres";

    /**
     * Arguments: directory of the binaries, directory of the data, log file, options of the server, directory to delete
     * or empty.
     */
    private static final String SCRIPT = """
            trap '' HUP INT TERM
            "$1/bin/pg_ctl" -D "$2" -m fast -w stop >/dev/null 2>&1
            "$1/bin/pg_ctl" -D "$2" -l "$3" -w -o "$4" start >/dev/null || exit 1
            echo started
            cat >/dev/null
            "$1/bin/pg_ctl" -D "$2" -m fast -w stop >/dev/null 2>&1
            [ -z "$5" ] || rm -rf "$5"
            """;

    /** A temporary directory is deleted after a crash of this process, so its data need not be durable. */
    private static final String WITHOUT_DURABILITY = " -c fsync=off -c synchronous_commit=off -c full_page_writes=off";

    /** User id of {@code nobody} on most systems. PostgreSQL refuses to run as root. */
    private static final int NOBODY = 65534;

    private static final long STOP_SECONDS = 20;
    private static final int PASSWORD_BYTES = 16;
    private static final int LOG_LINES = 5;

    private final LocalDirectory directory;
    private final Path home;
    private final Path binaries;
    private final boolean areBinariesOwn;
    private final Path data;
    private final Path log;
    private final String password;
    private final int port;
    private Optional<Process> process = Optional.empty();
    private boolean stopped;

    /** @param installed directory of an installed PostgreSQL server; empty for the one in the package */
    LocalPostgresql(LocalDirectory directory, Optional<Path> installed) throws IOException {
        this.directory = directory;
        home = Files.createDirectories(directory.postgresql());
        areBinariesOwn = installed.isEmpty();
        binaries = installed.orElse(home.resolve("binaries"));
        data = home.resolve("data");
        log = home.resolve("log");
        if (!Files.exists(log)) {
            Files.createFile(log);
        }
        password = findOrMakePassword(home.resolve("password"));
        port = freePort();
    }

    String url() {
        return "jdbc:postgresql://127.0.0.1:" + port + "/postgres";
    }

    String password() {
        return password;
    }

    /**
     * Starts the server. Returns when it accepts connections.
     *
     * @throws IOException if the server does not start; the message is that of PostgreSQL
     * @throws CancellationException if {@link #stop} was called before
     */
    void start() throws IOException {
        if (areBinariesOwn) {
            PostgresqlBinaries.unpack(binaries);
        }
        List<String> asUser = asUser();
        if (!Files.exists(data)) {
            initialize(asUser);
        }
        String options = "-p " + port + " -c listen_addresses=127.0.0.1 -c unix_socket_directories=''"
                + (directory.isKept() ? "" : WITHOUT_DURABILITY);
        Process started = launch(command(
                asUser,
                List.of(
                        "sh",
                        "-c",
                        SCRIPT,
                        "sh",
                        binaries.toString(),
                        data.toString(),
                        log.toString(),
                        options,
                        directory.isKept() ? "" : directory.path().toString())));
        if (started.inputReader().readLine() == null) {
            throw new IOException(lastLines());
        }
    }

    /** Stops the server, and deletes a temporary directory. Returns when that is done. */
    void stop() {
        Optional<Process> running;
        synchronized (this) {
            stopped = true;
            running = process;
        }
        if (running.isPresent()) {
            try (OutputStream end = running.get().getOutputStream()) {
                end.flush();
            } catch (IOException e) {
                // The process has already ended.
            }
            try {
                running.get().waitFor(STOP_SECONDS, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        directory.close();
    }

    /** Starts a process, unless {@link #stop} was called. */
    private synchronized Process launch(List<String> command) throws IOException {
        if (stopped) {
            throw new CancellationException("it was stopped before it started");
        }
        Process launched = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .start();
        process = Optional.of(launched);
        return launched;
    }

    /** Creates an empty database. Its directory is renamed at the end, so that an incomplete one is never used. */
    private void initialize(List<String> asUser) throws IOException {
        Path unfinished = home.resolve("data.unfinished");
        LocalDirectory.deleteTree(unfinished);
        List<String> initdb = new ArrayList<>(List.of(
                binaries.resolve("bin/initdb").toString(),
                "--pgdata=" + unfinished,
                "--username=" + USER,
                "--pwfile=" + home.resolve("password"),
                "--auth=scram-sha-256",
                "--encoding=UTF8",
                "--locale-provider=builtin",
                "--builtin-locale=C.UTF-8",
                "--locale=C",
                "--no-instructions"));
        if (!directory.isKept()) {
            initdb.add("--no-sync");
        }
        Process initialization = launch(command(asUser, initdb));
        initialization.getInputStream().transferTo(OutputStream.nullOutputStream());
        if (initialization.onExit().join().exitValue() != 0) {
            throw new IOException(lastLines());
        }
        Files.move(unfinished, data, StandardCopyOption.ATOMIC_MOVE);
    }

    /**
     * Returns the command prefix that prevents PostgreSQL from running as root: a user namespace in which files still
     * belong to root, or the user {@code nobody} if a container forbids namespaces.
     */
    private List<String> asUser() throws IOException {
        if (!isRoot()) {
            return List.of();
        }
        if (succeeds("unshare", "-U", "true")) {
            return List.of("unshare", "-U");
        }
        if (!succeeds("setpriv", "--reuid=" + NOBODY, "true")) {
            throw new IOException(
                    "it does not run as root, and neither `unshare -U` nor `setpriv` works here; use another user");
        }
        give(home);
        return List.of("setpriv", "--reuid=" + NOBODY, "--regid=" + NOBODY, "--clear-groups");
    }

    private void give(Path tree) throws IOException {
        if (!directory.isKept()) {
            // Lets the user `nobody` pass through the temporary directory.
            Files.setPosixFilePermissions(directory.path(), PosixFilePermissions.fromString("rwx--x--x"));
            Files.setAttribute(directory.path(), "unix:uid", NOBODY);
        }
        try (Stream<Path> files = Files.walk(tree)) {
            for (Path file : files.toList()) {
                Files.setAttribute(file, "unix:uid", NOBODY, LinkOption.NOFOLLOW_LINKS);
            }
        }
    }

    private static boolean isRoot() {
        return System.getProperty("user.name").equals("root");
    }

    private static boolean succeeds(String... command) {
        try {
            return new ProcessBuilder(command)
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .onExit()
                            .join()
                            .exitValue()
                    == 0;
        } catch (IOException notInstalled) {
            return false;
        }
    }

    private static List<String> command(List<String> prefix, List<String> command) {
        return Stream.concat(prefix.stream(), command.stream()).toList();
    }

    private String lastLines() throws IOException {
        List<String> lines = Files.readAllLines(log);
        return String.join("\n", lines.subList(Math.max(0, lines.size() - LOG_LINES), lines.size()));
    }

    /** Returns the password with which the database in a kept directory was created, or a new one. */
    private static String findOrMakePassword(Path file) throws IOException {
        if (!Files.exists(file)) {
            byte[] random = new byte[PASSWORD_BYTES];
            new SecureRandom().nextBytes(random);
            Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            Files.writeString(file, HexFormat.of().formatHex(random));
        }
        return Files.readString(file);
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
