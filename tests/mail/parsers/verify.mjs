// What mailauth says of signatures: node verify.mjs FOLDER < JSON of mails in base64, and their DNS.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";

const require = createRequire(join(process.argv[2], "from.js"));
const { dkimVerify } = require("mailauth/lib/dkim/verify");

const { zone, mails } = JSON.parse(readFileSync(0));
const resolver = async (name) => [[zone[name]]];

const found = [];
for (const content of mails) {
  const { results } = await dkimVerify(Buffer.from(content, "base64"), { resolver });
  found.push(results.map(({ status }) => status.result));
}
process.stdout.write(JSON.stringify(found));
