package dev.pequel.export;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.core.util.MinimalPrettyPrinter;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SequenceWriter;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.dataformat.csv.CsvGenerator;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import dev.pequel.column.StoredJson;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Writes documents to a file, one per line. */
interface ProfileLines extends AutoCloseable {

    /** Writes one JSON document to a generator. */
    interface Document {
        void writeTo(JsonGenerator generator) throws IOException;
    }

    void add(Document document) throws IOException;

    /** Ends the file. */
    @Override
    void close() throws IOException;

    /** One JSON document per line. */
    final class Ndjson implements ProfileLines {

        private final JsonGenerator generator;

        Ndjson(ObjectMapper json, OutputStream out) throws IOException {
            generator = json.createGenerator(out);
            generator.setPrettyPrinter(new MinimalPrettyPrinter(""));
        }

        @Override
        public void add(Document document) throws IOException {
            document.writeTo(generator);
            generator.writeRaw('\n');
        }

        @Override
        public void close() throws IOException {
            generator.close();
        }
    }

    /**
     * RFC 4180. Columns are fields of the documents. A list or an object is written as JSON; a missing value, null and
     * an empty string are written as an empty field.
     */
    final class Csv implements ProfileLines {

        /** Keeps all digits of numbers. */
        private final JsonMapper exact = JsonMapper.builder(StoredJson.factory())
                .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
                .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
                .enable(StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN)
                .build();

        private final List<String> columns;
        private final SequenceWriter rows;

        Csv(List<String> columns, OutputStream out) throws IOException {
            this.columns = columns;
            CsvMapper csv = CsvMapper.csvBuilder()
                    .enable(CsvGenerator.Feature.STRICT_CHECK_FOR_QUOTING)
                    .build();
            CsvSchema schema = CsvSchema.builder()
                    .addColumns(columns, CsvSchema.ColumnType.STRING)
                    .setLineSeparator("\r\n")
                    .build();
            rows = csv.writer(schema).writeValues(out);
            // A header that is set in the schema is not written when there are no rows.
            rows.write(columns.stream().collect(Collectors.toMap(column -> column, column -> column)));
        }

        @Override
        public void add(Document document) throws IOException {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            try (JsonGenerator generator = exact.createGenerator(bytes)) {
                document.writeTo(generator);
            }
            JsonNode tree = exact.readTree(bytes.toByteArray());
            // A map, because Jackson leaves out nulls of a list.
            Map<String, String> row = new HashMap<>();
            for (String column : columns) {
                cell(at(tree, column)).ifPresent(cell -> row.put(column, cell));
            }
            rows.write(row);
        }

        private static JsonNode at(JsonNode tree, String path) {
            JsonNode value = tree;
            for (String step : path.split("\\.", -1)) {
                value = value.path(step);
            }
            return value;
        }

        private Optional<String> cell(JsonNode value) throws IOException {
            return switch (value.getNodeType()) {
                case MISSING, NULL -> Optional.empty();
                case OBJECT, ARRAY -> Optional.of(exact.writeValueAsString(value));
                case NUMBER -> Optional.of(value.decimalValue().toPlainString());
                default -> Optional.of(value.asText());
            };
        }

        @Override
        public void close() throws IOException {
            rows.close();
        }
    }
}
