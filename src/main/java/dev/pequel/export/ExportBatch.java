package dev.pequel.export;

import dev.pequel.export.ExportRequest.AudienceChoice;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;

/**
 * Profiles that an export job writes into one folder.
 *
 * @param id name of the folder, 32 hexadecimal digits
 * @param audiences the audiences whose profiles are written; empty for all profiles
 */
record ExportBatch(String id, List<AudienceChoice> audiences) {

    ExportBatch {
        audiences = List.copyOf(audiences);
    }

    /**
     * The batches of a job. They are the same in each attempt, so that an attempt finds the files of an earlier one.
     */
    static List<ExportBatch> of(UUID job, ExportRequest request) {
        if (!request.segmentPerBatch()) {
            return List.of(new ExportBatch(digits(job), request.audiences()));
        }
        return request.audiences().stream()
                .map(audience -> new ExportBatch(digits(ofAudience(job, audience.id())), List.of(audience)))
                .toList();
    }

    private static UUID ofAudience(UUID job, UUID audience) {
        return UUID.nameUUIDFromBytes((job + " " + audience).getBytes(StandardCharsets.UTF_8));
    }

    private static String digits(UUID id) {
        return id.toString().replace("-", "");
    }
}
