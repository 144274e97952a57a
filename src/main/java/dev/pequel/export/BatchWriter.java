package dev.pequel.export;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pequel.export.ExportFiles.Place;
import dev.pequel.export.MeasuredOutput.Budget;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;

/** Writes the files of a batch: profiles, events if they are requested, and finally the manifest. */
final class BatchWriter implements AutoCloseable {

    private static final String MANIFEST = "manifest.json";
    private static final int BUFFER = 1 << 16;

    private final ExportFiles files;
    private final Place place;
    private final Budget budget;
    private final ObjectMapper json;
    private final List<Part> parts = new ArrayList<>();
    private final List<ExportedFile> written = new ArrayList<>();

    /** A file of the batch, with one record per line. */
    final class Part {
        private final String name;
        private final Format format;
        private final MeasuredOutput out;
        private final ProfileLines lines;
        private long records;

        private Part(String name, Format format, List<String> columns) throws IOException {
            this.name = name + "." + format.word();
            this.format = format;
            out = new MeasuredOutput(new BufferedOutputStream(files.create(place, this.name), BUFFER), budget);
            try {
                lines = switch (format) {
                    case NDJSON -> new ProfileLines.Ndjson(json, out);
                    case CSV -> new ProfileLines.Csv(columns, out);
                };
            } catch (IOException e) {
                out.close();
                throw e;
            }
        }

        void add(ProfileLines.Document document) {
            try {
                lines.add(document);
            } catch (IOException e) {
                throw new WriteFailure(e);
            }
            records++;
        }

        private ExportedFile end() throws IOException {
            lines.close();
            return new ExportedFile(place.batchId(), name, format.mediaType(), out.size(), records);
        }
    }

    /** Creates the folder of the batch. */
    BatchWriter(ExportFiles files, Place place, Budget budget, ObjectMapper json) throws IOException {
        this.files = files;
        this.place = place;
        this.budget = budget;
        this.json = json;
        files.begin(place);
    }

    /** Starts a file of profiles. */
    Part profiles(Format format, List<String> columns) throws IOException {
        return begin("part-00000", format, columns);
    }

    /** Starts a file of events, which are always NDJSON. */
    Part events() throws IOException {
        return begin("events-00000", Format.NDJSON, List.of());
    }

    private Part begin(String name, Format format, List<String> columns) throws IOException {
        Part part = new Part(name, format, columns);
        parts.add(part);
        return part;
    }

    /**
     * Ends the files and writes the manifest.
     *
     * @param description the first properties of the manifest
     */
    List<ExportedFile> end(ObjectNode description) throws IOException {
        for (Part part : parts) {
            written.add(part.end());
        }
        ObjectNode manifest = JsonNodeFactory.instance.objectNode();
        manifest.setAll(description);
        ArrayNode list = manifest.putArray("files");
        written.forEach(file -> list.add(file.json().without("batchId")));
        try (OutputStream out = new MeasuredOutput(files.create(place, MANIFEST), budget)) {
            out.write(json.writeValueAsBytes(manifest));
        }
        return List.copyOf(written);
    }

    /** Closes files that were not ended. */
    @Override
    public void close() throws IOException {
        for (Part part : parts) {
            part.out.close();
        }
    }
}
