package dev.pequel.audience;

import dev.pequel.audience.AudienceContent.External;
import jakarta.persistence.Embeddable;
import java.util.Optional;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;

/** The columns that only external audiences have; each may be null. */
@Embeddable
class ExternalColumns {

    String datasetId;

    /** Any JSON. */
    @JdbcTypeCode(SqlTypes.JSON)
    String audienceMeta;

    /** Any JSON. */
    @JdbcTypeCode(SqlTypes.JSON)
    String linkedAudienceRef;

    /** @param before the stored columns. JSON that is written in another way but equal to what is stored stays as it is. */
    static ExternalColumns of(External external, Optional<ExternalColumns> before) {
        ExternalColumns columns = new ExternalColumns();
        columns.datasetId = external.datasetId().orElse(null);
        columns.audienceMeta = present(before.map(stored -> stored.audienceMeta), external.audienceMeta());
        columns.linkedAudienceRef =
                present(before.map(stored -> stored.linkedAudienceRef), external.linkedAudienceRef());
        return columns;
    }

    private static String present(Optional<String> before, Optional<String> json) {
        boolean equal = before.map(AudienceDocument::tree).equals(json.map(AudienceDocument::tree));
        return (equal ? before : json).orElse(null);
    }
}
