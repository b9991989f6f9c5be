// Tries each number until SHA-256 of salt and number is the digest.
const hex = (buffer) =>
  Array.from(new Uint8Array(buffer), (byte) => byte.toString(16).padStart(2, "0")).join("");
onmessage = async ({ data: { salt, digest, numbers } }) => {
  const encoder = new TextEncoder();
  for (let number = 0; number < numbers; number++) {
    const found = await crypto.subtle.digest("SHA-256", encoder.encode(salt + number));
    if (hex(found) === digest) return postMessage(String(number));
  }
  postMessage("");
};
