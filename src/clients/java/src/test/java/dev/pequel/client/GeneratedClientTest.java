package dev.pequel.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pequel.client.api.AudiencesApi;
import dev.pequel.client.api.ExpressionsApi;
import dev.pequel.client.api.SegmentDefinitionsApi;
import dev.pequel.client.api.SegmentJobsApi;
import dev.pequel.client.model.Audience;
import dev.pequel.client.model.AudienceInput;
import dev.pequel.client.model.AudienceList;
import dev.pequel.client.model.BulkAudiences;
import dev.pequel.client.model.BulkRequest;
import dev.pequel.client.model.BulkRequestIdsInner;
import dev.pequel.client.model.CheckAnswer;
import dev.pequel.client.model.CheckRequest;
import dev.pequel.client.model.Diagnostic;
import dev.pequel.client.model.Error;
import dev.pequel.client.model.Expression;
import dev.pequel.client.model.JsonPatchInner;
import dev.pequel.client.model.SegmentDefinition;
import dev.pequel.client.model.SegmentDefinitionList;
import dev.pequel.client.model.SegmentJob;
import dev.pequel.client.model.SegmentReference;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Calls of the generated client, to the service at the address in {@code PEQUEL_ADDRESS}. */
class GeneratedClientTest {

    private static final String NO_ORGANIZATION = null;
    private static final String NO_KEY = null;
    private static final String NO_TAG = null;

    private final String sandbox = "java-" + UUID.randomUUID();
    private final ApiClient client = new ApiClient();
    private final AudiencesApi audiences;
    private final SegmentJobsApi jobs;
    private final SegmentDefinitionsApi definitions;
    private final ExpressionsApi expressions;

    GeneratedClientTest() {
        client.updateBaseUri(System.getenv("PEQUEL_ADDRESS"));
        audiences = new AudiencesApi(client);
        jobs = new SegmentJobsApi(client);
        definitions = new SegmentDefinitionsApi(client);
        expressions = new ExpressionsApi(client);
    }

    @Test
    void itsCallsSucceed() throws Exception {
        Audience created = audiences.createAudience(
                new AudienceInput()
                        .name("People in the US")
                        .expression(new Expression().value("homeAddress.countryCode = \"US\""))
                        .addTagsItem("clients"),
                NO_ORGANIZATION,
                sandbox,
                NO_KEY);
        assertEquals("People in the US", created.getName());
        assertEquals(Audience.LifecycleEnum.ACTIVE, created.getLifecycle());
        assertTrue(created.getCreationTime() > 0);
        String id = created.getId();

        Audience read = audiences.getAudience(id, NO_TAG, true, NO_ORGANIZATION, sandbox, NO_KEY);
        assertEquals(id, read.getId());
        assertEquals(0, read.getMetrics().getData().getTotalProfiles());

        AudienceList listed = audiences.listAudiences(
                null, 10, null, List.of("name==People in the US"), null, null, null, NO_ORGANIZATION, sandbox, NO_KEY);
        assertEquals(
                List.of(id), listed.getChildren().stream().map(Audience::getId).toList());
        assertEquals(1, listed.getPage().getTotalCount());

        Audience patched = audiences.patchAudience(
                id,
                List.of(new JsonPatchInner()
                        .op(JsonPatchInner.OpEnum.ADD)
                        .path("/description")
                        .value("By their home address")),
                NO_TAG,
                NO_ORGANIZATION,
                sandbox,
                NO_KEY);
        assertEquals("By their home address", patched.getDescription());

        Audience replaced = audiences.updateAudience(
                id,
                new AudienceInput()
                        .name("People in Canada")
                        .expression(new Expression().value("homeAddress.countryCode = \"CA\""))
                        .ttlInDays(30),
                patched.getEtag(),
                NO_ORGANIZATION,
                sandbox,
                NO_KEY);
        assertEquals("People in Canada", replaced.getName());
        assertEquals(30, replaced.getTtlInDays());

        BulkAudiences bulk = audiences.bulkGetAudiences(
                new BulkRequest().addIdsItem(new BulkRequestIdsInner().id(id)), NO_ORGANIZATION, sandbox, NO_KEY);
        assertEquals("People in Canada", bulk.getResults().get(id).getAudience().getName());

        SegmentJob job =
                jobs.createSegmentJob(List.of(new SegmentReference().segmentId(id)), NO_ORGANIZATION, sandbox, NO_KEY);
        assertEquals(id, job.getSegments().getFirst().getSegmentId());

        SegmentJob followed = jobs.getSegmentJob(job.getId(), NO_ORGANIZATION, sandbox, NO_KEY);
        assertEquals(job.getId(), followed.getId());
        assertEquals(job.getCreationTime(), followed.getCreationTime());

        SegmentDefinitionList all = definitions.listSegmentDefinitions(
                null, 10, null, null, null, null, null, NO_ORGANIZATION, sandbox, NO_KEY);
        assertEquals(
                List.of("People in Canada"),
                all.getSegments().stream().map(SegmentDefinition::getName).toList());
        assertEquals(1, all.getPage().getTotalCount());

        CheckAnswer checked =
                expressions.checkExpression(new CheckRequest().expression(wrong()), NO_ORGANIZATION, sandbox, NO_KEY);
        assertFalse(checked.getValid());
        assertEquals(
                Diagnostic.SeverityEnum.ERROR,
                checked.getDiagnostics().getFirst().getSeverity());

        ApiException refused = assertThrows(
                ApiException.class,
                () -> audiences.createAudience(
                        new AudienceInput().name("Wrong").expression(wrong()), NO_ORGANIZATION, sandbox, NO_KEY));
        Error error = client.getObjectMapper().readValue(refused.getResponseBody(), Error.class);
        assertEquals(400, refused.getCode());
        assertEquals(400, error.getStatus());
        assertEquals("startsWith", error.getDiagnostics().getFirst().getSuggestion());

        audiences.deleteAudience(id, NO_TAG, NO_ORGANIZATION, sandbox, NO_KEY);
        assertEquals(
                404,
                assertThrows(
                                ApiException.class,
                                () -> audiences.getAudience(id, NO_TAG, false, NO_ORGANIZATION, sandbox, NO_KEY))
                        .getCode());
    }

    private static Expression wrong() {
        return new Expression().value("person.name.firstName.startWith(\"Jo\")");
    }
}
