package dev.pequel.benchmark.scale;

import com.sun.tools.attach.AttachNotSupportedException;
import com.sun.tools.attach.VirtualMachine;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import javax.management.remote.JMXConnector;
import javax.management.remote.JMXConnectorFactory;
import javax.management.remote.JMXServiceURL;

/** Samples the heap of another Java virtual machine on this computer. */
final class HeapMemory implements AutoCloseable {

    private static final int INTERVAL_MILLIS = 100;

    private final JMXConnector connector;
    private final MemoryMXBean heap;
    private final ScheduledExecutorService sampler = Executors.newSingleThreadScheduledExecutor();
    private volatile long peak;

    /** @param pid the number of the virtual machine's process */
    HeapMemory(long pid) throws IOException {
        try {
            VirtualMachine machine = VirtualMachine.attach(String.valueOf(pid));
            connector = JMXConnectorFactory.connect(new JMXServiceURL(machine.startLocalManagementAgent()));
            machine.detach();
        } catch (AttachNotSupportedException e) {
            throw new IOException(e);
        }
        heap = ManagementFactory.getPlatformMXBean(connector.getMBeanServerConnection(), MemoryMXBean.class);
        sampler.scheduleWithFixedDelay(
                () -> peak = Math.max(peak, heap.getHeapMemoryUsage().getUsed()),
                0,
                INTERVAL_MILLIS,
                TimeUnit.MILLISECONDS);
    }

    /** The maximum of the heap in use, in bytes, garbage included. */
    long peak() {
        return peak;
    }

    /** The heap in use after a garbage collection, in bytes. */
    long live() {
        heap.gc();
        return heap.getHeapMemoryUsage().getUsed();
    }

    @Override
    public void close() throws IOException {
        sampler.shutdownNow();
        connector.close();
    }
}
