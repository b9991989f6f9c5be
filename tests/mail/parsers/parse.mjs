// Reads mails as mailparser does: node parse.mjs FOLDER < JSON of base64; FOLDER has node_modules.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";

const require = createRequire(join(process.argv[2], "from.js"));
const { simpleParser } = require("mailparser");

const unfolded = ({ line }) => line.slice(line.indexOf(":") + 1).replaceAll(/\r?\n/g, "").trim();
// Nothing is made up: neither a text from the HTML nor pictures put into it.
const asIs = { skipHtmlToText: true, skipTextToHtml: true, skipImageLinks: true, skipTextLinks: true };

const found = [];
for (const content of JSON.parse(readFileSync(0))) {
  const mail = await simpleParser(Buffer.from(content, "base64"), asIs);
  const [from] = mail.from.value;
  found.push({
    subject: mail.subject ?? "",
    name: from.name,
    address: from.address,
    to: mail.to.value[0].address,
    headers: Object.fromEntries(mail.headerLines.map((each) => [each.key, unfolded(each)])),
    text: mail.text ?? "",
    html: mail.html || "",
  });
}
process.stdout.write(JSON.stringify(found));
