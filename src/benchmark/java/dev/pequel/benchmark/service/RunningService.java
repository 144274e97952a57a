package dev.pequel.benchmark.service;

import dev.pequel.benchmark.JsonClient;
import dev.pequel.benchmark.ProcessMemory;
import java.io.IOException;

/** A service that has sent its first response. */
final class RunningService implements AutoCloseable {

    private static final double MEBIBYTE = 1 << 20;

    private final ServicePackage service;
    private final Process process;
    private final String address;
    private final double startMillis;
    private final JsonClient client;

    /** @param startMillis from the start of the process to its first response */
    RunningService(ServicePackage service, Process process, int port, double startMillis) {
        this.service = service;
        this.process = process;
        this.address = "http://localhost:" + port;
        this.startMillis = startMillis;
        this.client = new JsonClient(address);
    }

    ServicePackage service() {
        return service;
    }

    String address() {
        return address;
    }

    double startMillis() {
        return startMillis;
    }

    JsonClient client() {
        return client;
    }

    /** Resident memory of the process. */
    double residentMebibytes() throws IOException {
        return new ProcessMemory(process.pid())
                        .resident()
                        .orElseThrow(() -> new IOException("/proc is needed to measure the memory of a process"))
                / MEBIBYTE;
    }

    @Override
    public void close() throws InterruptedException {
        client.close();
        process.destroy();
        process.waitFor();
    }
}
