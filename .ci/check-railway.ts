// Evaluates .railway/railway.ts as the Railway CLI does, and looks at what it asks for; .ci/check-deploy runs it.
import assert from "node:assert/strict";
import { createRailwayContext, project } from "railway/iac";
import type { ResourceNode, ServiceNode } from "railway/iac";
import program from "./.railway/railway.js";

function find<T extends ResourceNode["type"]>(resources: ResourceNode[], type: T, name: string) {
  const found = resources.find(resource => resource.type === type && resource.name === name);
  assert.ok(found, `there is no ${type} called ${name}`);
  return found as Extract<ResourceNode, { type: T }>;
}

async function main() {
  const definition = await program(createRailwayContext({ environment: "production" }), project);
  const resources = (definition.resources ?? []).flat();
  const database = find(resources, "database", "postgres");
  const drydock: ServiceNode = find(resources, "service", "drydock");
  const variables = drydock.variables ?? {};

  assert.equal(definition.name, "drydock");
  assert.equal(database.engine, "postgres");
  assert.equal(drydock.build?.dockerfilePath, "Dockerfile.native");
  assert.equal(drydock.deploy?.healthcheckPath, "/q/health/ready");
  assert.ok((drydock.deploy?.drainingSeconds ?? 0) > 20, "a cycle under way has no time to end");
  assert.equal(drydock.deploy?.sleepApplication, false);
  assert.deepEqual(variables.DATABASE_URL, { type: "reference", resource: database.address, output: "DATABASE_URL" });
  assert.deepEqual(variables.PORT, { type: "literal", value: "8080" });
  for (const [name, value] of Object.entries(variables)) {
    assert.ok(!/KEY|TOKEN|PASSWORD/.test(name) || value.type === "preserve", `${name} stands in the file`);
  }
}

void main();
