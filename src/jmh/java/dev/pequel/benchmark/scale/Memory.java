package dev.pequel.benchmark.scale;

import com.sun.tools.attach.AttachNotSupportedException;
import com.sun.tools.attach.VirtualMachine;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import javax.management.remote.JMXConnector;
import javax.management.remote.JMXConnectorFactory;
import javax.management.remote.JMXServiceURL;

/** Watches the memory of another virtual machine on this computer. */
final class Memory implements AutoCloseable {

    private static final int INTERVAL_MILLIS = 100;

    private final long pid;
    private final JMXConnector connector;
    private final MemoryMXBean heap;
    private final ScheduledExecutorService watch = Executors.newSingleThreadScheduledExecutor();
    private volatile long peak;

    Memory(long pid) throws IOException {
        this.pid = pid;
        try {
            VirtualMachine machine = VirtualMachine.attach(String.valueOf(pid));
            connector = JMXConnectorFactory.connect(new JMXServiceURL(machine.startLocalManagementAgent()));
            machine.detach();
        } catch (AttachNotSupportedException e) {
            throw new IOException(e);
        }
        heap = ManagementFactory.getPlatformMXBean(connector.getMBeanServerConnection(), MemoryMXBean.class);
        watch.scheduleWithFixedDelay(
                () -> peak = Math.max(peak, heap.getHeapMemoryUsage().getUsed()),
                0,
                INTERVAL_MILLIS,
                TimeUnit.MILLISECONDS);
    }

    /** Most bytes of heap in use at a time, garbage included. */
    long peakHeap() {
        return peak;
    }

    /** Bytes of heap in use without garbage. */
    long liveHeap() {
        heap.gc();
        return heap.getHeapMemoryUsage().getUsed();
    }

    /** Most bytes resident at a time; empty where the operating system does not tell. */
    OptionalLong peakResident() throws IOException {
        Path status = Path.of("/proc", String.valueOf(pid), "status");
        if (!Files.exists(status)) {
            return OptionalLong.empty();
        }
        try (var lines = Files.lines(status)) {
            return lines.filter(line -> line.startsWith("VmHWM:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) * 1024)
                    .findFirst();
        }
    }

    @Override
    public void close() throws IOException {
        watch.shutdownNow();
        connector.close();
    }
}
