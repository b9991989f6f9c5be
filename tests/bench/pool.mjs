// Sends ready bytes through nodemailer's pool: node pool.mjs PORT FILE MAILS CONNECTIONS
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";

const require = createRequire(join(process.cwd(), "package.json"));
const [port, file, mails, connections] = process.argv.slice(2);
const raw = readFileSync(file);
const pool = require("nodemailer").createTransport({
  host: "127.0.0.1",
  port: Number(port),
  secure: false,
  ignoreTLS: true,
  pool: true,
  maxConnections: Number(connections),
  maxMessages: Infinity,
});
const envelope = { from: "lettre@exemple.fr", to: ["p1@exemple.fr"] };
let left = Number(mails);

async function one() {
  while (left-- > 0) await pool.sendMail({ envelope, raw });
}

const cpu = process.cpuUsage();
const began = process.hrtime.bigint();
await Promise.all(Array.from({ length: 2 * Number(connections) }, one));
const seconds = Number(process.hrtime.bigint() - began) / 1e9;
const used = process.cpuUsage(cpu);
pool.close();
console.log(JSON.stringify({
  mails: Number(mails),
  seconds,
  cpu_seconds: (used.user + used.system) / 1e6,
  peak_bytes: 1024 * Number(/VmHWM:\s+(\d+)/.exec(readFileSync("/proc/self/status", "utf8"))[1]),
}));
