import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { test } from "node:test";
import createClient from "openapi-fetch";
import type { components, paths } from "../generated/openapi-typescript.js";

type Audience = components["schemas"]["Audience"];

const client = createClient<paths>({
  baseUrl: process.env["PEQUEL_ADDRESS"]!,
  headers: { "x-sandbox-name": `openapi-fetch-${randomUUID()}` },
});

const audiences = "/data/core/ups/audiences";
const audience = "/data/core/ups/audiences/{id}";

test("openapi-typescript with openapi-fetch", async () => {
  const created: Audience = answered(
    await client.POST(audiences, {
      body: { name: "People in the US", expression: { value: 'homeAddress.countryCode = "US"' }, tags: ["clients"] },
    }),
  );
  assert.equal(created.name, "People in the US");
  assert.equal(created.lifecycle, "active");
  const creationTime: number = created.creationTime;
  assert.equal(typeof creationTime, "number");
  const id = created.id;

  const read = answered(await client.GET(audience, { params: { path: { id }, query: { withMetrics: true } } }));
  assert.equal(read.id, id);
  assert.equal(read.metrics?.data?.totalProfiles, 0);

  const listed = answered(
    await client.GET(audiences, { params: { query: { limit: 10, property: ["name==People in the US"] } } }),
  );
  assert.deepEqual(listed.children.map((child) => child.id), [id]);
  assert.equal(listed._page.totalCount, 1);

  const patched = answered(
    await client.PATCH(audience, {
      params: { path: { id } },
      body: [{ op: "add", path: "/description", value: "By their home address" }],
    }),
  );
  assert.equal(patched.description, "By their home address");

  const replaced = answered(
    await client.PUT(audience, {
      params: { path: { id }, header: { "If-Match": patched._etag } },
      body: { name: "People in Canada", expression: { value: 'homeAddress.countryCode = "CA"' }, ttlInDays: 30 },
    }),
  );
  assert.equal(replaced.name, "People in Canada");
  assert.equal(replaced.ttlInDays, 30);

  const unknown = randomUUID();
  const bulk = answered(
    await client.POST("/data/core/ups/audiences/bulk-get", { body: { ids: [{ id }, { id: unknown }] } }),
  );
  const found = bulk.results[id]!;
  assert.ok("name" in found);
  assert.equal(found.name, "People in Canada");
  const missing = bulk.results[unknown]!;
  assert.ok("errors" in missing);
  assert.equal(missing.errors["404"]?.[0]?.code, "not-found");

  const job = answered(await client.POST("/data/core/ups/segment/jobs", { body: [{ segmentId: id }] }));
  assert.deepEqual(job.segments.map((segment) => segment.segmentId), [id]);

  const followed = answered(
    await client.GET("/data/core/ups/segment/jobs/{id}", { params: { path: { id: job.id } } }),
  );
  assert.equal(followed.id, job.id);
  assert.ok(["NEW", "PROCESSING", "SUCCEEDED"].includes(followed.status));

  const definitions = answered(
    await client.GET("/data/core/ups/segment/definitions", { params: { query: { limit: 10 } } }),
  );
  assert.deepEqual(definitions.segments.map((segment) => segment.name), ["People in Canada"]);
  assert.equal(definitions.page.totalCount, 1);

  const checked = answered(
    await client.POST("/data/core/ups/pql/check", { body: { expression: { value: 'person.name.firstName.startWith("Jo")' } } }),
  );
  assert.equal(checked.valid, false);
  assert.equal(checked.diagnostics?.[0]?.severity, "error");
  assert.equal(checked.diagnostics?.[0]?.line, 1);

  const refused = await client.POST(audiences, {
    body: { name: "Wrong", expression: { value: 'person.name.firstName.startWith("Jo")' } },
  });
  assert.equal(refused.data, undefined);
  assert.equal(refused.error?.status, 400);
  assert.equal(refused.error?.diagnostics?.[0]?.suggestion, "startsWith");

  const deleted = await client.DELETE(audience, { params: { path: { id } } });
  assert.equal(deleted.response.status, 204);
});

function answered<T>(result: { data?: T; error?: components["schemas"]["Error"]; response: Response }): T {
  assert.ok(result.data, JSON.stringify(result.error));
  return result.data;
}
