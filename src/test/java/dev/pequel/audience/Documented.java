package dev.pequel.audience;

/** The bodies of the contract's samples, as one sends them. */
final class Documented {

    static final String DEFINITION = """
            {
              "name": "People who ordered in the last 30 days",
              "profileInstanceId": "ups",
              "description": "Last 30 days",
              "type": "SegmentDefinition",
              "expression": {
                "type": "PQL",
                "format": "pql/text",
                "value": "workAddress.country = \\"US\\""
              },
              "schema": {
                "name": "_xdm.context.profile"
              },
              "labels": [
                "core/C1"
              ]
            }
            """;

    static final String EXTERNAL = """
            {
              "audienceId": "test-external-audience-id",
              "name": "externalSegment1",
              "namespace": "aam",
              "description": "Last 30 days",
              "type": "ExternalSegment",
              "datasetId": "6254cf3c97f8e31b639fb14d",
              "labels": [
                "core/C1"
              ]
            }
            """;

    private Documented() {}
}
