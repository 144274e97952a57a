package dev.pequel.export;

import dev.pequel.export.ExportRequest.AudienceChoice;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;

/**
 * Profiles that an export job writes into one folder.
 *
 * @param id the name of the folder, 32 hexadecimal digits
 * @param audiences the audiences whose profiles these are; none for all profiles
 */
record ExportBatch(String id, List<AudienceChoice> audiences) {

    ExportBatch {
        audiences = List.copyOf(audiences);
    }

    /** The batches of a job; always the same for one job, so that each attempt finds what an earlier one has left. */
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
