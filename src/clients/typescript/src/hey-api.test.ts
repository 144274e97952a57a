import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { test } from "node:test";
import { client } from "../generated/hey-api/client.gen.js";
import * as pequel from "../generated/hey-api/index.js";

client.setConfig({
  baseUrl: process.env["PEQUEL_ADDRESS"]!,
  headers: { "x-sandbox-name": `hey-api-${randomUUID()}` },
});

test("@hey-api/openapi-ts", async () => {
  const created: pequel.Audience = answered(
    await pequel.createAudience({
      body: { name: "People in the US", expression: { value: 'homeAddress.countryCode = "US"' }, tags: ["clients"] },
    }),
  );
  assert.equal(created.name, "People in the US");
  assert.equal(created.lifecycle, "active");
  const creationTime: number = created.creationTime;
  assert.equal(typeof creationTime, "number");
  const id = created.id;

  const read = answered(await pequel.getAudience({ path: { id }, query: { withMetrics: true } }));
  assert.equal(read.id, id);
  assert.equal(read.metrics?.data?.totalProfiles, 0);

  const listed = answered(
    await pequel.listAudiences({ query: { limit: 10, property: ["name==People in the US"] } }),
  );
  assert.deepEqual(listed.children.map((child) => child.id), [id]);
  assert.equal(listed._page.totalCount, 1);

  const patched = answered(
    await pequel.patchAudience({
      path: { id },
      body: [{ op: "add", path: "/description", value: "By their home address" }],
    }),
  );
  assert.equal(patched.description, "By their home address");

  const replaced = answered(
    await pequel.updateAudience({
      path: { id },
      headers: { "If-Match": patched._etag },
      body: { name: "People in Canada", expression: { value: 'homeAddress.countryCode = "CA"' }, ttlInDays: 30 },
    }),
  );
  assert.equal(replaced.name, "People in Canada");
  assert.equal(replaced.ttlInDays, 30);

  const unknown = randomUUID();
  const bulk = answered(await pequel.bulkGetAudiences({ body: { ids: [{ id }, { id: unknown }] } }));
  const found = bulk.results[id]!;
  assert.ok("name" in found);
  assert.equal(found.name, "People in Canada");
  const missing = bulk.results[unknown]!;
  assert.ok("errors" in missing);
  assert.equal(missing.errors["404"]?.[0]?.code, "not-found");

  const job = answered(await pequel.createSegmentJob({ body: [{ segmentId: id }] }));
  assert.deepEqual(job.segments.map((segment) => segment.segmentId), [id]);

  const followed = answered(await pequel.getSegmentJob({ path: { id: job.id } }));
  assert.equal(followed.id, job.id);
  assert.ok(["NEW", "PROCESSING", "SUCCEEDED"].includes(followed.status));

  const definitions = answered(await pequel.listSegmentDefinitions({ query: { limit: 10 } }));
  assert.deepEqual(definitions.segments.map((segment) => segment.name), ["People in Canada"]);
  assert.equal(definitions.page.totalCount, 1);

  const checked = answered(await pequel.checkExpression({ body: { expression: { value: 'person.name.firstName.startWith("Jo")' } } }));
  assert.equal(checked.valid, false);
  assert.equal(checked.diagnostics?.[0]?.severity, "error");
  assert.equal(checked.diagnostics?.[0]?.line, 1);

  const refused = await pequel.createAudience({
    body: { name: "Wrong", expression: { value: 'person.name.firstName.startWith("Jo")' } },
  });
  assert.equal(refused.data, undefined);
  assert.equal(refused.error?.status, 400);
  assert.equal(refused.error?.diagnostics?.[0]?.suggestion, "startsWith");

  const deleted = await pequel.deleteAudience({ path: { id } });
  assert.equal(deleted.response?.status, 204);
});

function answered<T>(result: { data: T | undefined; error: unknown }): T {
  assert.ok(result.data, JSON.stringify(result.error));
  return result.data;
}
