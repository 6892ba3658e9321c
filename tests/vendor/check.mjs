// Reads [{"kind": "slack message", "body": {…}}, …] and writes what the vendors' own schemas refuse, one line each.
import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import Ajv2020 from "ajv/dist/2020.js";
import * as discord from "discord-api-spec/zod";
import { createGenerator } from "ts-json-schema-generator";

const here = dirname(fileURLToPath(import.meta.url));
const schema = createGenerator({
  path: join(here, "outgoing.ts"),
  type: "Outgoing",
  skipTypeCheck: true,
}).createSchema("Outgoing");
delete schema.$schema; // it says draft 7, where a $ref hides what stands beside it
schema.$id = "outgoing";

const ajv = new Ajv2020({ strict: false, allErrors: false });
ajv.addSchema(schema);
const ofSlack = (name) => {
  const check = ajv.compile({ $ref: `outgoing#/definitions/${name}` });
  return (body) => (check(body) ? "" : ajv.errorsText(check.errors.slice(-3)));
};
const ofDiscord = (name) => (body) => {
  const read = discord[name].safeParse(body);
  return read.success ? "" : JSON.stringify(read.error.issues).slice(0, 600);
};
const checks = {
  "slack message": ofSlack("Message"),
  "slack modal": ofSlack("ModalView"),
  "slack home": ofSlack("HomeView"),
  "discord message": ofDiscord("MessageCreateRequestSchema"),
  "discord edit": ofDiscord("MessageEditRequestPartialSchema"),
  "discord modal": ofDiscord("ModalInteractionCallbackRequestDataSchema"),
};

const given = JSON.parse(readFileSync(0, "utf8"));
for (const [number, { kind, body }] of given.entries()) {
  const problem = checks[kind](body);
  if (problem) console.log(`${number} ${kind}: ${problem}`);
}
console.error(`${given.length} bodies checked`);
