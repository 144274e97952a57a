package dev.pequel.export;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.pequel.answer.Href;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** The files of an export job that has succeeded, in the JSON of the API. */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
@Schema(name = "ExportedFiles")
record ExportedFileList(List<Entry> records) {

    /** A file and where to download it. */
    @JsonInclude(JsonInclude.Include.NON_ABSENT)
    @Schema(name = "ExportedFile")
    record Entry(
            @Schema(examples = "da5cfb4de32c4b93a09f7e37fa53ad52")
            String batchId,

            @Schema(examples = "part-00000.ndjson") String name,
            @Schema(examples = "application/x-ndjson") String mediaType,

            @Schema(description = "In bytes.", examples = "1048576")
            long size,

            @Schema(description = "Profiles or events in the file.", examples = "3692")
            long records,

            @JsonProperty("_links") Links links) {}

    /** The link of a file. */
    @JsonInclude(JsonInclude.Include.NON_ABSENT)
    @Schema(name = "ExportedFileLinks")
    record Links(
            @Schema(
                    examples =
                            "{\"href\": \"/export/jobs/7/files/part-00000.ndjson?batchId=da5cfb4de32c4b93a09f7e37fa53ad52\","
                                    + " \"method\": \"GET\"}")
            Href download) {}

    static ExportedFileList of(ExportJob job) {
        return new ExportedFileList(job.files().stream()
                .map(file -> new Entry(
                        file.batchId(), file.name(), file.mediaType(), file.size(), file.records(), links(job, file)))
                .toList());
    }

    private static Links links(ExportJob job, ExportedFile file) {
        return new Links(
                Href.get(ExportJobDocument.path(job) + "/files/" + file.name() + "?batchId=" + file.batchId()));
    }
}
