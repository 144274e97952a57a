package dev.pequel.benchmark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;

/**
 * Reads the resident memory of a process from {@code /proc}. Values are bytes, and empty on an operating system without
 * {@code /proc}.
 */
public final class ProcessMemory {

    private final Path status;

    /** @param pid the number of the process */
    public ProcessMemory(long pid) {
        this.status = Path.of("/proc", String.valueOf(pid), "status");
    }

    /** Resident memory now. */
    public OptionalLong resident() throws IOException {
        return read("VmRSS:");
    }

    /** The maximum of resident memory since the start of the process. */
    public OptionalLong peakResident() throws IOException {
        return read("VmHWM:");
    }

    private OptionalLong read(String field) throws IOException {
        if (!Files.exists(status)) {
            return OptionalLong.empty();
        }
        try (var lines = Files.lines(status)) {
            return lines.filter(line -> line.startsWith(field))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) * 1024)
                    .findFirst();
        }
    }
}
