package dev.pequel.benchmark.scale;

import dev.pequel.OwnPostgresql;
import dev.pequel.PackagedService;
import dev.pequel.benchmark.ProcessMemory;
import dev.pequel.benchmark.Report;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The packaged service on a JVM while it is measured: a client of it, its memory, and the snapshots that its log
 * reports.
 */
final class MeasuredService implements AutoCloseable {

    private static final Pattern SNAPSHOT = Pattern.compile(
            "Read the snapshot of sandbox \\d+ in ([\\d.]+) s: ([\\d,.]+) profiles, ([\\d,.]+) events, ([\\d,.]+) bytes");

    /** A line of the log about a snapshot that was read. */
    record SnapshotReading(String seconds, long profiles, long bytes) {}

    private final PackagedService process;
    private final BlockingQueue<SnapshotReading> snapshots;
    private final AudienceClient client;
    private final HeapMemory heap;
    private final ProcessMemory memory;

    private MeasuredService(PackagedService process, BlockingQueue<SnapshotReading> snapshots) throws IOException {
        this.process = process;
        this.snapshots = snapshots;
        this.client = new AudienceClient(process.address());
        this.heap = new HeapMemory(process.pid());
        this.memory = new ProcessMemory(process.pid());
    }

    /** @param maximumHeap as in {@code -Xmx} */
    static MeasuredService start(OwnPostgresql database, String maximumHeap) throws IOException {
        Map<String, String> settings = new HashMap<>(database.settings());
        settings.put("pequel.segmentation.schedule", "off");
        BlockingQueue<SnapshotReading> snapshots = new LinkedBlockingQueue<>();
        return new MeasuredService(
                PackagedService.start(settings, List.of("-Xmx" + maximumHeap), line -> read(line, snapshots)),
                snapshots);
    }

    private static void read(String line, BlockingQueue<SnapshotReading> snapshots) {
        Matcher snapshot = SNAPSHOT.matcher(line);
        if (snapshot.find()) {
            snapshots.add(new SnapshotReading(snapshot.group(1), whole(snapshot.group(2)), whole(snapshot.group(4))));
        }
        if (line.contains("INFO") || line.contains("WARN") || line.contains("ERROR")) {
            System.out.println("    " + line);
        }
    }

    private static long whole(String text) {
        return Long.parseLong(text.replaceAll("\\D", ""));
    }

    AudienceClient client() {
        return client;
    }

    HeapMemory heap() {
        return heap;
    }

    /** Waits for a snapshot that is read from now on, which {@code trigger} causes. */
    SnapshotReading snapshotAfter(Trigger trigger) throws IOException, InterruptedException {
        snapshots.clear();
        trigger.run();
        return snapshots.take();
    }

    /** A request that makes the service read a snapshot. */
    interface Trigger {
        void run() throws IOException, InterruptedException;
    }

    void reportPeaks(Report report, String when) throws IOException {
        report.note("memory " + when + ", resident", Report.mebibytes(memory.peakResident()));
        report.note("  heap, garbage included", Report.mebibytes(OptionalLong.of(heap.peak())));
    }

    @Override
    public void close() throws IOException, InterruptedException {
        heap.close();
        client.close();
        process.close();
    }
}
